"""What a run may cost: requests and tokens, counted before they are spent."""

from assistant.drafting.prompt import INSTRUCTION
from assistant.errors import KeyRefused, LimitReached, WriterFailed
from assistant.ports import Room, Writer, Written

LONGEST_TOKENS = 4000
"""Room for one answer: eight questions are some 500, the rest is for models that think first."""
SHORTEST_TOKENS = 300
"""With less room left an answer would be cut off: it is not asked for."""


class Budget:
    """Calls and tokens of one run; tokens are the endpoint's own count, else one per character."""

    def __init__(self, calls: int, tokens: int) -> None:
        self._limits = {"calls": calls, "tokens": tokens}
        self.calls = 0
        self.tokens = 0

    def ask(self, writer: Writer, matter: str) -> Written:
        """Ask the model once.

        Raises: LimitReached before anything is sent; WriterFailed, KeyRefused.
        """
        asked = len(INSTRUCTION) + len(matter)
        room = self._room(asked)
        try:
            written = writer.write(INSTRUCTION, matter, room)
        except (WriterFailed, KeyRefused) as error:
            self.calls += error.details["calls"]
            raise
        self.calls += written.calls
        self.tokens += written.tokens if written.tokens is not None else asked + len(written.text)
        return written

    def _room(self, asked: int) -> Room:
        calls = self._limits["calls"] - self.calls
        tokens = self._limits["tokens"] - self.tokens - asked
        if calls < 1:
            raise LimitReached(limit_calls=self._limits["calls"])
        if tokens < SHORTEST_TOKENS:
            raise LimitReached(limit_tokens=self._limits["tokens"])
        return Room(calls, min(tokens, LONGEST_TOKENS))
