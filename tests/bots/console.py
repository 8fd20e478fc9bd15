"""A clock that is set by hand, for tests of the console's pages."""

from datetime import datetime

from tests.world import NOON


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now
