"""All commands together, and how their errors reach the user."""

import errno
import importlib
import sys
from keyword import iskeyword

import click

from assistant.errors import CannotWrite, YingdaError
from assistant.wording import explain
from assistant.wording.usage import usage_sentence

FULL = {errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EDQUOT, errno.EFBIG}


COMMANDS = {
    "ingest": "assistant.cli.corpus",
    "build": "assistant.cli.corpus",
    "show": "assistant.cli.show",
    "ask": "assistant.cli.ask",
    "evaluate": "assistant.cli.ask",
    "triage": "assistant.cli.triage",
    "replay": "assistant.cli.replay",
    "export": "assistant.cli.export",
    "chat": "assistant.cli.service",
    "serve": "assistant.cli.service",
    "check": "assistant.cli.service",
    "fake-vendors": "assistant.cli.fakes",
    "tick": "assistant.cli.database",
    "migrate": "assistant.cli.database",
    "backup": "assistant.cli.database",
    "restore": "assistant.cli.database",
    "draft-questions": "assistant.cli.drafts",
    "drafts": "assistant.cli.drafts",
    "approve-drafts": "assistant.cli.drafts",
    "demo": "assistant.cli.demo",
    "import": "assistant.cli.people",
    "people": "assistant.cli.people",
    "places": "assistant.cli.people",
    "grant": "assistant.cli.people",
    "revoke": "assistant.cli.people",
    "invite": "assistant.cli.people",
    "unbind": "assistant.cli.people",
    "block": "assistant.cli.blocking",
    "unblock": "assistant.cli.blocking",
    "blocked": "assistant.cli.blocking",
    "identity": "assistant.cli.privacy",
    "person": "assistant.cli.privacy",
    "missed": "assistant.cli.followup",
    "attach": "assistant.cli.followup",
    "hand-overs": "assistant.cli.followup",
    "reply": "assistant.cli.followup",
    "obligations": "assistant.cli.obligations",
    "duty": "assistant.cli.duty",
    "warn": "assistant.cli.warnings",
    "call-sheet": "assistant.cli.warnings",
    "rehearsal": "assistant.cli.warnings",
    "cap": "assistant.cli.warnings",
    "train-model": "assistant.cli.corpus",
}
"""Command → module. A module is imported when its command runs: `ask` needs no database, `show` no index."""


class LazyGroup(click.Group):
    """Commands by name, imported on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all names, in the order of a user's first day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name])
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(module, f"{name}_" if iskeyword(name) else name)
        return command


@click.group(name="yingda", cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def yingda() -> None:
    """应答：基层应急管理的知识与行动助手。"""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit status; no error ends in a traceback."""
    try:
        yingda.main(args=arguments, prog_name="yingda", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        _leave(usage_sentence(error), 2)
    except YingdaError as error:
        _leave(explain(error), error.exit_status)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nothing to say, nobody to tell
        sys.exit(0)
    except OSError as error:
        if error.errno not in FULL:
            raise
        _leave(explain(CannotWrite(path=error.filename or "", reason=error.strerror)), CannotWrite.exit_status)


def _leave(sentence: str, status: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(status)
