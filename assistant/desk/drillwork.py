"""Drills and rounds at the desk (演练、巡查): planned, told of in several messages, checked by somebody else, counted."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from assistant.desk import drilldue, drillview, hazardwork
from assistant.desk.acting import called, staff
from assistant.desk.drillwords import Order, Wish, bare_check, beside, people_in, read_order, year_in
from assistant.desk.knowledge import plain
from assistant.desk.scene import Scene, Spoken
from assistant.dialogue.report import Report
from assistant.drills import DutyItem, ItemState, is_checked, life, timing
from assistant.drills.kinds import is_drill, kind_in
from assistant.duty.days import when_in
from assistant.errors import BadInput, SamePerson
from assistant.hazards import HazardState
from assistant.hazards.moments import day, utc
from assistant.obligations import ObligationKind
from assistant.people import Person, Role
from assistant.permissions import DrillAction
from assistant.ports import Attachment
from assistant.rules import Rules, covers
from assistant.store import Work
from assistant.store import drills as stored
from assistant.store import hazards as hazards_stored
from assistant.store.placetree import whereabouts
from assistant.triage import Intent
from assistant.wording import drills as wording
from assistant.wording import explain

LOCAL = ZoneInfo("Asia/Shanghai")
COLLECT, OWN = "drill.collect", "drill.own"
HARMLESS = (Wish.PLAN, Wish.DONE, Wish.CHECK, Wish.WAIVE, Wish.COVERAGE, Wish.WITHOUT, Wish.LIST)
CHECKERS = (Role.TRAINER, Role.DIRECTOR, Role.LEADER)


def attend(scene: Scene) -> Spoken | None:
    """Take what the staff say of drills; None where the message is for somebody else, or the person has no such role."""
    if not drillview.regions(scene.work, scene.person, DrillAction.SEE):
        return None
    if scene.heard.reading.danger is not None and not is_drilling(scene):
        return None
    order = read_order(scene.heard.text.removeprefix("/")) or _bare(scene)
    try:
        said = _more(scene) if order is None else _obey(scene, order)
    except SamePerson as error:
        said = wording.SAME_PERSON.format(number=error.details["number"])
    except BadInput as error:
        said = explain(error)
    if said is None:
        return None
    is_taken = order is not None and order.wish in (Wish.DONE, Wish.FOUND) and _photos_first(scene)
    return Spoken((plain(said),), replace(scene.talk, draft=None) if is_taken else scene.talk)


def is_drilling(scene: Scene) -> bool:
    """Say whether words that read like an emergency are those of somebody who plans or has held a drill of it.

    Whatever else the message tells counts as ever: a real emergency in the middle of a drill is real.
    """
    order = read_order(scene.heard.text.removeprefix("/"))
    if order is None or order.wish not in HARMLESS:
        return False
    rest = beside(scene.heard.text)
    read = scene.ear(rest) if rest else None
    is_quiet = read is None or (read.danger is None and read.intent is not Intent.INCIDENT)
    return is_quiet and bool(drillview.regions(scene.work, scene.person, DrillAction.SEE))


def _bare(scene: Scene) -> Order | None:
    """Take a bare 合格 where a drill waits for this person's word, and no repair does."""
    order = bare_check(scene.heard.text)
    if order is None or not _to_check(scene.work, scene.person):
        return None
    held = drillview.regions(scene.work, scene.person, DrillAction.SEE)
    repairs = [one for one in hazards_stored.within(scene.work.session, held) if one.state == HazardState.SUBMITTED]
    return None if repairs else order


def _obey(scene: Scene, order: Order) -> str | None:
    work, person = scene.work, scene.person
    if order.wish in (Wish.COVERAGE, Wish.WITHOUT, Wish.LIST):
        if order.wish is Wish.LIST:
            return drillview.undone(work, person)
        shows = {Wish.COVERAGE: drillview.coverage, Wish.WITHOUT: drillview.without}
        return shows[order.wish](work, person, year_in(order.said, day(work.now).year))
    if order.wish is Wish.SHOW:
        return drillview.shown(work, person, order.number)
    if order.wish is Wish.PLAN:
        return _plan(scene, order)
    if order.wish is Wish.CHECK:
        return _check(work, person, order, scene.rules)
    if order.wish is Wish.WAIVE:
        return waive(work, person, stored.item(work, order.number), order.reason) if order.number else None
    return _told(scene, order)


def _plan(scene: Scene, order: Order) -> str:
    """Set the day of an item that waits for one, else make one of the person's own."""
    local, today = utc(scene.now).astimezone(LOCAL), day(scene.now)
    when = when_in(order.said, local)
    if when is None:
        return wording.SAY_DAY
    if when.day < today:
        return wording.PAST_DAY.format(on=wording.shown(when.day.isoformat()))
    item = item_for(scene, order, DrillAction.PLAN, when.day)
    return plan(scene.work, scene.person, item, when.day, scene.rules, order.said)


def plan(  # noqa: PLR0913  (who plans what for when, in which words)
    work: Work, person: Person, item: DutyItem, on: date, rules: Rules, said: str = ""
) -> str:
    """Set the day of an item; raises NotAllowed, WrongState."""
    drillview.require(work, person, DrillAction.PLAN, item.region)
    work.append(item, life.plan(item, on, person.id or 0, work.now, said), staff(work, person))
    work.append(item, timing.replan(item, work.now, rules), staff(work, person))
    return wording.planned(item)


def item_for(scene: Scene, order: Order, action: DrillAction, on: date) -> DutyItem:
    """Return the item that is meant: by number, else the one of that place and kind, else a new one of their own."""
    work = scene.work
    if order.number:
        return stored.item(work, order.number)
    said = order.reason or order.said
    region, (kind, subject) = _region(scene, said, action), kind_in(said)
    known = _fitting(work, region, kind, subject, on)
    if known is not None:
        return known
    drillview.require(work, scene.person, action, region)
    grace = scene.rules.find(OWN, region, on).duration if action is DrillAction.PLAN else timedelta()
    fact = life.own(region, kind.value, subject, (min(day(work.now), on), on + grace), scene.person.id or 0)
    return drilldue.open_item(work, fact, scene.rules)


def _fitting(work: Work, region: str, kind: ObligationKind, subject: str, on: date) -> DutyItem | None:
    """Return the item of a place that has still to be done and is meant, locked; None where there is none."""
    fits = [one for one in stored.within(work.session, [region]) if one.is_undone and one.region == region]
    fits = [one for one in fits if _is_meant(one, kind, subject, on)]
    named = [one for one in fits if subject and subject in one.subject]
    return stored.item(work, (named or fits)[0].number) if fits else None


def own_plan(  # noqa: PLR0913  (who plans what where for when)
    work: Work, person: Person, region: str, what: tuple[str, str], on: date, rules: Rules
) -> DutyItem:
    """Plan something of one's own: kind and matter; where an item of that matter waits at the place, it is that one.

    Raises: NotAllowed.
    """
    drillview.require(work, person, DrillAction.PLAN, region)
    kind, subject = ObligationKind(what[0]), what[1]
    item = _fitting(work, region, kind, subject, on)
    if item is None:
        window = (min(day(work.now), on), on + rules.find(OWN, region, on).duration)
        item = drilldue.open_item(work, life.own(region, kind.value, subject, window, person.id or 0), rules)
    plan(work, person, item, on, rules)
    return item


def _is_meant(item: DutyItem, kind: ObligationKind, subject: str, on: date) -> bool:
    """Say whether words may mean an item: what is told of a special drill fits any special drill of that matter."""
    if item.opens_on > on.isoformat():
        return False
    if is_drill(kind) and is_drill(item.kind):
        named = item.subject.removesuffix("演练")
        return not subject or not named or named in ("综合", "专项") or subject in item.subject
    return item.kind == kind.value


def _region(scene: Scene, said: str, action: DrillAction) -> str:
    """Return the place that words name, within what the person has; without one the person's own."""
    work = scene.work
    held = drillview.regions(work, scene.person, action)
    own = next((one for one in reversed(held) if covers(one, scene.person.region)), held[0] if held else "")
    home = max(own, scene.person.region, key=len) if covers(own, scene.person.region) else own
    named = whereabouts(work.session, said, None, home, 0)
    if named == home:
        named = next((one for one in stored.villages(work.session, own) if wording.place(one) in said), home)
    return named


def _told(scene: Scene, order: Order) -> str | None:
    """Take that a drill was held or a round was made, with what it has shown."""
    work, person = scene.work, scene.person
    if not drillview.regions(work, person, DrillAction.TELL):
        return None
    when = when_in(order.reason or order.said, utc(scene.now).astimezone(LOCAL))
    on = when.day if when is not None and when.day <= day(scene.now) else day(scene.now)
    lately = _lately(scene) if order.wish is Wish.FOUND else None
    kind = kind_in(order.reason or order.said)[0]
    if lately is not None and (lately.kind == kind.value or is_drill(lately.kind) == is_drill(kind)):
        return wording.LINKED_HAZARD.format(hazard=_finding(scene, lately, order), number=lately.number)
    item = item_for(scene, order, DrillAction.TELL, on)
    return finish(scene, item, on, order)


def finish(scene: Scene, item: DutyItem, on: date, order: Order) -> str:
    """Record that an item has been done, tell those who check, register what it has shown.

    Raises: NotAllowed, WrongState.
    """
    work, person = scene.work, scene.person
    photos = (*_photos_first(scene), *scene.incoming.attachments)
    done(work, person, item, on, {"people": order.people, "message": scene.heard.text}, photos)
    hazard = _finding(scene, item, order) if order.wish is Wish.FOUND else ""
    if is_checked(item.kind):
        names = [called(work, one) for one in checkers(work, item)]
        said = wording.done(item, names)
        return f"{said}\n{wording.LINKED_HAZARD.format(hazard=hazard, number=item.number)}" if hazard else said
    return wording.inspected(item, hazard) if item.kind == ObligationKind.INSPECTION else wording.done(item, ())


def done(  # noqa: PLR0913  (what was done, by whom, when, with what)
    work: Work,
    person: Person,
    item: DutyItem,
    on: date,
    told: dict[str, object],
    photos: tuple[Attachment, ...] = (),
) -> None:
    """Record that an item has been done, and ask somebody else to check; raises NotAllowed, WrongState."""
    drillview.require(work, person, DrillAction.TELL, item.region)
    fact = life.finish(item, on, person.id or 0, work.now, {**told, "photos": len(photos)})
    event = work.append(item, fact, staff(work, person))
    work.keep_evidence(event, photos)
    if is_checked(item.kind):
        text = wording.fill(
            wording.CHECK_THIS, item, who=called(work, person), on=wording.shown(item.done_on), told=wording.told(item)
        )
        drilldue.tell(work, event, "check", checkers(work, item), text)


def checkers(work: Work, item: DutyItem) -> list[Person]:
    """Return who is asked to check: the nearest of those who may, but who told of it; one or two, not everybody."""
    for role in CHECKERS:
        found = [one for one in hazards_stored.nearest_holders(work, role, item.region) if one.id != item.done_by]
        if found:
            return found[:2]
    return []


def _finding(scene: Scene, item: DutyItem, order: Order) -> str:
    """Register what a drill or a round has shown as a hazard, and link it."""
    work, read = scene.work, scene.ear(order.said)
    report = Report(
        text=order.said,
        category=read.category or "other",
        urgency=read.urgency or "routine",
        region=scene.region_of(order.said, scene.incoming.location) if item.region == scene.region else item.region,
        place=read.place or wording.place(item.region),
        casualties=read.casualties,
        location=scene.incoming.location,
        attachments=scene.incoming.attachments,
    )
    hazard = hazardwork.register(work, scene.person, report, scene.rules)
    work.append(item, life.found(item, hazard.number), staff(work, scene.person))
    return hazard.number


def _lately(scene: Scene) -> DutyItem | None:
    """Return what somebody has told of within the last minutes and nobody has checked yet."""
    span = scene.rules.find(COLLECT, scene.region, day(scene.now)).duration
    item = stored.told_by(scene.work.session, scene.person.id or 0, scene.now - span)
    return item if item is not None and item.state == ItemState.DONE.value else None


def _more(scene: Scene) -> str | None:
    """Take photos without words, and a bare number of people, for what was told of just before."""
    heard, draft = scene.heard, scene.talk.draft
    photos, people = scene.incoming.attachments, people_in(heard.words)
    is_bare = not heard.words or (people is not None and not heard.reading.is_report) or "签到" in heard.words
    if draft is not None or not is_bare or not (photos or people is not None):
        return None
    item = _lately(scene)
    if item is None:
        return None
    add(scene.work, scene.person, item, people, heard.text, photos)
    return wording.fill(wording.ADDED, item, told=wording.told(item))


def add(  # noqa: PLR0913  (what was told, by whom, with what)
    work: Work, person: Person, item: DutyItem, people: int | None, said: str, photos: tuple[Attachment, ...]
) -> None:
    """Record what is told of a done item later; raises NotAllowed, WrongState."""
    drillview.require(work, person, DrillAction.TELL, item.region)
    told = {"people": people, "message": said, "photos": len(photos)}
    work.keep_evidence(work.append(item, life.add(item, told), staff(work, person)), photos)


def _photos_first(scene: Scene) -> tuple[Attachment, ...]:
    """Return photos that came without a word just before the words."""
    draft = scene.talk.draft
    return draft.attachments if draft is not None and not draft.texts else ()


def _to_check(work: Work, person: Person) -> list[DutyItem]:
    held = drillview.regions(work, person, DrillAction.CHECK)
    items = stored.within(work.session, held)
    return [
        one for one in items if one.state == ItemState.DONE.value and is_checked(one.kind) and one.done_by != person.id
    ]


def _check(work: Work, person: Person, order: Order, rules: Rules) -> str:
    if order.number:
        return check(work, person, stored.item(work, order.number), order, rules)
    waiting = _to_check(work, person)
    if not waiting:
        return wording.NOTHING_TO_CHECK
    if len(waiting) > 1:
        listed = wording.listing(waiting, drillview.SHOWN, day(work.now))
        return wording.WHICH_CHECK.format(number=waiting[0].number, listed=listed)
    return check(work, person, stored.item(work, waiting[0].number), order, rules)


def check(work: Work, person: Person, item: DutyItem, order: Order, rules: Rules) -> str:
    """Record what somebody else finds of a drill, and tell who held it.

    Raises: NotAllowed, SamePerson, WrongState.
    """
    drillview.require(work, person, DrillAction.CHECK, item.region)
    if not order.is_good and not order.reason:
        return wording.fill(wording.SAY_WHY, item)
    holder = item.done_by
    fact = life.check(item, person.id or 0, work.now, is_good=order.is_good, reason=order.reason)
    event = work.append(item, fact, staff(work, person))
    if not order.is_good:
        work.append(item, timing.schedule(item, work.now, rules), staff(work, person))
    sentence = wording.TOLD_PASSED if order.is_good else wording.TOLD_FAILED
    tomorrow = wording.shown(day(work.now).isoformat())
    text = wording.fill(sentence, item, who=called(work, person), reason=order.reason, day=tomorrow)
    if holder is not None:
        drilldue.tell(work, event, "checked", [work.person_by_id(holder)], text)
    return wording.fill(wording.PASSED if order.is_good else wording.FAILED, item, reason=order.reason)


def waive(work: Work, person: Person, item: DutyItem, reason: str) -> str:
    """Record that an item need not be done; raises NotAllowed, WrongState."""
    drillview.require(work, person, DrillAction.WAIVE, item.region)
    if not reason:
        return wording.fill(wording.SAY_WHY_WAIVED, item)
    work.append(item, life.waive(item, person.id or 0, reason), staff(work, person))
    return wording.fill(wording.WAIVED, item, reason=reason)
