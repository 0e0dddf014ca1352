"""How good a schedule can be at best (`lower_bound`), and proof that not everything fits (`proved_shortfall`)."""

from core.schedule.bounding.bound import Bound, lower_bound, warm_up
from core.schedule.bounding.infeasibility import Shortfall, proved_shortfall

__all__ = ["Bound", "Shortfall", "lower_bound", "proved_shortfall", "warm_up"]
