"""chipward: the security of semiconductor supply, line by line, with the evidence."""

from __future__ import annotations

__version__ = "0.1.0"
