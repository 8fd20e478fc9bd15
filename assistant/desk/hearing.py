"""How the desk hears (听): the trained reader, or danger words alone where none is trained."""

from dataclasses import dataclass

from assistant.triage import (
    Intent,
    Reader,
    Reading,
    danger,
    is_letter,
    read,
    read_all,
    read_letter,
    report_and_question,
)


@dataclass(frozen=True, slots=True)
class TrainedEar:
    """Hears with a reader."""

    reader: Reader

    def __call__(self, text: str) -> Reading:
        """Read a text as one message."""
        return read_letter(text, self.reader) if is_letter(text) else read(text, self.reader)

    def all(self, text: str) -> tuple[Reading, ...]:
        """Read each matter of a message, gravest first."""
        return (self(text),) if is_letter(text) else read_all(text, self.reader)

    def split(self, text: str) -> tuple[str, str]:
        """Return the part that reports and the part that asks."""
        return (text, "") if is_letter(text) else report_and_question(text, self.reader)


class DangerEar:
    """Hears danger words; all else is a question for the documents."""

    def __call__(self, text: str) -> Reading:
        """Read a text by rule."""
        return Reading(
            text=text,
            intent=Intent.QUESTION,
            category=None,
            urgency=None,
            place=None,
            casualties=None,
            danger=danger(text),
            guard=None,
            confidence=1.0,
            intents={Intent.QUESTION: 1.0},
            emergency=0.0,
        )

    def all(self, text: str) -> tuple[Reading, ...]:
        """Return the one reading that there is."""
        return (self(text),)

    def split(self, text: str) -> tuple[str, str]:
        """Return everything as a question."""
        return "", text
