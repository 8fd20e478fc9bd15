"""The command line (命令行): `yingda`, exit status 0 ok, 1 the work failed, 2 bad usage or bad input."""

from assistant.cli.main import main

__all__ = ["main"]
