"""Buttons and bare numbers (按钮、数字): each belongs to one message that was sent to this person, and to nothing else."""

import logging
from dataclasses import dataclass, replace

from assistant.desk.scene import Scene, Spoken, asks, prompt
from assistant.dialogue import phrases
from assistant.dialogue.talk import Question
from assistant.events import utc
from assistant.ports import Incoming, Pressed
from assistant.store import Work, prompts
from assistant.store.prompts import Asked
from assistant.wording import dialogue as words

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a button says nothing."""

    text: str


def said_by(incoming: Incoming, work: Work) -> str | Refused:
    """Return what a message says: a button says its choice, with the case that it is about."""
    pressed = incoming.pressed
    if pressed is None:
        return incoming.text
    asked = _asked(pressed, incoming, work)
    if asked is None:
        return incoming.text or Refused(words.PRESSED_UNKNOWN)
    if isinstance(asked, Refused):
        # the platform vouches for the sender: somebody has handed the message on, or it is too late
        log.warning("button %s of %s was pressed: %s", pressed.prompt, incoming.channel, asked.text)
        return asked
    return asked.says(pressed.choice)


def label(incoming: Incoming, work: Work) -> str:
    """Return what stands on a button that was pressed; empty where it does not count."""
    pressed = incoming.pressed
    asked = _asked(pressed, incoming, work) if pressed is not None else None
    return asked.choices[pressed.choice] if pressed is not None and isinstance(asked, Asked) else ""


def _asked(pressed: Pressed, incoming: Incoming, work: Work) -> Asked | Refused | None:
    """Return the message under which a button stands, or why it does not count; None where nobody knows it."""
    asked = prompts.find(work.session, pressed.prompt)
    if asked is None or not 0 <= pressed.choice < len(asked.choices):
        return None
    if (asked.channel, asked.recipient) != (incoming.channel, incoming.sender):
        return Refused(words.PRESSED_BY_ANOTHER)
    if asked.expires_at is not None and utc(asked.expires_at) <= work.now:
        return Refused(words.PRESSED_LATE)
    return asked


def numbered(scene: Scene) -> str | Spoken | None:
    """Return what a bare number says that answers a message sent to this person; a question where it may answer several.

    None where it answers nothing. On a channel without buttons the choices stand there as numbers.
    """
    number = phrases.number_in(scene.heard.words)
    if number is None:
        return None
    sender = (scene.incoming.channel, scene.incoming.sender)
    waiting = prompts.waiting(scene.work.session, sender, scene.now)
    fitting = [one for one in waiting if number <= len(one.choices)]
    said = list(dict.fromkeys(one.says(number - 1) for one in fitting if number))
    if len(said) > 1:
        asked = replace(prompt(scene, Question.SAY, tuple(said)), said=scene.heard.text)
        return asks(scene.talk, asked, words.WHICH_ASKED.format(number=number))
    return said[0] if said else None


def chosen(scene: Scene) -> str | None:
    """Return what was chosen among several messages that a number might have answered; None where nothing was."""
    open_prompt = scene.talk.prompt
    if open_prompt is None or open_prompt.question is not Question.SAY:
        return None
    if scene.heard.words in open_prompt.options:
        return scene.heard.words
    number = phrases.number_in(scene.heard.words)
    return open_prompt.options[number - 1] if number and number <= len(open_prompt.options) else None
