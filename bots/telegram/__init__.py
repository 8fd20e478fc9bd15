"""Telegram: updates of the Bot API become messages to the desk, and messages go out with inline keyboards."""

from bots.telegram.live import open_telegram

__all__ = ["open_telegram"]
