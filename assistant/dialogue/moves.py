"""What a message does in its conversation (会话动作): decided by rule from the state, the reading and the words."""

import re
from dataclasses import replace
from datetime import datetime

from assistant.dialogue import asides, phrases, places
from assistant.dialogue.heard import FRESH, SHORT, SURE, Ear, Heard, Known, Move, is_fresh, overlapping
from assistant.dialogue.life import danger, is_place_answer, is_wondering
from assistant.dialogue.talk import SPELLED, Draft, Question, Talk, Wanted
from assistant.incidents import tip
from assistant.triage import Intent

VERY_SURE = 0.95
"""Of the report beside a question: of 941 questions of the question sets held apart 10 are cut so."""
LEAST_TOLD = 0.4
"""Probability of a report from which on an answer to 什么情况 tells of something; 那木坝 does not."""
COMES_DOWN = frozenset({"geological", "building", "flood"})
"""Whoever lives in or below what may come down leaves first."""
NODDED = 6
"""Characters behind a 嗯 that still say nothing."""


OF_NAMED = (
    (re.compile(f"^{phrases.CALLED_OFF.pattern}"), Move.WITHDRAW),
    (phrases.ANONYMOUS, Move.ANONYMOUS),
    (phrases.TIMING, Move.TIMING),
    (re.compile(f"^{asides.THANKS.pattern}$", re.IGNORECASE), Move.THANKED),
    (phrases.WORSE, Move.WORSE),
)
"""What words beside the number of an own report do, in this order."""


def decide(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move:
    """Return what a message does; the first rule that holds decides, life before everything."""
    for rule in (
        _numbers,
        _without_words,
        _named_case,
        danger,
        _guarded,
        _following,
        _about_report,
        _within_draft,
        _beside_report,
    ):
        move = rule(talk, heard, known, now, ear)
        if move is not None:
            return move
    return _alone(talk, heard, now, ear)


def _numbers(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """A bare number, or yes and no, belong to the question that was asked, and to nothing else."""
    number = phrases.number_in(heard.words)
    if talk.prompt is None:
        return Move.STRAY if number is not None else None
    if number is not None:
        return Move.CHOOSE
    if talk.prompt.question is Question.WITHDRAW and phrases.TAKEN_BACK.search(heard.words):
        return Move.CHOOSE
    is_yes_or_no = talk.prompt.question in (Question.WITHDRAW, Question.SAME_SPOT)
    if is_yes_or_no and (phrases.YES.fullmatch(heard.words) or phrases.NO.fullmatch(heard.words)):
        return Move.CHOOSE
    if talk.prompt.question is Question.NOW and now - talk.prompt.asked_at <= FRESH:
        is_answer = phrases.NOW_YES.fullmatch(heard.words) or phrases.NO.fullmatch(heard.words)
        if is_answer or phrases.JUST_ASKING.fullmatch(heard.words):
            return Move.CHOOSE
    return Move.CHOOSE if heard.words in talk.prompt.options else None


def _named_case(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """A message that names a case is about that case, never a new report: its news go into it, else it is asked after."""
    numbers = phrases.case_numbers(heard.words)
    if not numbers or heard.reading.danger is not None:
        return None
    if known is None or known.number not in numbers or known.is_incident:
        return Move.STATUS
    rest = phrases.CASE_NUMBER.sub("", heard.words).strip(" ，,。：:；;！!")
    return _of_named(replace(heard, words=rest), known)


def _of_named(heard: Heard, known: Known) -> Move:
    """What words say of the own report whose number stands beside them."""
    if phrases.TAKEN_BACK.search(heard.words) and known.is_withdrawn:
        return Move.REINSTATE
    if not known.is_open or phrases.ASKED.search(heard.words) or asides.PROGRESS.search(heard.words):
        return Move.WORSE if known.is_open and is_news(heard.words) else Move.STATUS
    if _is_correction(heard.words):
        return Move.CORRECT
    said = next((move for pattern, move in OF_NAMED if pattern.search(heard.words)), None)
    if said is not None:
        return said
    return Move.SUPPLEMENT if len(heard.words) > 2 else Move.STATUS


def is_news(words: str) -> bool:
    """Say whether beside a question stands, in a clause of its own, that it has become worse."""
    pieces = phrases.PIECE.split(words)
    return any(
        phrases.WORSE.search(piece) and not phrases.ASKED.search(piece) and not asides.PROGRESS.search(piece)
        for piece in pieces
    )


def _without_words(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    is_near = talk.draft is None and known is not None and known.is_open and is_fresh(talk, known, now)
    if heard.words and (phrases.EMOJI.fullmatch(heard.words) or asides.WORDLESS.fullmatch(heard.words)):
        return _wordless(heard, is_near=is_near)
    if (
        asides.FOREIGN.fullmatch(heard.words)
        and not heard.words.startswith("/")
        and not phrases.case_numbers(heard.words)
    ):
        return Move.THANKED if asides.THANKS.fullmatch(heard.words) else Move.FOREIGN
    if heard.words or not (heard.has_attachments or heard.has_location):
        return None
    if is_near and known is not None:
        return Move.EMERGENCY if known.is_incident else Move.SUPPLEMENT
    return Move.FILL


def _wordless(heard: Heard, *, is_near: bool) -> Move:
    """What faces, stickers and marks without a word mean."""
    if phrases.ALARMING.search(heard.words) or asides.CALLING_OUT.search(heard.words):
        return Move.ALARMING_EMOJI
    if is_near:
        return Move.STATUS if asides.PUZZLED.search(heard.words) else Move.NOD
    is_face = phrases.EMOJI.fullmatch(heard.words) or asides.STICKER.search(heard.words)
    return Move.EMOJI if is_face else Move.QUESTION


def _guarded(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """Rank that is claimed, and asking again in other words, change nothing."""
    if phrases.STATE_ORDER.search(heard.words):
        return Move.NOT_YOURS
    is_private = phrases.WHO_TOLD.search(heard.words) or phrases.REPORTER_DATA.search(heard.words)
    if is_private and not heard.reading.is_emergency:
        return Move.REFUSE
    if heard.reading.is_report:
        return None
    is_pressing = (
        talk.refused_at is not None and now - talk.refused_at <= FRESH and phrases.PRESSING.search(heard.words)
    )
    return Move.REFUSE if heard.reading.guard is not None or is_pressing else None


def _following(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """那北京呢 behind an answer goes on with what was asked, whatever it reads like by itself."""
    is_aside = talk.draft is None and bool(talk.topic_within(now, FRESH)) and not heard.reading.is_report
    if phrases.SUPPOSED.search(heard.words):
        return None
    return Move.QUESTION if is_aside and phrases.FOLLOWING.fullmatch(heard.words) else None


def _about_report(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """What is said about a report instead of being one."""
    has_report = talk.draft is not None or known is not None
    # a bare 说错了 of somebody who reported days ago may be about an answer
    is_near = talk.draft is not None or (known is not None and is_fresh(talk, known, now))
    if has_report and _is_correction(heard.words) and (is_near or len(heard.words) > NODDED):
        return Move.CORRECT
    if talk.draft is not None and phrases.JUST_ASKING.fullmatch(heard.words):
        return Move.DROP
    if has_report and phrases.RECEIVED.fullmatch(heard.words):
        return Move.RECEIVED
    if _is_called_off(heard, has_report=has_report):
        return Move.DROP if talk.draft is not None else Move.WITHDRAW
    return _taken_back(talk, heard, known) or _asked_after(heard, known)


def _taken_back(talk: Talk, heard: Heard, known: Known | None) -> Move | None:
    """Take 还是要报 and 别给我撤了: what was given up goes on, what was not stays."""
    is_asked = phrases.ASKED.search(heard.words) is not None and not heard.reading.is_report
    if not phrases.TAKEN_BACK.search(heard.words) or is_asked:
        return None
    is_other = heard.reading.is_report and bool(heard.reading.place)
    if (talk.dropped is not None or (known is not None and known.is_withdrawn)) and not is_other:
        return Move.REINSTATE
    is_kept = phrases.KEEP.search(heard.words) is not None and not heard.reading.is_report
    return Move.KEEP if is_kept and (talk.draft is not None or known is not None) else None


def _asked_after(heard: Heard, known: Known | None) -> Move | None:
    reading = heard.reading
    if phrases.ANONYMOUS.search(heard.words) and not (reading.is_report and len(heard.words) > SHORT * 2):
        return Move.ANONYMOUS
    is_when = phrases.TIMING.search(heard.words) or asides.WHEN_COMING.search(heard.words)
    is_detail = reading.is_report and not reading.place and len(heard.words) <= SHORT * 2
    if known is not None and is_when and (not reading.is_report or is_detail):
        return Move.TIMING
    if known is not None and phrases.NUMBER_ASKED.search(heard.words) and not reading.is_report:
        return Move.STATUS
    if known is not None and not reading.is_report and phrases.REPORTED_BEFORE.search(heard.words):
        return Move.STATUS
    is_told_worse = known is not None and known.is_open and not known.is_incident and is_news(heard.words)
    if is_told_worse and (_asks_progress(heard) or reading.intent is Intent.STATUS):
        return Move.WORSE
    if known is not None and _asks_progress(heard):
        return Move.STATUS
    is_status = reading.intent is Intent.STATUS and (known is not None or reading.confidence >= SURE)
    return Move.STATUS if is_status else None


def _asks_progress(heard: Heard) -> bool:
    """Say whether somebody asks how far a report has come, not what the rules say of it."""
    is_asked = asides.PROGRESS.search(heard.words) is not None and phrases.RULES.search(heard.words) is None
    return is_asked and (not heard.reading.is_report or len(heard.words) <= SHORT * 2)


def _is_called_off(heard: Heard, *, has_report: bool) -> bool:
    """算球了 in front of a question calls nothing off where nothing is reported."""
    if phrases.TAKEN_BACK.search(heard.words) or asides.SORRY.fullmatch(heard.words):
        return False
    if phrases.STILL_WANTED.search(heard.words):
        return False  # 路灯算了 电杆还是要管, and 修好了跟我说一声
    said = phrases.CALLED_OFF.match(heard.words)
    is_only_that = said is not None and said.end() == len(heard.words)
    if is_only_that:
        return True
    if heard.reading.intent is Intent.CANCEL:
        has_words = said is not None or phrases.SETTLED.search(heard.words) or phrases.OFF_WORDS.search(heard.words)
        return bool(has_words) if has_report else heard.reading.confidence >= SURE
    is_asked = heard.reading.intent is Intent.QUESTION and phrases.ASKED.search(heard.words) is not None
    return said is not None and has_report and not is_asked


def _within_draft(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    draft, reading = talk.draft, heard.reading
    if draft is None:
        return None
    if phrases.GOING_BACK.search(heard.words) and not reading.place and len(heard.words) <= SHORT:
        return Move.REMIND
    if asides.WAIT.match(heard.words) and not reading.place and phrases.ASKED.search(heard.words) is None:
        return Move.WAIT
    if draft.category in COMES_DOWN and _asks_to_leave(heard):
        return Move.FILL
    is_unasked = phrases.NO_PLACE.search(heard.words) or is_place_answer(draft.wanted, heard, ear)
    if _asks(heard) and not is_unasked:  # 说不上来是哪里 asks nothing
        return Move.QUESTION if reading.intent is Intent.QUESTION else Move.OTHER
    if _is_other_than(draft, talk, heard, now):
        return Move.ANOTHER
    is_told = reading.is_report and (reading.confidence >= LEAST_TOLD or reading.danger is not None)
    if draft.wanted is Wanted.MATTER and not is_told and not heard.is_place:
        together = ear(replace(draft, texts=(*draft.texts, heard.text)).text)
        is_told = together.is_report and together.confidence >= LEAST_TOLD and bool(together.category)
        return Move.FILL if is_told or len(heard.words) <= SPELLED else Move.UNCLEAR
    return Move.FILL


def _asks(heard: Heard) -> bool:
    """Say whether words that read like a question ask for something: in the middle of a report most do not."""
    if heard.reading.intent not in (Intent.QUESTION, Intent.HELP):
        return False
    return phrases.ASKED.search(heard.words) is not None or phrases.RULES.search(heard.words) is not None


def _beside_report(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """A report that was talked about just now takes in what is said, unless it is another matter."""
    reading = heard.reading
    if known is None or not known.is_open or not is_fresh(talk, known, now):
        return None
    beside = _said_beside(heard, known)
    if beside is not None:
        return beside
    assent = phrases.ASSENT.match(heard.words)
    if assent:
        return _assented(heard, known, len(heard.words) - assent.end(), ear)
    if reading.is_report:
        if _is_better_place(heard, known):
            return Move.SUPPLEMENT
        is_spot = phrases.LOCATED.match(heard.words) is not None and len(heard.words) <= SHORT
        return Move.FILL if _is_another(heard, known) and not is_spot else Move.SUPPLEMENT
    if reading.intent in (Intent.QUESTION, Intent.HELP):
        return None if _asks(heard) else _remark(heard, known, ear) or Move.NOD
    return Move.SUPPLEMENT if heard.is_place else _remark(heard, known, ear)


def _said_beside(heard: Heard, known: Known) -> Move | None:
    """What is surely said beside the report, and is none itself."""
    if phrases.WISH.search(heard.words) and not heard.reading.is_report:
        return Move.WISH
    if known.category in COMES_DOWN and _asks_to_leave(heard):
        return Move.SUPPLEMENT
    if phrases.NEXT_STEP.fullmatch(heard.words):
        return Move.WHAT_NOW
    if asides.CLOSING.fullmatch(heard.words):
        return Move.NOD
    if heard.text in known.text.split("\n") and not (heard.has_attachments or heard.has_location):
        return Move.RECEIVED
    is_thanks = asides.GRATEFUL.search(heard.words) is not None and not heard.reading.is_report
    return Move.THANKED if is_thanks or asides.THANKS.fullmatch(heard.words) else None


def _asks_to_leave(heard: Heard) -> bool:
    """Say whether somebody asks if people should be brought away, of the spot and not of the rules."""
    return phrases.EVACUATE.search(heard.words) is not None and phrases.RULES.search(heard.words) is None


def _is_better_place(heard: Heard, known: Known) -> bool:
    """Say whether a few words only say where, of a report whose place has no name yet (想起来了 在卫生所对面)."""
    said = phrases.RECALLED.sub("", heard.words)
    is_where = phrases.LOCATED.match(said) or asides.JUST_THERE.match(said)
    is_vague = not places.is_enough(known.place, "")
    return bool(is_where) and is_vague and heard.reading.danger is None and len(said) <= SHORT * 2


def _assented(heard: Heard, known: Known, rest: int, ear: Ear) -> Move | None:
    """Take 嗯 and 对 with what comes behind it; rest: how many characters that is."""
    if rest <= SHORT and not heard.reading.place:
        return Move.NOD if rest <= NODDED else Move.SUPPLEMENT
    return _remark(heard, known, ear)


def _remark(heard: Heard, known: Known, ear: Ear) -> Move | None:
    """Take what is no report of its own: a nod, or words that say more of the report."""
    if phrases.YES.fullmatch(heard.words) or heard.reading.intent is Intent.ACK or len(heard.words) <= 2:
        return Move.NOD
    if phrases.BESIDE.search(heard.words) or ear(f"{known.text}\n{heard.text}").is_report:
        return Move.SUPPLEMENT if len(heard.words) > 3 else Move.NOD
    return None


def _alone(talk: Talk, heard: Heard, now: datetime, ear: Ear) -> Move:
    is_supposed = phrases.SUPPOSED.search(heard.words) is not None
    topic = talk.topic_within(now, FRESH)
    if heard.is_place:
        if phrases.CRY.search(topic):
            return Move.EMERGENCY  # where help is called for
        if phrases.UNEASY.search(topic):
            return Move.FILL
        # after a question it may be what the question was about
        return Move.OTHER if topic else Move.FILL
    if is_supposed and not phrases.RULES.search(heard.words) and tip(topic, ""):
        return Move.WHETHER
    return _doubted(heard, is_supposed=is_supposed) or _told(heard, ear, is_supposed=is_supposed)


def _doubted(heard: Heard, *, is_supposed: bool) -> Move | None:
    """What may be a report and may not: nothing is registered."""
    is_asked = heard.reading.intent is Intent.QUESTION
    if is_wondering(heard) and not is_supposed and (heard.reading.is_report or is_asked):
        return Move.QUESTION if is_asked else Move.IN_DOUBT
    if phrases.RUMOUR.search(heard.words):
        return Move.QUESTION
    if asides.HEARSAY.search(heard.words) and not heard.reading.place:
        return Move.OTHER
    if phrases.UNEASY.search(heard.words) and not heard.reading.place and len(heard.words) <= SHORT + NODDED:
        return Move.CRY
    return None


def _told(heard: Heard, ear: Ear, *, is_supposed: bool) -> Move:
    if heard.reading.is_report:
        return Move.QUESTION if is_supposed else Move.FILL
    if heard.reading.intent is not Intent.QUESTION:
        return Move.OTHER
    return Move.FILL if not is_supposed and _tells_too(heard, ear) else Move.QUESTION


def _tells_too(heard: Heard, ear: Ear) -> bool:
    """Say whether a question stands beside a report (小学门口井盖没了 请问有没有奖励): a risk wins over all else."""
    report, question = ear.split(heard.text)
    told = ear(report) if report and question else None
    return told is not None and told.is_report and told.confidence >= VERY_SURE


def _is_other_than(draft: Draft, talk: Talk, heard: Heard, now: datetime) -> bool:
    """Say whether somebody who fell silent in the middle of a report comes back with another one."""
    reading = heard.reading
    is_old = talk.heard_at is not None and now - talk.heard_at > FRESH
    said_where = any(phrases.LOCATED.match(piece) for piece in phrases.PIECE.split(heard.words))
    if draft.wanted is not Wanted.MATTER and said_where:
        return False  # the better place that was asked for
    is_other = bool(draft.category and reading.category and reading.category != draft.category)
    return is_other and bool(reading.place) and (is_old or phrases.ANOTHER.search(heard.words) is not None)


def _is_another(heard: Heard, known: Known) -> bool:
    """Say whether a second report within minutes is of another spot or matter."""
    reading = heard.reading
    if phrases.ANOTHER.search(heard.words) or (known.is_incident and asides.BESIDES.search(heard.words)):
        return True
    is_elsewhere = bool(reading.place) and not overlapping(reading.place or "", known.place + known.text)
    is_other_matter = bool(reading.category) and reading.category != known.category
    return is_elsewhere and (is_other_matter or len(heard.words) > SHORT * 2)


def _is_correction(words: str) -> bool:
    return bool(phrases.MISTAKEN.search(words) or phrases.NOT_BUT.search(words)) and not words.endswith(
        ("吗", "么", "？", "?")
    )
