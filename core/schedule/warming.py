"""Whether the solver is ready to start at once, or has to be compiled first."""

from __future__ import annotations

import os
from pathlib import Path

from numba.core import config

from core.schedule.kernels import annealing


def is_compiled() -> bool:
    """Whether this version has been compiled on this machine before: then it is loaded within seconds, else it takes up to a minute."""
    folder = os.environ.get("NUMBA_CACHE_DIR") or config.CACHE_DIR
    name = f"{annealing.__name__.rsplit('.', 1)[-1]}.anneal"
    return bool(folder) and any(Path(folder).glob(f"**/{name}-*.nbc"))
