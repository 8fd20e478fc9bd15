"""People in danger (险情): advice first, by rule; then one incident, passed on, that takes in whatever comes next."""

import re
from dataclasses import replace

from assistant.desk import incidentwork
from assistant.desk.acting import acting, reporter
from assistant.desk.placing import place_in, told_place
from assistant.desk.scene import Scene, Spoken, says
from assistant.dialogue import asides, phrases, places
from assistant.dialogue.heard import FRESH, LIVE
from assistant.dialogue.moves import COMES_DOWN
from assistant.dialogue.report import Report
from assistant.hazards import Hazard, reporting
from assistant.hazards.moments import day
from assistant.incidents import Card, Incident, IncidentState, advise, fitting
from assistant.ports import Outgoing
from assistant.script import simplified
from assistant.store.incidents import same_incident
from assistant.triage import Category, Danger, Reading
from assistant.wording import dialogue as words
from assistant.wording import incidents as sentences

OVER = (IncidentState.FINAL.value, IncidentState.WITHDRAWN.value)
REPEATED = 2
"""Messages after the first one with which the caller is told again what never to do."""
# 谁都不要下去！ 不要自己上山
FORBIDDING = re.compile(r"[^。！]*(?:不要|绝不|别|不能)[^。！]*[。！]")
NO_FIRE = (Category.FLOOD, Category.WATER_SAFETY)
"""该先拔插头还是先泼水 is about a fire."""
LIKELY = {
    Danger.FIRE: Category.FIRE,
    Danger.WATER: Category.WATER_SAFETY,
    Danger.SHOCK: Category.ELECTRICITY,
    Danger.GAS: Category.GAS,
    Danger.SLOPE: Category.GEOLOGICAL,
    Danger.QUAKE: Category.BUILDING,
}
"""The class where the reader sees none."""
GROWN_FROM = {
    Danger.FIRE: (Category.FIRE, Category.FOREST_FIRE, Category.GAS, Category.ELECTRICITY, Category.CHEMICAL),
    Danger.WATER: (Category.WATER_SAFETY, Category.FLOOD, Category.PUBLIC_FACILITY, Category.LIMITED_SPACE),
    Danger.SHOCK: (Category.ELECTRICITY, Category.PUBLIC_FACILITY, Category.FLOOD),
    Danger.GAS: (Category.GAS, Category.CHEMICAL, Category.LIMITED_SPACE),
}
"""Hazards that may have turned into such a danger; a fire is nothing that becomes of a crack in a slope."""

FOREST = re.compile(r"林|山|草[原场坡]|坡")
JUST_NOW = 100
"""Characters of what was told before, by whomever, with which a new word is read."""


def emergency(scene: Scene) -> Spoken:
    """Advise at once; raise an incident, or go on with the one that is being lived through."""
    going_on = _going_on(scene)
    if going_on is not None and not _is_elsewhere(going_on, scene):
        return _update(going_on, scene)
    return _raise(scene)


def cry(scene: Scene) -> Spoken:
    """Answer a cry that says nothing yet."""
    return says(scene.talk.on_topic(scene.heard.text, scene.now), words.CRY, decision="danger")


def in_earnest(scene: Scene) -> Spoken:
    """Advise all the same, and ask whether somebody is in danger; the joke itself is no case."""
    said = scene.heard.words
    is_light = phrases.TEASING.search(said) or asides.DRILL.search(said)
    if asides.TAKEN_AS_JOKE.search(said) or (is_light and not scene.heard.reading.is_report):
        return says(scene.talk.on_topic(scene.heard.text, scene.now), words.NOT_EARNEST, decision="danger")
    advice = sentences.advice_text(advise(scene.heard.text, scene.heard.reading.danger, "")[:1])
    return says(scene.talk.on_topic(scene.heard.text, scene.now), words.IN_EARNEST, advice, decision="danger")


def retract(scene: Scene) -> Spoken:
    """Take a caller's word for a false alarm to the duty desk; it stays open until a person has looked."""
    incident = scene.current()
    if not isinstance(incident, Incident):
        return emergency(scene)
    incidentwork.retract(scene.work, incident, scene.person, scene.heard.text)
    # what is said next is about something else
    return says(replace(scene.talk, case="", case_at=None), sentences.retraction_noted(incident))


def next_step(scene: Scene) -> Spoken:
    """Answer 然后呢 and 能不能开灯 in the middle of an emergency: what never to do, what comes next; it is passed on too."""
    incident = scene.current()
    if not isinstance(incident, Incident):
        return emergency(scene)
    cards = advise(incident.text, Danger(incident.danger) if incident.danger else None, _kind(incident))
    incidentwork.update(scene.work, incident, scene.person, text=scene.heard.text, rules=scene.rules)
    talk = scene.talk.about(incident.number, scene.now)
    rumour = words.RUMOUR if phrases.RUMOUR.search(scene.heard.words) else ""
    if asides.MAY_I.search(scene.heard.words):
        return says(talk, f"{words.NOT_SURE}{cards[0].text}", decision="danger")
    return says(talk, rumour, _carrying(scene), cards[0].text, sentences.next_text(cards[:1]), decision="danger")


def arrival(scene: Scene) -> Spoken:
    """Answer 消防几点到: nobody here knows; the question is passed on."""
    return _beside(scene, words.ARRIVAL)


def call_yourself(scene: Scene) -> Spoken:
    """Answer 你帮我打119: nobody calls from here; whoever has no credit left can call all the same."""
    return _beside(scene, words.CALL_YOURSELF)


def _beside(scene: Scene, text: str) -> Spoken:
    incident = scene.current()
    if not isinstance(incident, Incident):
        return says(scene.talk, text)
    incidentwork.update(scene.work, incident, scene.person, text=scene.heard.text, rules=scene.rules)
    told = words.STANDS.format(number=incident.number, state=words.state(incident))
    return says(scene.talk.about(incident.number, scene.now), text, told, decision="danger")


def _raise(scene: Scene) -> Spoken:
    scene = _parking(scene)
    before = _before(scene)
    text = "\n".join(filter(None, (before, scene.heard.text)))
    reading = _together(text, scene)
    hazard = scene.current()
    is_grown = isinstance(hazard, Hazard) and scene.talk.is_about_case(scene.now, LIVE) and _is_same(hazard, scene)
    report = _report(text, reading, hazard if is_grown and isinstance(hazard, Hazard) else None, scene)
    same = None if report.hazard else _told_already(report, scene)
    if same is not None:
        told = replace(scene, talk=replace(scene.talk, draft=None, prompt=None))
        return _update(scene.work.incident(same.number), told, is_new_caller=True)
    incident = incidentwork.raise_incident(scene.work, scene.person, report, scene.rules)
    if is_grown and isinstance(hazard, Hazard):
        _becomes(hazard, incident, scene)
    talk = replace(scene.talk, draft=None, prompt=None, is_anonymous=False, wishes="").about(incident.number, scene.now)
    return _said(incident, "", replace(scene, talk=talk))


def _becomes(hazard: Hazard, incident: Incident, scene: Scene) -> None:
    """Join a hazard with the incident that it turned into; the hazard's own case goes on."""
    by = acting(scene.work, hazard, scene.person)
    fact = reporting.became_incident(hazard, by, incident.number)
    scene.work.append(hazard, fact, reporter(scene.work, hazard, scene.person))


def _update(incident: Incident, scene: Scene, *, is_new_caller: bool = False) -> Spoken:
    heard, known = scene.heard, "" if is_new_caller else incident.text
    together = scene.ear(f"{incident.text[-JUST_NOW:]}\n{heard.text}")
    place = _better_place(incident, scene)
    is_unhurt = asides.UNHURT.search(heard.words) and heard.reading.danger is None
    is_all = not asides.THE_OTHERS.search(heard.words)
    is_hurt = True if heard.reading.casualties or together.casualties else heard.reading.casualties
    casualties = False if is_unhurt and is_all else is_hurt
    category = _corrected_category(incident, scene)
    incidentwork.update(
        scene.work,
        incident,
        scene.person,
        text=heard.text,
        attachments=scene.incoming.attachments,
        location=scene.incoming.location,
        place=place,
        casualties=casualties,
        category=category,
        rules=scene.rules,
    )
    what = words.added(scene.incoming, place)
    return _said(incident, known, replace(scene, talk=scene.talk.about(incident.number, scene.now)), what)


def _said(incident: Incident, known: str, scene: Scene, what: str = "") -> Spoken:
    """Return advice, what was passed on, and the one question that helps the rescuers most.

    known: what had been said before; its advice is not given again, only what must never be done.
    what: what this message has added besides words.
    """
    danger = scene.heard.reading.danger or (Danger(incident.danger) if incident.danger else None)
    before = scene.work.hazard(incident.hazard).text if incident.hazard else ""
    is_corrected = bool(known) and phrases.NOT_BUT.search(scene.heard.words) is not None
    told_of = scene.heard.text if is_corrected else f"{before}\n{incident.text}"
    category = _kind(incident)
    cards = advise(told_of, None if is_corrected else danger, category)
    given = advise(known, danger, category) if known else ()
    fresh = [card for card in cards if card not in given]
    repeated = _repeated(cards[0], known, scene)
    advice = sentences.advice_text(fresh) if fresh else repeated
    advice = _consoling(incident, scene) or (_carrying(scene) or _leaving(incident, scene)) + advice
    told = incidentwork.told(scene.work, incident)
    passed = sentences.updated(incident, told, what) if known else sentences.passed_on(incident, told)
    is_unplaced = not incident.place and incident.lat is None and known.count("\n") < REPEATED
    question = words.ASK_INCIDENT_PLACE if is_unplaced else ""
    parked = scene.talk.parked
    aside = words.PARKED.format(text=words.clipped(parked.text)) if parked and not known else ""
    first = Outgoing("", "", "\n".join(filter(None, (advice, passed, question, aside))), decision="danger")
    return Spoken((first,), scene.talk)


def _kind(incident: Incident) -> str:
    """Return the class for which advice is chosen: a living room is no limited space, whatever the reader takes it for."""
    said = simplified(incident.text)
    is_room = asides.INDOORS.search(said) is not None and asides.PIT.search(said) is None
    return "" if incident.category == Category.LIMITED_SPACE and is_room else incident.category


def _repeated(card: Card, known: str, scene: Scene) -> str:
    """Return what must never be done, said again where it was said just now or is about to be done; not to every message."""
    said = scene.heard.words
    if phrases.RELIEF.search(said) or phrases.SETTLED.search(said):
        return ""
    is_rushing = phrases.RUSHING_IN.search(said) or asides.MAY_I.search(said) or asides.DEFIANT.search(said)
    if not is_rushing and known.count("\n") >= REPEATED:
        return ""
    never = "".join(dict.fromkeys([*FORBIDDING.findall(card.now)[:1], card.never]))
    return f"{words.NOT_SURE if asides.MAY_I.search(said) else ''}{words.REMEMBER.format(never=never)}"


def _consoling(incident: Incident, scene: Scene) -> str:
    """Return what is said to somebody who does not want to live any more: not what is said to those who stand by."""
    if asides.DESPAIR.search(scene.heard.words):
        return words.WITH_YOU
    is_own = any(asides.DESPAIR.search(line) for line in incident.text.split("\n"))
    return words.STILL_WITH_YOU if is_own else ""


def _carrying(scene: Scene) -> str:
    """Tell who is alone and cannot walk, or has somebody in the house who cannot, to call people to carry them."""
    said = scene.heard.words
    return words.CARRY_OUT if phrases.HELPLESS.search(said) and asides.CAUGHT.search(said) is None else ""


def _leaving(incident: Incident, scene: Scene) -> str:
    """Tell those who are still inside or below to come out, unless they cannot."""
    said = scene.heard.words
    is_inside = incident.category in COMES_DOWN and asides.INSIDE.search(said) is not None
    return words.LEAVE_NOW if is_inside and asides.CAUGHT.search(said) is None else ""


def _corrected_category(incident: Incident, scene: Scene) -> str:
    """Return the class that a correction names (不是房子，是后面的坡), empty where it corrects something else."""
    right = phrases.NOT_BUT.search(scene.heard.words)
    told = scene.ear(right["new"]) if right else None
    if told is None or not told.is_report or told.category in (None, incident.category):
        return ""
    return told.category.value if told.category else ""


def _going_on(scene: Scene) -> Incident | None:
    case = scene.current()
    is_live = isinstance(case, Incident) and case.state not in OVER and scene.talk.is_about_case(scene.now, LIVE)
    return case if is_live and isinstance(case, Incident) else None


def _is_elsewhere(incident: Incident, scene: Scene) -> bool:
    """Say whether an emergency is another one: it says so, or it names a settlement of its own."""
    read, known = scene.heard.reading, f"{incident.place}{incident.text}"
    if not read.place or not read.category:
        return False
    if phrases.ANOTHER_INCIDENT.search(scene.heard.words):
        return True
    if phrases.LOCATED.match(scene.heard.words):
        return False  # says where it is
    is_event = read.danger is not None or bool(fitting(scene.heard.words))
    if not is_event or not places.is_enough(incident.place, scene.region):
        return False  # a place or a detail, which belongs to what is going on
    is_settlement = places.SETTLEMENT.search(read.place) is not None
    is_known = any(read.place[i : i + 2] in known for i in range(len(read.place) - 1))
    return is_settlement and not is_known and read.category != incident.category


def _is_same(hazard: Hazard, scene: Scene) -> bool:
    """Say whether what happens now happened to the hazard that was reported before."""
    read = scene.heard.reading
    if read.danger in GROWN_FROM and hazard.category not in GROWN_FROM[read.danger]:
        return False
    if read.place and hazard.place and places.is_enough(read.place, scene.region):
        return any(read.place[i : i + 2] in hazard.place for i in range(len(read.place) - 1))
    return scene.talk.is_about_case(scene.now, FRESH) or read.category in (None, hazard.category)


def _parking(scene: Scene) -> Scene:
    """Put a draft of another matter aside; one that has grown into this goes with it."""
    draft, heard = scene.talk.draft, scene.heard
    if draft is None or not heard.reading.category or not draft.category or heard.reading.category == draft.category:
        return scene
    has_grown = heard.reading.danger is None and not heard.reading.place
    return scene if has_grown else replace(scene, talk=replace(scene.talk, draft=None, parked=draft))


def _told_already(report: Report, scene: Scene) -> Incident | None:
    """Return the open incident of which somebody tells again."""
    span = scene.rules.find("incident.same", report.region, day(scene.now)).duration
    return same_incident(scene.work.session, report, scene.now - span)


def _before(scene: Scene) -> str:
    """Return what was said and belongs to it, but is in no case yet."""
    if scene.talk.draft is not None:
        return scene.talk.draft.text
    return scene.talk.topic_within(scene.now, FRESH)


def _together(text: str, scene: Scene) -> Reading:
    together = scene.ear(text)
    return together if together.is_report else scene.heard.reading


def _report(text: str, reading: Reading, hazard: Hazard | None, scene: Scene) -> Report:
    draft, heard = scene.talk.draft, scene.heard
    danger = reading.danger or heard.reading.danger
    before = hazard.category if hazard else draft.category if draft else ""
    category = (
        (before if hazard else "")
        or heard.reading.category
        or reading.category
        or before
        or (LIKELY.get(danger) if danger else None)
        or Category.OTHER
    )
    if danger is Danger.FIRE and heard.reading.category is None and category in NO_FIRE:
        category = Category.FIRE
    if category == Category.LIMITED_SPACE and asides.POISONED.search(simplified(text)):
        category = Category.GAS  # a room with a stove is no limited space
    if asides.SPREADING.search(simplified(text)) and category in (Category.FIRE, Category.OTHER):
        category = Category.FOREST_FIRE if FOREST.search(simplified(text)) else Category.FIRE
    place = told_place(scene) or reading.place or (draft.place if draft else "") or (hazard.place if hazard else "")
    place = place or places.named(text)
    if hazard is not None and not (heard.reading.place and places.is_enough(heard.reading.place, scene.region)):
        place = hazard.place
    location = scene.incoming.location or (draft.location if draft else None)
    return Report(
        text=text,
        category=str(category),
        urgency="emergency",
        region=hazard.region if hazard else scene.region_of(f"{place} {text}", location),
        place=place or "",
        casualties=reading.casualties if reading.casualties is not None else heard.reading.casualties,
        location=location,
        attachments=(*(draft.attachments if draft else ()), *scene.incoming.attachments),
        is_anonymous=scene.talk.is_anonymous,
        wishes=scene.talk.wishes,
        danger=danger.value if danger else "",
        hazard=hazard.number if hazard else "",
    )


def _better_place(incident: Incident, scene: Scene) -> str:
    """Return a place that says more than the one that is known, else nothing."""
    heard = scene.heard
    is_named = places.SETTLEMENT.search(incident.place) is not None or not _is_settlement(scene)
    if (places.is_enough(incident.place, scene.region) and is_named) or phrases.RELIEF.search(heard.words):
        return ""
    found = heard.reading.place or ""
    if len(heard.words) <= places.LONGEST and heard.reading.danger is None:
        found = place_in(scene) or found
    return places.joined(incident.place, found) if found else ""


def _is_settlement(scene: Scene) -> bool:
    """Say whether a message only names the settlement where it is."""
    return scene.heard.is_place and places.SETTLEMENT.search(scene.heard.reading.place or "") is not None
