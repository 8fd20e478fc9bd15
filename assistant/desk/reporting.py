"""A hazard is told (上报): the draft fills, and becomes a case as soon as matter and place are known."""

from dataclasses import replace
from typing import Any

from assistant.desk import duplicatework, hazardwork
from assistant.desk.placing import completed_place, draft_place
from assistant.desk.scene import Scene, Spoken, asks, prompt, says
from assistant.dialogue import asides, phrases, places
from assistant.dialogue.heard import FRESH, LIVE
from assistant.dialogue.moves import COMES_DOWN
from assistant.dialogue.talk import SPELLED, Draft, Question, Talk, Wanted
from assistant.hazards import Hazard
from assistant.incidents import Card, advise, tip
from assistant.script import simplified
from assistant.triage import REPORTS, Category, Danger, Reading, Urgency, is_letter
from assistant.wording import dialogue as words
from assistant.wording import terms
from assistant.wording.advice import advice_text, tip_text
from assistant.wording.moments import clock_time
from assistant.wording.showing import public_place

ASKED_ENOUGH, MOST_ASKED = 1, 2
"""How often is asked where something is: of a vague place, and of none at all."""
MAYBE_TOLD = 0.2
"""Probability of a report from which on what was not taken for one belongs to the report that follows it."""
LONGEST_WISH = 20
"""Characters; a longer sentence holds more than the wish."""
SHORTEST = 3
"""Characters; 成 and 是的 in front of a report say nothing of where."""


def fill(scene: Scene) -> Spoken:
    """Take a message into the draft; ask for what is missing, or register."""
    talk = replace(scene.talk, prompt=None)
    draft = _in_village(_filled(talk.draft or _opened(scene), scene), scene)
    talk = _with_wishes(replace(talk, draft=draft), scene)
    if draft.wanted is Wanted.MATTER:
        return says(talk, words.asks_matter(draft))
    if not scene.heard.words and not _is_placed(draft, scene.region):
        return says(
            talk, words.RECEIVED_DRAFT, words.still_asks(draft) or words.ASK_PLACE_AGAIN.format(place=draft.place)
        )
    is_placed = _is_placed(draft, scene.region) or _is_affirmed(draft, scene)
    if not is_placed:
        is_spelling = len(scene.heard.words) <= SPELLED  # the next character is still to come
        asked = draft.asked if is_spelling else draft.asked + 1
        return _asks_place(replace(talk, draft=replace(draft, asked=asked)), draft, scene)
    return registered(replace(talk, draft=None), draft, scene)


def _in_village(draft: Draft, scene: Scene) -> Draft:
    """Take 俺村 of somebody who has just named the village in another report for that village."""
    case = scene.current() if draft.place and scene.talk.is_about_case(scene.now, LIVE) else None
    is_known = case is None or places.is_enough(draft.place, scene.region)
    return draft if is_known or case is None else replace(draft, place=places.in_village(draft.place, case.place))


def _opened(scene: Scene) -> Draft:
    """Return a new draft; what was said just before goes into it where it may have told of the same thing."""
    before = scene.talk.topic_within(scene.now, FRESH)
    read = scene.ear(before) if before and scene.heard.words else None
    is_told = read is not None and sum(read.intents.get(intent, 0.0) for intent in REPORTS) >= MAYBE_TOLD
    return Draft(scene.now, texts=(before,)) if is_told else Draft(scene.now)


def registered(talk: Talk, draft: Draft, scene: Scene) -> Spoken:
    """Make a case of a draft and say its number."""
    report = draft.report(talk, scene.region_of(f"{draft.place} {draft.text}", draft.location))
    hazard = hazardwork.register(scene.work, scene.person, report, scene.rules)
    talk = replace(talk, is_anonymous=False, wishes="").about(hazard.number, scene.now)
    receipt = hazardwork.receipt(scene.work, hazard)
    receipt += words.ANONYMOUS_KEPT if hazard.is_anonymous else ""
    told = words.REGISTERED.format(receipt=receipt, matter=words.matter(hazard))
    warning = _leaving(hazard.category, scene) + ("" if draft.asked else _warning(hazard))
    main = duplicatework.likely(scene.work, hazard, scene.rules)
    if main is None:
        return says(talk, warning, told + words.NEXT_STEPS)
    return _asks_same(talk, hazard, main, scene, "\n".join(filter(None, (warning, told))))


def _asks_same(talk: Talk, hazard: Hazard, main: Hazard, scene: Scene, told: str) -> Spoken:
    """Ask whether somebody has told of the same thing before; both cases go on meanwhile."""
    duplicatework.propose(scene.work, hazard, main)
    short, at = words.clipped(public_place(main)), clock_time(main.registered_at, scene.now)
    same = prompt(scene, Question.SAME_SPOT, words.SAME_SPOT_OPTIONS, hazard.number, main.number)
    return asks(talk, same, words.SAME_SPOT.format(short=short, at=at), told)


def unclear(scene: Scene) -> Spoken:
    """Ask again for the matter; nothing is kept of what was not understood."""
    return says(scene.talk, words.ASK_MATTER_AGAIN)


def wait(scene: Scene) -> Spoken:
    """Let somebody go who has to see to something else first; the draft stays."""
    return says(scene.talk, words.WAITING)


def supplement(scene: Scene) -> Spoken:
    """Take a message into the report that was talked about just now."""
    hazard = scene.current()
    if not isinstance(hazard, Hazard):
        return fill(scene)
    warned = _warning(hazard)
    place = completed_place(hazard, scene)
    more = told_more(hazard, scene)
    if scene.incoming.location:
        more |= {"lat": scene.incoming.location.lat, "lon": scene.incoming.location.lon}
    hazardwork.supplement(
        scene.work, hazard, scene.person, scene.heard.text, more=more, attachments=scene.incoming.attachments
    )
    if place:
        hazardwork.correct(scene.work, hazard, scene.person, "", {"place": place}, scene.rules)
    talk = scene.talk.about(hazard.number, scene.now)
    if place or scene.incoming.location:
        main = duplicatework.likely(scene.work, hazard, scene.rules)
        if main is not None:
            return _asks_same(talk, hazard, main, scene, words.SUPPLEMENTED.format(number=hazard.number, what=""))
    said = words.SUPPLEMENTED.format(number=hazard.number, what=words.added(scene.incoming, place))
    leave = _leaving(hazard.category, scene)
    warning = _warning(hazard) if leave or _warning(hazard) != warned else ""
    return says(talk, leave, warning, said)


def what_now(scene: Scene) -> Spoken:
    """Answer 咋个整嘛 beside a hazard: what to do until somebody comes."""
    hazard = scene.current()
    if not isinstance(hazard, Hazard):
        return fill(scene)
    is_stuck = hazard.category in COMES_DOWN and phrases.HELPLESS.search(simplified(hazard.text)) is not None
    advice = _tip(hazard.text, hazard.category)
    told = words.NODDED.format(number=hazard.number, state=words.state(hazard))
    return says(
        scene.talk.about(hazard.number, scene.now),
        words.CARRY_OUT if is_stuck else "",
        tip_text(advice) if advice else "",
        told,
    )


def _leaving(category: str, scene: Scene) -> str:
    """Return that people are to be brought away first, where that is asked or somebody cannot walk."""
    if _is_stuck(category, scene):
        return words.CARRY_OUT
    is_asked = category in COMES_DOWN and phrases.EVACUATE.search(scene.heard.words) is not None
    return words.LEAVE_FIRST if is_asked else ""


def _is_stuck(category: str, scene: Scene) -> bool:
    """Say whether somebody who cannot walk lives below what may come down."""
    return category in COMES_DOWN and phrases.HELPLESS.search(scene.heard.words) is not None


def told_more(hazard: Hazard, scene: Scene) -> dict[str, Any]:
    """Return the fields that a message adds to a report."""
    read = scene.heard.reading
    wishes = wishes_in(scene.heard.words) if scene.heard.words else ""
    grown = scene.ear(f"{hazard.text}\n{scene.heard.text}") if scene.heard.text else read
    more: dict[str, Any] = {"casualties": _casualties(read, scene), "wishes": _both(hazard.wishes, wishes)}
    if _is_unhurt(read, scene):
        return more  # 没困人 raises nothing
    if _is_stuck(hazard.category, scene):
        return more | {"urgency": Urgency.EMERGENCY.value}
    return more | ({"urgency": grown.urgency.value} if read.is_report and grown.urgency else {})


def worse(scene: Scene) -> Spoken:
    """A hazard is about to become an incident: get away first, then everybody in charge hears of it at once."""
    hazard = scene.current()
    if not isinstance(hazard, Hazard):
        return fill(scene)
    more = {"urgency": Urgency.EMERGENCY.value}
    hazardwork.supplement(
        scene.work, hazard, scene.person, scene.heard.text, more=more, attachments=scene.incoming.attachments
    )
    advice = advice_text(advise(f"{hazard.text}\n{scene.heard.text}", None, hazard.category))
    said = words.WORSE.format(number=hazard.number)
    return says(scene.talk.about(hazard.number, scene.now), words.GET_AWAY, advice, said, decision="danger")


def remind(scene: Scene) -> Spoken:
    """Say where the draft stands, to somebody who wants to go on with it."""
    draft = scene.talk.draft
    if draft is not None and draft.wanted is None:
        return registered(replace(scene.talk, draft=None), draft, scene)
    return says(scene.talk, words.still_asks(draft) if draft else words.ASK_MATTER)


def go_back(scene: Scene) -> Spoken:
    """Go on with the draft that an emergency has interrupted."""
    heard, talk = scene.heard, replace(scene.talk, draft=scene.talk.parked, parked=None, prompt=None)
    again = replace(scene, talk=talk)
    return remind(again) if phrases.GOING_BACK.search(heard.words) and not heard.reading.place else fill(again)


def another(scene: Scene) -> Spoken:
    """Register what was left half-said without its place, and go on with what is told now: nothing gets lost."""
    draft = scene.talk.draft
    if draft is None:
        return fill(scene)
    before = registered(replace(scene.talk, draft=None), draft, scene)
    after = fill(replace(scene, talk=replace(before.talk, prompt=None)))
    return replace(after, replies=(*before.replies, *after.replies))


def whether(scene: Scene) -> Spoken:
    """Answer 算不算隐患: what to look out for now, and what would be needed to register it; nothing is recorded yet."""
    heard = scene.heard
    before = scene.talk.topic_within(scene.now, FRESH)
    advice = tip("\n".join(filter(None, (before, heard.text))), heard.reading.category or "")
    draft = _filled(scene.talk.draft or _opened(scene), scene)
    talk = replace(scene.talk, draft=draft, prompt=None).on_topic(heard.text, scene.now)
    return says(talk, tip_text(advice) if advice else "", words.WHETHER)


def _both(before: str, wishes: str) -> str:
    return "；".join(dict.fromkeys(filter(None, (before, wishes)))) if wishes else ""


def wishes_in(text: str) -> str:
    """Return the sentences that ask for something besides the repair (别打电话), in the reporter's words."""
    parts = [part.strip() for part in phrases.SENTENCE.split(text)]
    parts = [piece for part in parts for piece in ([part] if len(part) <= LONGEST_WISH else phrases.PIECE.split(part))]
    return "；".join(part for part in parts if phrases.WISH.search(part) and not phrases.ANONYMOUS.search(part))


def _filled(draft: Draft, scene: Scene) -> Draft:
    heard, incoming = scene.heard, scene.incoming
    draft = replace(
        draft,
        attachments=(*draft.attachments, *incoming.attachments),
        location=incoming.location or draft.location,
    )
    if not heard.words:
        return draft
    texts = (*draft.texts, heard.text)
    filled = replace(draft, texts=texts, place=draft_place(draft, scene))
    judged = _judged(filled, scene.ear(filled.text), heard.reading)
    return replace(judged, casualties=False) if _is_unhurt(heard.reading, scene) else judged


def _is_unhurt(read: Reading, scene: Scene) -> bool:
    """Say whether somebody says that nobody is hurt: words that a dialect hides from the reader (么伤着人)."""
    return asides.UNHURT.search(scene.heard.words) is not None and read.danger is not Danger.INJURY


def _casualties(read: Reading, scene: Scene) -> bool | None:
    return False if _is_unhurt(read, scene) else read.casualties


def _judged(draft: Draft, together: Reading, alone: Reading) -> Draft:
    """What the first words said holds; later ones add casualties and can only raise the urgency."""
    told = together if together.is_report else alone
    if not told.is_report or len(draft.text) < SHORTEST:
        return draft  # a character or two tell of nothing
    is_graver = words.gravity(told.urgency or "") > words.gravity(draft.urgency)
    return replace(
        draft,
        category=_category(draft, together, alone),
        urgency=(told.urgency or "") if is_graver else draft.urgency,
        casualties=told.casualties if told.casualties is not None else draft.casualties,
    )


def _category(draft: Draft, together: Reading, alone: Reading) -> str:
    """Return the class: the first that says something; 其他 gives way to what is told later."""
    if draft.category not in ("", Category.OTHER):
        return draft.category
    read = (together, alone) if len(draft.texts) > 1 else (alone, together)
    return next((one.category for one in read if one.category), "")


def _is_placed(draft: Draft, region: str) -> bool:
    """Who has been asked may know no better: somebody has to go and look, and nothing gets lost."""
    if draft.location is not None or places.is_enough(draft.place, region):
        return True
    return draft.asked >= (ASKED_ENOUGH if draft.place else MOST_ASKED)


def _is_affirmed(draft: Draft, scene: Scene) -> bool:
    """Say whether somebody who was asked for more of a place says it again (对 就是东门): there is no more."""
    words_said = scene.heard.words
    return draft.asked > 0 and bool(draft.place) and phrases.ASSENT.match(words_said) is not None


def _asks_place(talk: Talk, draft: Draft, scene: Scene) -> Spoken:
    category = terms.CATEGORIES.get(draft.category, "")
    advice = _tip(draft.text, draft.category) if draft.asked == 0 else None
    warning = tip_text(advice) if advice else ""
    if draft.place and draft.wanted is None:
        return says(talk, warning, words.ASK_PLACE_AGAIN.format(place=draft.place))
    return says(talk, warning, words.ASK_PLACE.format(category=category))


def _tip(text: str, category: str) -> Card | None:
    """Return what to look out for; much else than the matter stands in a letter."""
    return tip("" if is_letter(text) else text, category)


def _with_wishes(talk: Talk, scene: Scene) -> Talk:
    wishes = wishes_in(scene.heard.words)
    is_anonymous = talk.is_anonymous or bool(phrases.ANONYMOUS.search(scene.heard.words))
    return replace(talk, is_anonymous=is_anonymous, wishes="；".join(filter(None, (talk.wishes, wishes))))


def _warning(hazard: Hazard) -> str:
    """Return what keeps people away from it meanwhile; a routine matter needs no warning.

    Whoever lives in or below what may come down is told to leave first.
    """
    advice = _tip(hazard.text, hazard.category) if hazard.urgency != "routine" else None
    is_below = hazard.category in COMES_DOWN and asides.INSIDE.search(simplified(hazard.text)) is not None
    leave = words.LEAVE_NOW if advice and is_below else ""
    return leave + tip_text(advice) if advice else ""
