"""战略传导项目: which projects the themes ask for, for whom, and by which clause."""
