"""Whom words mean (派给谁): a person by name, a department by its known members, or a department's name alone."""

import re

from assistant.desk.acting import called
from assistant.hazards import Hazard
from assistant.hazards.handling import Holder
from assistant.people import Person, Role
from assistant.store import Work
from assistant.store import hazards as stored

# 城管委 水务站 上河村 派出所 · 老王 张三
UNIT = re.compile(
    r"社区|物业|派出所|(?:村|居)委会|.+(?:委|局|所|站|办|队|室|中心|公司|会|村|社区|物业|学校|医院|部门?|政府|科|处|厂|大队|支队|电力|燃气|供电|水务|消防|交警|路政|林业|移动|电信|联通|铁塔)"
)
# 老郑 小郑 郑主任 郑哥 · 郑重
SURNAME = re.compile(
    r"(?:老|小|阿)?(?P<name>[\u4e00-\u9fff])(?:主任|所长?|站长?|局长?|科长?|书记|队长?|村长|组长|师傅|老师|同志|哥|姐|叔|工|镇长|乡长|支书|经理|总)?"
)
ROLES = {
    "网格员": Role.GRID,
    "值班室": Role.DUTY,
    "值班员": Role.DUTY,
    "值班的": Role.DUTY,
    "调度": Role.DISPATCHER,
    "调度员": Role.DISPATCHER,
}
# 张三去处理 城管委，他们熟 · 张三
SURPLUS = re.compile(
    r"(?:[，,。；; ].*|(?:赶紧|马上|尽快|今天)?(?:去|来)(?:现场)?(?:处理|办理?|看一?看|看看?|弄|负责|跟进|接|管|修|整改)?(?:一下|了|吧)*|(?:处理|办理|负责|跟进|接手|来办|去办)(?:一下|了|吧)*|吧|了|哈|那边|那里|他们)$"
)
SEPARATOR = re.compile(r"[、，,；;和跟与及 ]+|还有|以及")


def cleaned(words: str) -> str:
    """Return a name without what follows it (去处理, 吧)."""
    return SURPLUS.sub("", words.strip()).strip()


def several(words: str) -> list[str]:
    """Return the names of a list: 城管委、消防所和派出所."""
    return [name for part in SEPARATOR.split(words) if (name := cleaned(part).removesuffix("都"))]


def holders(work: Work, words: str, hazard: Hazard) -> list[Holder]:
    """Return who may be meant: one where it is clear, several to choose from, none where nobody fits."""
    name = cleaned(words)
    people = stored.people(work.session)
    exact = [person for person in people if person.name == name or called(work, person) == name]
    if exact:
        return [Holder(person.id, person.unit) for person in exact]
    if name in ROLES or name.removeprefix("镇") in ROLES:
        role = ROLES.get(name) or ROLES[name.removeprefix("镇")]
        return [Holder(p.id, p.unit) for p in stored.nearest_holders(work, role, hazard.region, hazard.category)]
    named = [person for person in people if len(person.name) > 1 and person.name in name]
    if named:
        return [Holder(person.id, person.unit) for person in named]
    return (
        _units(people, name) or _by_surname(work, people, name) or ([Holder(unit=name)] if UNIT.fullmatch(name) else [])
    )


def _units(people: list[Person], name: str) -> list[Holder]:
    """Return the departments that a name fits; with one known member that person, with several the department."""
    units = dict.fromkeys(p.unit for p in people if p.unit and len(name) > 1 and (name in p.unit or p.unit in name))
    members = {unit: [person for person in people if person.unit == unit] for unit in units}
    return [Holder(held[0].id if len(held) == 1 else None, unit) for unit, held in members.items()]


def _by_surname(work: Work, people: list[Person], name: str) -> list[Holder]:
    found = SURNAME.fullmatch(name)
    if not found or len(name) < 2:
        return []
    staff = [p for p in people if p.name.startswith(found["name"]) and (p.unit or work.grants(p))]
    return [Holder(person.id, person.unit) for person in staff]
