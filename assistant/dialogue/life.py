"""Life before everything (先保命): whether a message tells of an emergency, by itself or with what was said before."""

import re
from datetime import datetime

from assistant.dialogue import asides, phrases, places
from assistant.dialogue.heard import ASIDE, FRESH, LIVE, SHORT, SURE, Ear, Heard, Known, Move, is_fresh
from assistant.dialogue.talk import Talk, Wanted
from assistant.incidents import fitting
from assistant.triage import Intent, is_letter

# 快来快来快来
REPEATED = re.compile(r"(.{1,4}?)\1{2,}")
PERILS = (asides.POISONED, asides.SPREADING, asides.DIKE)
"""Words that always tell of people in danger, whatever the rest of a message reads like; in a letter they may stand far apart."""
FEW = 3
"""Characters: without a danger word so few tell of nothing."""


def danger(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """An emergency by itself, or by what was said before it (墙又歪了点 … 在响)."""
    if _lives_through(talk, known, now):
        return _living_through(talk, heard, known, now, ear)
    reading = heard.reading
    said = REPEATED.sub(r"\1", heard.words)
    is_cry = phrases.CRY.search(said) is not None and len(said) <= SHORT
    if is_cry and reading.danger is None and not reading.place:
        return Move.CRY
    is_harmed = reading.casualties is True
    if phrases.WHETHER.search(heard.words) and not is_harmed:
        return Move.WHETHER
    if (phrases.SUPPOSED.search(heard.words) and not is_harmed) or phrases.RUMOUR.search(heard.words):
        return None
    if is_wondering(heard):
        is_near = talk.draft is not None or (known is not None and known.is_open and is_fresh(talk, known, now))
        return Move.IN_DOUBT if heard.reading.is_report and not is_near else None
    return _happening(talk, heard, known, now, ear)


def _living_through(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """While an incident is lived through, what is said belongs to it."""
    reading = heard.reading
    draft = talk.draft
    if draft is not None and (heard.is_place or is_place_answer(draft.wanted, heard, ear)):
        return None
    is_play = asides.TAKEN_AS_JOKE.search(heard.words) is not None and reading.danger is None
    if is_play or phrases.FALSE_ALARM.search(heard.words) or _is_called_off(heard, known):
        return Move.RETRACT
    if _goes_back(talk, heard):
        return Move.GO_BACK
    beside = _said_beside(heard)
    if beside is not None:
        return beside
    if reading.danger is None and reading.intent is Intent.HAZARD and asides.BESIDES.search(heard.words):
        return None  # another matter
    if _is_emergency(heard, known, talk, now):
        return Move.EMERGENCY
    is_asked = reading.intent in (Intent.QUESTION, Intent.HELP) and not phrases.RULES.search(heard.words)
    is_asked = is_asked and phrases.ASKED.search(heard.words) is not None
    if phrases.NEXT_STEP.fullmatch(heard.words) or is_asked:
        return Move.NEXT_STEP
    is_aside = reading.intent in ASIDE and (reading.intent is Intent.STATUS or phrases.ASKED.search(heard.words))
    return None if is_aside or phrases.RECEIVED.fullmatch(heard.words) else Move.EMERGENCY


def _is_called_off(heard: Heard, known: Known | None) -> bool:
    """Say whether a message only takes back what was told; 算了 of somebody in despair takes nothing back."""
    words = phrases.POINTED.sub("", heard.words, count=1)
    said = phrases.CALLED_OFF.match(words)
    is_despair = known is not None and asides.PERIL.search(known.text) is not None
    if said is None or is_despair:
        return False
    return said.end() == len(words) or (len(words) < len(heard.words) and phrases.SETTLED.search(words) is not None)


def _said_beside(heard: Heard) -> Move | None:
    """What is said in an emergency without being news of it."""
    if asides.THANKS.fullmatch(heard.words):
        return Move.THANKED
    if heard.reading.danger is None and asides.CALL_FOR_ME.search(heard.words):
        return Move.CALL_YOURSELF
    is_when = phrases.TIMING.search(heard.words) is not None and phrases.RULES.search(heard.words) is None
    return Move.ARRIVAL if is_when and heard.reading.danger is None else None


def _happening(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    reading = heard.reading
    if _goes_back(talk, heard):
        return Move.GO_BACK
    if reading.danger is not None and (reading.intent is Intent.SMALLTALK or phrases.TEASING.search(heard.words)):
        return Move.IN_EARNEST
    is_peril = _is_perilous(heard) and not phrases.TEASING.search(heard.words)
    if is_peril or _is_emergency(heard, known, talk, now):
        return Move.EMERGENCY
    return None if reading.intent in ASIDE else _grown(talk, heard, known, now, ear)


def _is_perilous(heard: Heard) -> bool:
    if asides.PERIL.search(heard.words):
        return True
    return not is_letter(heard.text) and any(one.search(heard.words) for one in PERILS)


def is_wondering(heard: Heard) -> bool:
    """Say whether words of danger are more likely asked about than lived through: 泥石流来了往两边跑还是往下跑.

    Whoever says whose house it is, that it is now, or where, reports.
    """
    if phrases.WONDERING.search(heard.words) is None or asides.PERIL.search(heard.words):
        return False
    is_supposed = heard.words.startswith(("假如", "如果", "要是", "万一")) or phrases.JUST_ASKING.search(heard.words)
    is_here = phrases.HERE.search(heard.words) is not None or places.NAMED.search(heard.words) is not None
    return bool(is_supposed) or not (is_here or (heard.reading.danger is not None and heard.reading.place))


def _is_emergency(heard: Heard, known: Known | None, talk: Talk, now: datetime) -> bool:
    """Say whether something is happening now; a grave hazard is none yet: it is registered, and the duty desk is told."""
    reading = heard.reading
    if reading.danger is not None and reading.intent is not Intent.HAZARD:
        is_asked = reading.intent in ASIDE and phrases.ASKED.search(heard.words) is not None
        is_play = reading.intent is Intent.SMALLTALK and reading.confidence >= SURE
        return not is_asked and not is_play
    if reading.intent is Intent.HAZARD:
        return _is_under_way(heard)
    if reading.intent is not Intent.INCIDENT or phrases.ASSENT.match(heard.words):
        return False
    is_answer = talk.draft is not None and talk.draft.asked > 0 and len(heard.words) <= SHORT
    if phrases.CALLED_OFF.match(heard.words) or _is_asked_after(heard):
        return False
    if len(heard.words) <= FEW or (is_answer and not reading.casualties):
        return False  # 喂, and a short answer to 在什么地方, may read like anything
    is_beside = known is not None and not known.is_incident and known.is_open and is_fresh(talk, known, now)
    if is_beside and len(heard.words) <= SHORT and not fitting(heard.words):
        return False  # a short remark beside a report may read like anything
    if not is_beside:
        return True
    # a detail beside a report is an emergency of its own only where it tells of something
    is_event = bool(fitting(heard.words)) or reading.casualties is True
    return is_event and reading.casualties is not False and reading.emergency >= SURE


def _is_under_way(heard: Heard) -> bool:
    """Say whether what reads like a hazard is happening to somebody."""
    if asides.SWALLOWED.search(heard.words):
        return True
    is_ablaze = asides.ABLAZE.search(heard.words) is not None and phrases.RELIEF.search(heard.words) is None
    is_danger = heard.reading.danger is not None
    return (is_ablaze and (is_danger or bool(fitting(heard.words)))) or (is_danger and heard.reading.casualties is True)


def _is_asked_after(heard: Heard) -> bool:
    """Say whether a short message only asks how far something has come (那两样到谁手里了)."""
    return len(heard.words) <= 2 * SHORT and asides.PROGRESS.search(heard.words) is not None


def _goes_back(talk: Talk, heard: Heard) -> bool:
    """Say whether a message goes on with the draft that was interrupted: it says so, or names its matter."""
    if talk.parked is None:
        return False
    named = phrases.POINTED.match(heard.words)
    is_near_miss = asides.NEARLY.search(heard.words) is not None
    if named and named["hint"] in talk.parked.text and (heard.reading.danger is None or is_near_miss):
        return True
    if heard.reading.danger is not None:
        return False
    if phrases.GOING_BACK.search(heard.words):
        return True
    return bool(heard.reading.category) and heard.reading.category == talk.parked.category


def _lives_through(talk: Talk, known: Known | None, now: datetime) -> bool:
    return known is not None and known.is_incident and known.is_open and talk.is_about_case(now, LIVE)


def _grown(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """Say whether what was said before has become an emergency by this message."""
    before = _before(talk, known, now)
    if asides.UNHURT.search(heard.words) and heard.reading.danger is None:
        return None
    if not before or heard.is_place or (phrases.ASKED.search(heard.words) and heard.reading.danger is None):
        return None
    is_told = talk.draft is not None or (known is not None and known.is_open and is_fresh(talk, known, now))
    if not is_told and heard.reading.is_report and heard.reading.place:
        return None  # a matter of its own, whatever was talked about before
    if not is_told and asides.HEARSAY.search(heard.words):
        return None
    together = ear(f"{before}\n{heard.text}")
    is_grave = together.intent is Intent.INCIDENT or together.danger is not None or bool(together.casualties)
    is_grave = is_grave or _is_hurt(heard)
    if _new_cards(before, heard):
        return Move.EMERGENCY
    if is_grave:
        was = ear(before)
        was_grave = was.intent is Intent.INCIDENT or was.danger is not None or bool(was.casualties)
        return Move.EMERGENCY if not was_grave or (not is_told and _goes_on(heard)) else None
    is_near = known is not None and known.is_open and not known.is_incident and is_fresh(talk, known, now)
    return Move.WORSE if is_near and phrases.WORSE.search(heard.words) else None


def _is_hurt(heard: Heard) -> bool:
    """Say whether a message by itself surely tells of somebody hurt, in words for which there is advice (咬了两个小孩)."""
    is_sure = bool(heard.reading.casualties) and heard.reading.emergency >= SURE
    return is_sure and bool(fitting(heard.words))


def _goes_on(heard: Heard) -> bool:
    """Say whether words go on with a danger that was only talked about (a joke, a question), and are not about something else."""
    reading = heard.reading
    is_told = reading.is_report or bool(reading.place) or bool(reading.casualties)
    return is_told or asides.REALLY.search(heard.words) is not None


def _new_cards(before: str, heard: Heard) -> bool:
    """Say whether two messages together tell of an emergency that neither tells of alone (炕冒烟 … 她老说迷糊), or the second of the hurt."""
    known, alone = fitting(before), fitting(heard.text)
    new = [card for card in fitting(f"{before}\n{heard.text}") if card not in known]
    return any(bool(heard.reading.casualties) or card not in alone for card in new)


def _before(talk: Talk, known: Known | None, now: datetime) -> str:
    """Return what the message goes on from: the draft, the report of the last half hour, or the topic."""
    if talk.draft is not None:
        return talk.draft.text
    if known is not None and known.is_open and is_fresh(talk, known, now):
        return known.text
    return talk.topic_within(now, FRESH)


def is_place_answer(wanted: Wanted | None, heard: Heard, ear: Ear) -> bool:
    """A short answer to 在哪里 may read like anything else."""
    return (
        wanted is Wanted.PLACE and len(heard.words) <= SHORT and ear(places.TOLD.format(heard.text)).place is not None
    )
