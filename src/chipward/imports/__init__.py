"""Tables of the user: what makers publish of their parts, kept in the store beside the reviews."""

from __future__ import annotations

from chipward.imports.eccn import read_classes
from chipward.imports.model import ClassRow, ClassTable
from chipward.imports.shelf import load_classes, published, save_classes

__all__ = ["ClassRow", "ClassTable", "load_classes", "published", "read_classes", "save_classes"]
