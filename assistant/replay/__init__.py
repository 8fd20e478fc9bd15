"""Replay (回放): written conversations, each on an empty ledger with a clock that stands still, and what must hold of them."""

from assistant.replay.checking import Failure, failures
from assistant.replay.dialogue import Dialogue, read_dialogues
from assistant.replay.playing import Played, Replies, play
from assistant.replay.stage import Stage
from assistant.replay.transcript import transcript

__all__ = [
    "Dialogue",
    "Failure",
    "Played",
    "Replies",
    "Stage",
    "failures",
    "play",
    "read_dialogues",
    "transcript",
]
