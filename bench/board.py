"""A large bill of materials: the example board again and again, with part numbers that vary."""

from __future__ import annotations

import csv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "thermal-sdr"
VARY = 5  # every fifth copy has part numbers of its own, so that no cache answers everything


def write_board(path: Path, lines: int) -> None:
    """Write ``lines`` lines to ``path``, by repeating the example board."""
    with (EXAMPLE / "bom.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *body = list(csv.reader(stream))
    names = [name.lower() for name in header]
    mpn = next(i for i, name in enumerate(names) if name in {"mpn", "manufacturer part number"})
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for number in range(lines):
            copy, line = divmod(number, len(body))
            cells = list(body[line])
            if copy % VARY == 1 and cells[mpn]:
                cells[mpn] += f"-{copy}"
            writer.writerow(cells)
