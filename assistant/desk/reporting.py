"""A hazard is told (上报): the draft fills, and becomes a case as soon as matter and place are known."""

from dataclasses import replace

from assistant.desk import hazardwork
from assistant.desk.scene import Scene, Spoken, says
from assistant.dialogue import phrases, places
from assistant.dialogue.talk import Draft, Talk, Wanted
from assistant.hazards import Hazard
from assistant.incidents import tip
from assistant.triage import Reading
from assistant.wording import dialogue as words

ASKED_ENOUGH = 2


def fill(scene: Scene) -> Spoken:
    """Take a message into the draft; ask for what is missing, or register."""
    talk = replace(scene.talk, prompt=None)
    draft = _filled(talk.draft or Draft(scene.now), scene)
    talk = _with_wishes(replace(talk, draft=draft), scene)
    if draft.wanted is Wanted.MATTER:
        return says(talk, words.ASK_MATTER_WITH_PHOTO)
    if draft.wanted is Wanted.PLACE or not _is_placed(draft, scene.region):
        return _asks_place(replace(talk, draft=replace(draft, asked=draft.asked + 1)), draft, scene)
    return registered(replace(talk, draft=None), draft, scene)


def registered(talk: Talk, draft: Draft, scene: Scene) -> Spoken:
    """Make a case of a draft and say its number."""
    report = draft.report(talk, scene.region)
    hazard = hazardwork.register(scene.work, scene.person, report, scene.rules)
    talk = replace(talk, is_anonymous=False, wishes="").about(hazard.number, scene.now)
    return says(
        talk,
        _warning(hazard),
        words.REGISTERED.format(number=hazard.number, matter=words.matter(hazard)),
        words.NEXT_STEPS,
    )


def unclear(scene: Scene) -> Spoken:
    """Ask again for the matter; nothing is kept of what was not understood."""
    return says(scene.talk, words.ASK_MATTER_AGAIN)


def supplement(scene: Scene) -> Spoken:
    """Take a message into the report that was talked about just now."""
    hazard = scene.current()
    if not isinstance(hazard, Hazard):
        return fill(scene)
    read = scene.heard.reading
    place = _completed_place(hazard, scene)
    wishes = wishes_in(scene.heard.words)
    grown = scene.ear(f"{hazard.text}\n{scene.heard.text}") if scene.heard.text else read
    hazardwork.supplement(
        scene.work,
        hazard,
        scene.person,
        text=scene.heard.text,
        attachments=scene.incoming.attachments,
        location=scene.incoming.location,
        place=place,
        casualties=read.casualties,
        urgency=(grown.urgency or "") if read.is_report else "",
        wishes=wishes,
        rules=scene.rules,
    )
    talk = scene.talk.about(hazard.number, scene.now)
    return says(
        talk, words.SUPPLEMENTED.format(number=hazard.number, what=words.added(scene.incoming, place)), _warning(hazard)
    )


def wishes_in(text: str) -> str:
    """Return the sentences that ask for something besides the repair (别打电话), in the reporter's words."""
    sentences = (part.strip() for part in phrases.SENTENCE.split(text))
    return "；".join(part for part in sentences if phrases.WISH.search(part))


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
    return _judged(replace(draft, texts=texts, place=_place(draft, scene)), scene.ear("\n".join(texts)), heard.reading)


def _judged(draft: Draft, together: Reading, alone: Reading) -> Draft:
    """What the first words said holds; later ones add casualties and can only raise the urgency."""
    told = together if together.is_report else alone
    if not told.is_report:
        return draft
    is_graver = words.gravity(told.urgency or "") > words.gravity(draft.urgency)
    return replace(
        draft,
        category=draft.category or (alone.category or told.category or ""),
        urgency=(told.urgency or "") if is_graver else draft.urgency,
        casualties=told.casualties if told.casualties is not None else draft.casualties,
    )


def _place(draft: Draft, scene: Scene) -> str:
    """Return the place after a message: read from it, or the message itself where a place was asked for."""
    heard = scene.heard
    found = heard.reading.place or ""
    if draft.wanted is Wanted.PLACE or (draft.texts and not places.is_enough(draft.place, scene.region)):
        if not found and not phrases.NO_PLACE.search(heard.words):
            is_short = len(heard.words) <= places.LONGEST and not heard.reading.is_report
            found = scene.ear(f"{heard.text}有裂缝").place or (places.answered(heard.text) if is_short else "")
        if phrases.NO_PLACE.search(heard.words):
            near = phrases.BESIDE.search(heard.words)
            return places.beside(draft.place, near.group()) if near else draft.place
        return places.joined(draft.place, found)
    return draft.place or found


def _completed_place(hazard: Hazard, scene: Scene) -> str:
    """Return a better place where a supplement has one, else nothing."""
    heard = scene.heard
    near = phrases.BESIDE.search(heard.words)
    if near and hazard.place and near.group() not in hazard.place and not heard.reading.is_report:
        return places.beside(hazard.place, near.group())
    if not places.is_enough(hazard.place, scene.region) and heard.reading.place:
        return places.joined(hazard.place, heard.reading.place)
    return ""


def _is_placed(draft: Draft, region: str) -> bool:
    """Who has been asked twice may know no better; somebody has to go and look."""
    return draft.location is not None or places.is_enough(draft.place, region) or draft.asked >= ASKED_ENOUGH


def _asks_place(talk: Talk, draft: Draft, scene: Scene) -> Spoken:
    category = words.CATEGORIES.get(draft.category, "")
    advice = tip(draft.text, draft.category) if draft.asked == 0 else None
    warning = advice.text if advice else ""
    if draft.place and draft.wanted is None:
        return says(talk, warning, words.ASK_PLACE_AGAIN.format(place=draft.place))
    return says(talk, warning, words.ASK_PLACE.format(category=category))


def _with_wishes(talk: Talk, scene: Scene) -> Talk:
    wishes = wishes_in(scene.heard.words)
    is_anonymous = talk.is_anonymous or bool(phrases.ANONYMOUS.search(scene.heard.words))
    return replace(talk, is_anonymous=is_anonymous, wishes="；".join(filter(None, (talk.wishes, wishes))))


def _warning(hazard: Hazard) -> str:
    """Return what keeps people away from it meanwhile; a routine matter needs no warning."""
    advice = tip(hazard.text, hazard.category) if hazard.urgency != "routine" else None
    return advice.text if advice else ""
