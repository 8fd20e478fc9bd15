"""What tests of the console's pages start from; `desk` is each file's own, or that of all tests."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.desk import Desk
from bots.web.app import create_app
from tests.bots.console import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def browser(desk: Desk, clock: Clock) -> Iterator[TestClient]:
    with TestClient(create_app(desk, clock), raise_server_exceptions=False) as client:
        yield client
