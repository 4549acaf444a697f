"""Read a bill of materials with chipward or, as the peer, with DuckDB's CSV reader."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb

from chipward.read import read_bom


def main(path: Path) -> None:
    """Print ``lines, chipward CPU s, duckdb CPU s``; both are loaded before the clock starts."""
    start = time.process_time()
    bom = read_bom(path)
    middle = time.process_time()
    query = "SELECT * FROM read_csv(?, all_varchar = true, header = true)"
    table = duckdb.connect().execute(query, [str(path)]).fetchall()
    end = time.process_time()
    lines = bom.lines.num_rows
    if len(table) != lines:
        sys.exit(f"{len(table)} lines against {lines}")
    print(lines, f"{middle - start:.4f}", f"{end - middle:.4f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
