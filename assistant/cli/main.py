"""All commands together, and how their errors reach the user."""

import errno
import sys

import click

from assistant.cli.ask import ask, evaluate
from assistant.cli.corpus import build, ingest, show, train_model
from assistant.cli.service import chat, check, serve
from assistant.errors import CannotWrite, YingdaError
from assistant.wording import explain
from assistant.wording.usage import usage_sentence

FULL = {errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EDQUOT, errno.EFBIG}


@click.group(name="yingda", context_settings={"help_option_names": ["-h", "--help"]})
def yingda() -> None:
    """应答：基层应急管理的知识与行动助手。"""


for command in (ingest, build, show, ask, evaluate, chat, serve, check, train_model):
    yingda.add_command(command)


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
