"""``python -m chipward``."""

from __future__ import annotations

from chipward.cli import main

main()
