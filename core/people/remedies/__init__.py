"""Remedies of gaps: what somebody, or a unit, should learn first and how; what was arranged; who is to assess it again."""
