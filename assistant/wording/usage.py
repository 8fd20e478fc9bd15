"""Wrong use of the command line, in one sentence."""

import click


def usage_sentence(error: click.ClickException) -> str:
    """Return what is wrong with the command that was typed, and where to read more."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "yingda"
    return f"{_what(error)}用法见：{command} --help"


def _what(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"没有选项“{error.option_name}”。"
    if isinstance(error, click.MissingParameter):
        return f"缺少参数“{_name(error)}”。"
    if isinstance(error, click.BadParameter):
        return f"参数“{_name(error)}”的值不对。"
    if isinstance(error, click.UsageError) and error.message.startswith("No such command"):
        return "没有这条命令。"
    return "命令写得不对。"


def _name(error: click.BadParameter) -> str:
    return error.param.opts[0] if error.param is not None and error.param.opts else ""
