"""Training at the desk (培训登记): told of with day, place and people, kept as a due item and for each person by name."""

import re
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from assistant.desk import drillview, drillwork, quizview, quizwork, trainingview
from assistant.desk import drillwords as drills
from assistant.desk.knowledge import plain
from assistant.desk.scene import Scene, Spoken, says
from assistant.drills import DutyItem
from assistant.duty.days import when_in
from assistant.errors import BadInput, SeveralPersons, UnknownPerson
from assistant.hazards.moments import day, utc
from assistant.obligations import ObligationKind
from assistant.people import Person
from assistant.permissions import DrillAction, TrainingAction, may
from assistant.script import simplified
from assistant.store import Work
from assistant.store import drills as items
from assistant.store import training as stored
from assistant.store.duty import person_named
from assistant.training import Attendance
from assistant.wording import explain
from assistant.wording import rounds as words
from assistant.wording.drills import shown

LOCAL = ZoneInfo("Asia/Shanghai")
# 培训登记 5月10日 上河村 12人 内容：山洪避险 参加：李网格、周网格
TELL = re.compile(r"^培训登记[ ，,：:]*(?P<rest>.*)$", re.S)
LIST = re.compile(rf"^培训名单[ ，,：:]*(?P<number>{drills.NUMBER})[ ，,：:]*(?P<names>.+)$", re.S)
NAMES = re.compile(r"[ ，,。；;]*(?:参加人员|参加人|参加|参训|人员|名单)[ ]*[:：][ ]*(?P<names>[^:：]+)$", re.S)
SUBJECT = re.compile(r"[ ，,。；;]*(?:培训)?内容[ ]*[:：]?[ ]*(?P<subject>.+)$", re.S)
APART = re.compile(r"[、，,；;\s]+|和(?=[\u4e00-\u9fff]{2})")
COVERAGE = re.compile(r"^(?:看看?|查)?(?:今年|全镇|各村|我们?[村镇])?的?(?:培训|轮训)(?:情况|统计|进度)[？?]?$")
UNTRAINED = re.compile(
    r"^(?:还有)?(?:谁|哪些人|哪些|哪几个人?)(?:还)?(?:没有?|未)(?:参加|接受)?(?:过)?(?:培训|轮训)过?[？?]?$"
)


def attend(scene: Scene) -> Spoken | None:
    """Take what is said of training; None where the message is for somebody else, or the person has no such role."""
    said = simplified(scene.heard.text.removeprefix("/")).strip().rstrip("。！!")
    try:
        if found := TELL.match(said):
            return _told(scene, found["rest"])
        if found := LIST.match(said):
            return _listed(scene, found["number"], found["names"])
        return _seen(scene, said)
    except BadInput as error:
        return says(scene.talk, explain(error))


def is_meant(scene: Scene) -> bool:
    """Say whether somebody tells of a training (what it was about is no danger), or begins, stops or goes on with a quiz."""
    if quizwork.is_meant(scene):
        return True
    said = simplified(scene.heard.text).strip()
    return bool(TELL.match(said) or LIST.match(said)) and bool(_places(scene))


def _places(scene: Scene) -> list[str]:
    action = DrillAction.TELL
    return [one.region for one in scene.work.grants(scene.person) if may([one], action, one.region)]


def _seen(scene: Scene, said: str) -> Spoken | None:
    is_coverage, is_untrained = COVERAGE.match(said), UNTRAINED.match(said)
    if not (is_coverage or is_untrained) or scene.heard.reading.danger is not None:
        return None
    if not quizview.regions(scene.work, scene.person, TrainingAction.ROUNDS):
        return None
    show = trainingview.coverage if is_coverage else trainingview.untrained
    return says(scene.talk, show(scene.work, scene.person, scene.rules))


def _told(scene: Scene, rest: str) -> Spoken | None:
    """Record a training as a done item, which somebody else checks, and who was there."""
    if not _places(scene):
        return None
    when = when_in(rest, utc(scene.now).astimezone(LOCAL))
    if when is None or drills.people_in(rest) is None:
        return says(scene.talk, words.SAY_DAY)
    if when.day > day(scene.now):
        return says(scene.talk, words.LATER_DAY.format(day=shown(when.day.isoformat())))
    listed = NAMES.search(rest)
    bare = NAMES.sub("", rest)
    found = SUBJECT.search(bare)
    subject = " ".join(found["subject"].split()) if found else ""
    where = f"{SUBJECT.sub('', bare)} 培训"
    order = drills.Order(drills.Wish.DONE, where, people=drills.people_in(rest), reason=where)
    item = drillwork.item_for(scene, order, DrillAction.TELL, when.day)
    texts = [drillwork.finish(scene, item, when.day, order)]
    names = APART.split(listed["names"].strip()) if listed else []
    texts.append(
        keep_names(scene, item, names, (when.day, subject)) if names else words.NO_NAMES.format(number=item.number)
    )
    talk = replace(scene.talk, draft=None) if _has_photos(scene) else scene.talk
    return Spoken((plain("\n".join(texts)),), talk)


def _has_photos(scene: Scene) -> bool:
    draft = scene.talk.draft
    return draft is not None and not draft.texts


def _listed(scene: Scene, number: str, names: str) -> Spoken | None:
    """Record who was at a training that has been told of."""
    if not _places(scene):
        return None
    item = items.item(scene.work, number)
    drillview.require(scene.work, scene.person, DrillAction.TELL, item.region)
    if item.kind != ObligationKind.TRAINING.value or not item.done_on:
        return says(scene.talk, words.NOT_TRAINING.format(number=number))
    known = SUBJECT.search(NAMES.sub("", item.told))
    about = date.fromisoformat(item.done_on), " ".join(known["subject"].split()) if known else ""
    return says(scene.talk, keep_names(scene, item, APART.split(names.strip()), about))


def keep_names(scene: Scene, item: DutyItem, names: list[str], about: tuple[date, str]) -> str:
    """Keep who was trained; about: the day, and what it was about."""
    on, subject = about
    kept, unknown, known = [], [], 0
    for name in filter(None, names):
        person = _person(scene.work, name, item.region)
        if person is None:
            unknown.append(name)
            continue
        row = Attendance(person_id=person.id or 0, on=on.isoformat(), subject=subject[:200], item=item.number)
        if stored.attend(scene.work.session, row):
            kept.append(person.name)
        else:
            known += 1
    texts = [words.NAMES_KEPT.format(count=len(kept), names="、".join(kept))] if kept else []
    texts += [words.NAMES_KNOWN_BEFORE] if known and not kept else []
    texts += [words.NAMES_UNKNOWN.format(names="、".join(unknown), number=item.number)] if unknown else []
    return "\n".join(texts)


def _person(work: Work, name: str, region: str) -> Person | None:
    try:
        return person_named(work.session, name, region)
    except (UnknownPerson, SeveralPersons):
        return None
