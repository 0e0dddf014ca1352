"""Two people at one record: what each of them changed, put together or laid side by side; and who else is there."""
