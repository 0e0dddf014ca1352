"""The roster: who holds which post in which unit and reports to whom, looked through and corrected by hand."""
