"""A browser for the stories that are told in one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.stories.chromium import CHROMIUM, FLAGS, PATIENCE_MS


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """For one file: as long as it is there, asyncio thinks that this thread is busy."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
