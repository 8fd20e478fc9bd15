"""Reading in a process of its own: a hostile pdf may crash or fill the memory of that process, not of this one.

The child is `python -m <module> …`; it calls `confine` first and then `send`s messages, one JSON object a line.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.errors import DamagedFile, ReaderFailed

Message = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
MARK = "yingda:"
"""Begins a message: libraries may write to the same stream."""
END: Message = {"end": True}


def confine(*, memory_mb: int, seconds: int) -> None:
    """Limit this process; the system ends it (or refuses memory) beyond."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - does not exist on Windows

        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def send(message: Message) -> None:
    """Hand a message to the parent process."""
    sys.stdout.write(MARK + json.dumps(message) + "\n")
    sys.stdout.flush()


def read_apart(
    module: str, path: Path, options: list[str], *, kind: str, each: Callable[[Message], None] = lambda message: None
) -> list[Message]:
    """Return the messages of the child for `path`, in order; `each` sees them as they come.

    Raises DamagedFile when the file brought the child down, ReaderFailed when the child could not work.
    """
    command = [sys.executable, "-P", "-m", module, str(path), *options]
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    messages: list[Message] = []
    complaint = ""
    with subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        encoding="utf-8",
        errors="replace",
    ) as child:
        for line in child.stdout or ():
            if line.startswith(MARK) and line.endswith("\n"):
                messages.append(json.loads(line.removeprefix(MARK)))
                each(messages[-1])
            elif line.strip():
                complaint = line.strip()
    if not messages or messages.pop() != END:
        _explain_death(path, kind, child.returncode, complaint)
    return messages


def _explain_death(path: Path, kind: str, status: int, complaint: str) -> None:
    if status < 0 and -status not in {signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGKILL", 9)}:
        raise DamagedFile(path=path, kind=kind)
    raise ReaderFailed(path=path, reason=complaint or f"status {status}")
