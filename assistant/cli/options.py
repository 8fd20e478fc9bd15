"""What commands share: settings with overrides, progress, the clock."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from pydantic import ValidationError

from assistant.config import Settings
from assistant.errors import BadSetting
from assistant.wording.console import STEPS

LOCAL = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the time; the only clock of the command line."""
    return datetime.now(UTC)  # noqa: TID251  (the edge of the core, where time comes from)


def today() -> date:
    """Return the day in China."""
    return now().astimezone(LOCAL).date()


def settings(**overrides: Any) -> Settings:
    """Return the settings, with the options that were given in front of the environment.

    Raises: BadSetting.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        names = [f"YINGDA_{str(fault['loc'][0]).upper()}" for fault in error.errors()]
        raise BadSetting(names="、".join(names)) from error


def corpus_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --corpus."""
    return click.option("--corpus", type=click.Path(path_type=Path), help="资料库目录（YINGDA_CORPUS）")(command)


def index_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --index."""
    return click.option("--index", type=click.Path(path_type=Path), help="索引目录（YINGDA_INDEX）")(command)


def show_progress(what: str, done: int, total: int) -> None:
    """Write one line per step that moves on a terminal, and one per tenth elsewhere."""
    line = f"{STEPS.get(what, what)} {done}/{total}"
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{line}" + ("\n" if done >= total else ""), err=True, nl=False)
    elif done >= total or total >= 10 and done % (total // 10) == 0:
        click.echo(line, err=True)
