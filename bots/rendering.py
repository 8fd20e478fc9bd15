"""A neutral message as one channel shows it (呈现): parts that fit, with buttons, or with the choices as text."""

from dataclasses import dataclass, replace

from assistant.ports import Outgoing
from assistant.wording import in_parts
from assistant.wording.channels import numbered, suggested
from bots.capabilities import Capability
from bots.cleaning import cleaned

SENT = "o"
"""Names of messages that were sent begin so: a bare number answers them, whatever was said in between."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of the channel; buttons stand under the last part alone."""

    text: str
    buttons: tuple[str, ...] = ()
    prompt: str = ""


def render(outgoing: Outgoing, channel: Capability) -> list[Part]:
    """Return a message in parts that the channel takes, in order; buttons → numbered text."""
    choices = tuple(cleaned(label) for label in outgoing.choices)
    if choices and has_buttons(choices, channel):
        parts = [Part(text) for text in _texts(outgoing.text, channel)]
        return [*parts[:-1], replace(parts[-1], buttons=choices, prompt=outgoing.prompt)]
    text = cleaned(outgoing.text)
    return [Part(part) for part in _texts(f"{text}\n{_in_words(text, choices, outgoing.prompt)}".strip(), channel)]


def has_buttons(choices: tuple[str, ...], channel: Capability) -> bool:
    """Say whether a channel shows these choices as buttons."""
    return len(choices) <= channel.most_buttons and all(len(label) <= channel.longest_label for label in choices)


def _texts(text: str, channel: Capability) -> list[str]:
    return in_parts(cleaned(text), channel.limit, channel.measure)


def _in_words(text: str, choices: tuple[str, ...], prompt: str) -> str:
    """Choices that the text offers already are not offered twice."""
    if not choices or all(f"{number} {label}" in text for number, label in enumerate(choices, 1)):
        return ""
    return numbered(choices) if prompt.startswith(SENT) else suggested(choices)
