"""Who may come in and what they may do: people, passwords, sign-ins, one-time links, the audit log.

Other modules need `core.access.actor` (who acts, which rights) and `core.access.service` (everything that can be done
here).
"""
