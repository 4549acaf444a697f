"""Chips and the parameter paragraphs of the law: class, margins, and what the law lens reads."""

from __future__ import annotations

from chipward.science.chips.classify import classify
from chipward.science.chips.ic_facts import ic_facts

__all__ = ["classify", "ic_facts"]
