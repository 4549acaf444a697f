"""Markets for raw materials: how concentrated the output of a material is.

Pure functions, tables in and tables out.
"""

from chipward.science.market.concentration import CONCENTRATION_SCHEMA, concentration

__all__ = ["CONCENTRATION_SCHEMA", "concentration"]
