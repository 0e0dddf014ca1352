"""Settings, people, the own account, the audit log."""
