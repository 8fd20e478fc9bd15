"""Calls and rolls (叫应与名册): whoever tells of the own households has answered the call, and its counters follow the rows."""

from assistant.desk import answering, callwork
from assistant.evacuation import State
from assistant.people import Person
from assistant.store import Work
from assistant.store import evacuation as stored
from assistant.triage import Reading
from assistant.warnings import AnswerKind, Progress
from assistant.warnings.hearing import Heard, hear
from assistant.wording import evacuation as wording


def answer(work: Work, person: Person, text: str, reading: Reading) -> None:
    """Let words about households answer the open calls of the same warning; the counters say what the rows say."""
    for made in callwork.live_calls(work, person):
        told = _progress(work, made.warning, person)
        if told is None:
            continue
        heard = hear(text, reading)
        kind = heard.kind if heard is not None else AnswerKind.TOLD
        kind = AnswerKind.TOLD if kind is AnswerKind.ABSENT else kind
        is_same = (made.households, made.reached) == (told.total, told.reached)
        if made.answered_at is None or not is_same:
            answering.take(work, made, person, Heard(kind, told), text)


def _progress(work: Work, warning: str, person: Person) -> Progress | None:
    """Return what the rows of a helper say, in the terms of a call; None where he has none.

    Those that a deputy has now because he was silent are still his to answer for.
    """
    open_ = [row for row in stored.transfers_of(work.session, warning) if not row.is_over]
    homes = stored.households(work.session, {row.household for row in open_})
    rows = [row for row in open_ if person.id in (row.helper, homes[row.household].helper_id)]
    if not rows:
        return None
    missing = [(homes[row.household].head, row) for row in rows if row.stands is State.DUE]
    return Progress(
        total=len(rows),
        reached=len(rows) - len(missing),
        missing=tuple((name, row.reason or wording.STATES[State.DUE]) for name, row in missing),
        found=tuple(homes[row.household].head for row in rows if row.stands is not State.DUE),
    )
