# Arrow's kernels are made at import time from a registry, so no checker can see them.
from typing import Any

def __getattr__(name: str) -> Any: ...
