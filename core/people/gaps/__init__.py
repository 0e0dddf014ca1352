"""Gaps: what people's posts require, less what is known of what they can do (docs/decisions/0014-gaps.md)."""
