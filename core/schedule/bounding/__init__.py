"""How good a schedule can be at best (`lower_bound`), and proof that not everything fits (`proved_shortfall`)."""

from core.schedule.bounding.bound import Bound, Raised, is_whole, lower_bound, raise_bound, warm_up
from core.schedule.bounding.infeasibility import Shortfall, proved_shortfall

__all__ = ["Bound", "Raised", "Shortfall", "is_whole", "lower_bound", "proved_shortfall", "raise_bound", "warm_up"]
