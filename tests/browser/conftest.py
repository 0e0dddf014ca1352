"""The browser of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.prepare import browser as browser_path

# A busy machine may take its time; what is never right is found all the same.
expect.set_options(timeout=45_000)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A real browser, the same for all of these tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
