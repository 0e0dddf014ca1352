"""Is a goal one that can be checked on the day it is due? One named rule a function; `check` asks them all."""
