"""What stays: knowledge over time, and how long until what was learnt is first used on the job."""
