"""The annual plan: one unit, one year. Everything else hangs on one."""
