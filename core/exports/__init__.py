"""Files that people take away: workbooks today."""
