# Where DuckDB's own stubs look for Arrow's classes.
from typing import Any

from . import RecordBatch as RecordBatch
from . import Schema as Schema
from . import Table as Table

class RecordBatchReader:
    schema: Schema
    def read_all(self) -> Table: ...
    def __iter__(self) -> Any: ...
