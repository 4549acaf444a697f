from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format

class Worksheet:
    def freeze_panes(self, row: int, col: int) -> None: ...
    def write_row(
        self, row: int, col: int, data: Sequence[object], cell_format: Format | None = None
    ) -> int: ...
    def write_boolean(
        self, row: int, col: int, boolean: bool, cell_format: Format | None = None
    ) -> int: ...
    def write_number(
        self, row: int, col: int, number: float, cell_format: Format | None = None
    ) -> int: ...
    def write_string(
        self, row: int, col: int, string: str, cell_format: Format | None = None
    ) -> int: ...
    def autofilter(self, first_row: int, first_col: int, last_row: int, last_col: int) -> None: ...
    def set_column(self, first_col: int, last_col: int, width: float) -> int: ...
    def conditional_format(
        self,
        first_row: int,
        first_col: int,
        last_row: int,
        last_col: int,
        options: Mapping[str, object],
    ) -> int: ...
