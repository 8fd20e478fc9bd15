"""Reading in a process of its own: whatever happens there, the caller gets messages or a named error."""

import os
import sys
from pathlib import Path

import pytest

from assistant.errors import DamagedFile, ReaderFailed
from assistant.ingest.apart import read_apart
from tests.papers import put

READER = """
import os, signal, sys
from assistant.ingest.apart import END, confine, send
print("a library's chatter")
send({"number": 1})
%s
send(END)
"""

DEATHS = [
    ("os.kill(os.getpid(), signal.SIGSEGV)", DamagedFile, None),
    ("confine(memory_mb=4000, seconds=1)\nwhile True: pass", DamagedFile, None),
    ("confine(memory_mb=300, seconds=9)\nbytes(400 << 20)", ReaderFailed, "MemoryError"),
    # the system took the memory back: not the file's fault
    ("os.kill(os.getpid(), signal.SIGKILL)", ReaderFailed, "a library's chatter"),
    ("import no_such_package", ReaderFailed, "ModuleNotFoundError: No module named 'no_such_package'"),
    ("sys.exit(3)", ReaderFailed, "a library's chatter"),
]


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    return tmp_path


def test_messages_come_in_order_and_as_they_are_sent(reader: Path) -> None:
    put(reader, "chatty.py", READER % 'send({"number": 2})')
    seen: list[object] = []
    messages = read_apart("chatty", Path("a.pdf"), [], kind="pdf", each=seen.append)
    assert messages == [{"number": 1}, {"number": 2}]
    assert [*messages, {"end": True}] == seen


@pytest.mark.parametrize(("line", "error", "reason"), DEATHS)
def test_a_death_is_named(reader: Path, line: str, error: type[Exception], reason: str | None) -> None:
    put(reader, "mortal.py", READER % line)
    with pytest.raises(error) as failure:
        read_apart("mortal", Path("a.pdf"), [], kind="pdf")
    assert failure.value.details.get("reason") == reason  # type: ignore[attr-defined]
