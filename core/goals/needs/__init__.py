"""培训需求: what the units need, who has not said yet, and which needs are one project."""
