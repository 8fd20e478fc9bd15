"""A message that answers what was asked and then goes on (先答后说): taken as two, one after the other."""

import re
from dataclasses import replace

from assistant.desk.scene import Scene
from assistant.dialogue import asides, phrases, places
from assistant.dialogue.heard import SHORT, Heard
from assistant.dialogue.talk import Question, Wanted
from assistant.script import simplified

# 是的，水更大了 对 就是那里 · 对了，还有一处
YES_FIRST = re.compile(r"^(?:是的?|对的?|嗯+|就是|没错|系|对头)(?!了)[，,。！! ]")
# 不是 我说的是河对面 · 不是我报的（no blank）
NO_FIRST = re.compile(r"^(?:不是(?:的|同一.{0,3})?|不对|不一样|两回事|唔系)[，,。！! ]")
SPACED = re.compile(r"[^，,。；;！!？?\s]+[，,。；;！!？?\s]*")


def in_turn(scene: Scene) -> tuple[Scene, Scene] | None:
    """Return the answer and what comes behind it as two scenes, None where a message is one thing."""
    if scene.heard.reading.danger is not None:
        return None
    answer = _to_prompt(scene)
    if answer:
        return replace(_as(scene, answer), incoming=replace(scene.incoming, attachments=(), location=None)), scene
    place, question = _place_and_question(scene)
    return (_as(scene, place), _as(scene, question, is_first=False)) if place and question else None


def _to_prompt(scene: Scene) -> str:
    """Return the option of 是同一处吗 that a longer message chooses before it goes on."""
    prompt, words = scene.talk.prompt, scene.heard.words
    if prompt is None or prompt.question is not Question.SAME_SPOT or phrases.ANOTHER.search(words):
        return ""
    if phrases.YES.fullmatch(words) or phrases.NO.fullmatch(words) or words in prompt.options:
        return ""  # one thing
    if NO_FIRST.match(words):
        return prompt.options[1]
    is_same = asides.SAME.search(words) is not None and phrases.ASKED.search(words) is None
    return prompt.options[0] if is_same or YES_FIRST.match(words) else ""


def _place_and_question(scene: Scene) -> tuple[str, str]:
    """Return place and question where an answer to 在什么地方 asks something behind it (老粮站后面，你们几时来)."""
    draft, heard = scene.talk.draft, scene.heard
    if draft is None or draft.wanted is not Wanted.PLACE or not phrases.ASKED.search(heard.words):
        return "", ""
    pieces = SPACED.findall(heard.text)
    asked = [place for place, piece in enumerate(pieces) if phrases.ASKED.search(piece)]
    first = asked[0] if asked else 0
    place, question = "".join(pieces[:first]).strip(), "".join(pieces[first:]).strip()
    return (place, question) if place and _is_place(place, scene) else ("", "")


def _is_place(text: str, scene: Scene) -> bool:
    """Say whether words tell where something is, and little else."""
    found = scene.ear.where(places.TOLD.format(text))
    return bool(found) and len(text) <= len(found) + SHORT


def _as(scene: Scene, text: str, *, is_first: bool = True) -> Scene:
    """Return the scene with other words; photos and points come with the first of them."""
    incoming = scene.incoming if is_first else replace(scene.incoming, attachments=(), location=None)
    heard = Heard(
        text=text,
        words=simplified(text).strip(),
        reading=scene.ear(text),
        has_attachments=bool(incoming.attachments),
        has_location=incoming.location is not None,
    )
    return replace(scene, heard=heard, incoming=incoming)
