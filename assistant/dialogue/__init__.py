"""The dialogue (对话): what a conversation is about, what it still has to ask, what an answer means."""

from assistant.dialogue.report import Report

__all__ = ["Report"]
