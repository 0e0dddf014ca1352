"""How long these tests wait."""

from __future__ import annotations

from playwright.sync_api import expect

# A busy machine may take its time; what is never right is found all the same.
expect.set_options(timeout=45_000)
