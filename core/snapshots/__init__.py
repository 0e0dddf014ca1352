"""What a shared page showed at one moment, kept with its link (docs/decisions/0030-shared-links.md)."""
