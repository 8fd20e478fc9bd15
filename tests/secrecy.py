"""R18: what the whole suite logs and prints is searched for secrets; a test whose output holds one fails.

Every `SecretStr` that a test makes and every token that a fake platform gives is known as soon as it is there. Beside
them counts what looks like a secret. What a test reads itself (`capsys.readouterr()`) is its own affair.
"""

import logging
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bots.redaction import SHORTEST, TALKATIVE, redacted
from bots.vendor.tokens import Token

KNOWN: set[str] = set()
COMMON = {"secret", "password", "wrong-secret", "changeme"}
"""Words of the language: they tell nobody anything."""


def learn() -> None:
    """Note every secret from now on, and keep libraries as quiet as `bots.redaction.install` does."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    _noting(SecretStr, lambda made: made.get_secret_value())
    _noting(Token, lambda made: made.value)


def _noting(kind, value_of) -> None:
    plain = kind.__init__

    def noting(self, *args, **more) -> None:
        plain(self, *args, **more)
        value = value_of(self)
        if isinstance(value, str) and len(value) >= SHORTEST and value not in COMMON:
            KNOWN.add(value)

    kind.__init__ = noting


def leaks(text: str) -> list[str]:
    """Return the lines of a text in which a secret stands, redacted."""
    if redacted(text, KNOWN) == text:
        return []
    return [clean for line in text.splitlines() if (clean := redacted(line, KNOWN)) != line]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Look through what a test logged and printed, when all of it is there."""
    report = yield
    if report.when == "teardown" and report.passed:
        found = [line for _, text in report.sections for line in leaks(text)]
        if found:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} has logged or printed a secret (R18):\n" + "\n".join(found[:9])
    return report
