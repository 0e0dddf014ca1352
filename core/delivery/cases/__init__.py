"""The case library: cases, scripts and templates of the branch's own, found again and used in what projects teach."""
