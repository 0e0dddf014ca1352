"""Why a schedule is as it is: what stands in the way, the least that would help, what a change would cost and break. Only reads."""
