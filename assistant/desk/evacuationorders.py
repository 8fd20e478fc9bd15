"""Orders and questions about an evacuation (转移): begin a wave, who is missing, one more household, who takes over, go back."""

import re
from collections.abc import Callable
from datetime import timedelta

from assistant.desk import callnotices as notices
from assistant.desk import evacuationlists as given_out
from assistant.desk.acting import staff
from assistant.desk.evacuationrows import (
    Rows,
    by_village,
    in_charge,
    list_of,
    own,
    reachable,
    sums,
    tell,
    today,
    warning_of,
    with_homes,
    within_reach,
)
from assistant.desk.knowledge import plain
from assistant.desk.rollcall import in_charge_of
from assistant.evacuation import Household, Transfer, Wave, sum_of
from assistant.evacuation import transfer as steps
from assistant.events import utc
from assistant.people import Person
from assistant.people.resolving import resolve_in
from assistant.permissions import EvacuationAction, may, roles_for
from assistant.ports import Outgoing
from assistant.rules import Rules, covers
from assistant.script import simplified
from assistant.store import Work, place_tree
from assistant.store import evacuation as stored
from assistant.store import warnings as relayed
from assistant.store.placetree import whereabouts
from assistant.warnings import RelayedWarning, calling
from assistant.wording import evacuation as wording
from assistant.wording.terms import role_words

# 开始转移 启动全部转移 上河村先转老弱 · 什么时候开始转移
START = re.compile(
    r"^(?P<place>[^，。？?]{0,12}?)(?:现在|马上|立即)?(?:开始|启动|组织)(?P<who>全部|全员|老弱|老弱病残|特殊人群)?(?:人员|群众|住户)*(?:避险)?转移(?P<more>[^？?]{0,8})$"
)
WEAK = re.compile(r"老弱|特殊|弱势|先转")
# 转移情况 还差哪几户 谁还没转 · 转移的要求
ASKED = re.compile(
    r"(?:转移|撤离)(?:的)?(?:情况|进度|台账|名单|汇总)|还(?:差|剩|有)(?:哪|几)(?:几|些)?(?:户|家|个)|(?:哪|谁)[几些个]?(?:户|家|人)?(?:还|都)?没(?:有)?(?:转|撤|走|到)|(?:转|撤)(?:了|走)(?:几|多少)(?:户|家|人)"
)
# 转移情况 · 转移情况怎么写
STATE = re.compile(
    r"(?:现在|目前)?(?:的)?(?:转移|撤离)(?:的)?(?:情况|进度|台账|汇总)(?:怎么样|咋样|如何)?(?:了)?[？?。]*"
)
# 可以回去了 同意返回 解除转移 · 可以回去了吗 能回家吗
RELEASE = re.compile(
    r"^(?P<place>[^，。？?]{0,12}?)(?:的|群众|住户|村民)*(?:现在|都|全部|大家|已经)*(?:可以|同意|准许|允许)(?:返回|回去|回家|回村)(?:了|啦)?[。！!]*$|^(?P<place2>[^，。？?]{0,12}?)(?:解除转移|转移解除|解除避险)[了。！!]*$"
)
# 加一户 赵六 3人 · 加一个人
ADD = re.compile(
    r"^(?:还要|再|请)?(?:加|添|新增|补|补上)(?:上)?一?户[：:，, ]*(?P<name>[\u4e00-\u9fff]{2,4}?)家?(?:[，,： ]*(?P<members>\d{1,2}|[一二两三四五六七八九十])(?:个|口)?人?)?[。 ]*$"
)
# 我接李网格的名单 李网格手机没电了，名单给我 · 名单给我看
TAKE = re.compile(
    r"(?:我|由我)(?:来)?(?:接|顶|替|接手|接管)(?:一下)?(?P<name>[\u4e00-\u9fff]{2,4}?)的(?:转移)?名单|^(?P<name2>[\u4e00-\u9fff]{2,4}?)(?:的)?(?:手机|电话)(?:没电|坏|关机|打不通|丢)[^。]{0,6}[，, ]*(?:他的)?名单(?:转?给我|我接)"
)
DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}


def attend(text: str, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Do what is ordered; None where nothing is, or where the words are nobody's order."""
    said = simplified(text).strip()
    for pattern, obey in ORDERS:
        found = pattern.search(said)
        if found:
            reply = obey(found, said, person, work, rules)
            return None if reply is None else [plain(reply)]
    return None


def _begin(found: re.Match[str], said: str, person: Person, work: Work, rules: Rules) -> str | None:
    grants = work.grants(person)
    region = _place(found["place"], person, work)
    if not any(may([grant], EvacuationAction.START_TRANSFER, grant.region) for grant in grants):
        return _not_yours(EvacuationAction.START_TRANSFER) if grants else None
    if not may(grants, EvacuationAction.START_TRANSFER, region):
        return _not_yours(EvacuationAction.START_TRANSFER)
    warning = _live_warning(work, region, rules)
    if warning is None:
        return wording.NO_WARNING
    place = region.rpartition("/")[2]
    if not any(covers(region, home.region) for home in stored.roll(work.session)):
        return wording.NO_ROLL.format(place=place)
    wave = Wave.VULNERABLE if WEAK.search(said) else Wave.ALL
    added = given_out.order(work, warning, wave, rules, region)
    if not added:
        return wording.ALREADY.format(place=place)
    return wording.started_by_chat(sums(with_homes(work, added)))


def _live_warning(work: Work, region: str, rules: Rules) -> RelayedWarning | None:
    known = [one for one in relayed.warnings_in(work.session, [region]) if not one.is_exercise]
    return next((one for one in known if not calling.is_over(one, work.now, rules)), None)


def _place(words: str | None, person: Person, work: Work) -> str:
    """Return the place that is named, else the person's own."""
    return whereabouts(work.session, words, None, person.region, 0) if words else person.region


def _not_yours(action: EvacuationAction) -> str:
    return wording.NOT_YOURS.format(who=role_words(" ".join(roles_for(action))))


def _asked(found: re.Match[str], said: str, person: Person, work: Work, rules: Rules) -> str | None:  # noqa: ARG001
    """Answer who is missing: the own list to a helper, the villages to whoever is in charge of them."""
    regions = in_charge_of(work, person)
    known = _named(work, with_homes(work, stored.open_transfers(work.session)), said, person)
    if regions:
        seen = known.some(row for row in known.rows if any(covers(region, row.region) for region in regions))
        nothing = wording.NOTHING_OPEN if STATE.fullmatch(said) else None
        return _roll(work, seen) if seen.rows else nothing
    mine = own(known, person)
    if mine.rows:
        return wording.mine(sum_of(mine.rows), mine.left(unsafe=True))
    near = within_reach(work, known, person)
    is_staff = any(may(work.grants(person), EvacuationAction.SEE_TRANSFERS, row.region) for row in near.rows)
    return _roll(work, near) if is_staff else None


def _named(work: Work, known: Rows, said: str, person: Person) -> Rows:
    """Return the rows of the place that is named (上河村还差几户), all where none is of whom anybody is on the move."""
    place = resolve_in(place_tree(work.session).gazetteer, said, person.region) or ""
    here = [row for row in known.rows if place and covers(place, row.region)]
    return known.some(here) if here else known


def _roll(work: Work, known: Rows) -> str:
    places = {place: (sum_of(rows.rows), rows.left(unsafe=True)) for place, rows in by_village(known).items()}
    numbers = dict.fromkeys(row.warning for row in known.rows)
    counts = [one for number in numbers for one in stored.counts_of(work.session, number)]
    return wording.roll(places, counts)


def _release(found: re.Match[str], said: str, person: Person, work: Work, rules: Rules) -> str | None:
    grants = work.grants(person)
    known = with_homes(work, stored.open_transfers(work.session))
    region = _place(found["place"] or found["place2"], person, work)
    out = known.some(row for row in known.rows if covers(region, row.region) and row.is_locked)
    if not grants or not known.rows:
        return None
    if not may(grants, EvacuationAction.RELEASE_TRANSFER, region):
        return _not_yours(EvacuationAction.RELEASE_TRANSFER)
    if not out.rows:
        return wording.NOBODY_OUT.format(place=region.rpartition("/")[2])
    return release(work, out, person, said, rules)


def release(work: Work, out: Rows, person: Person, said: str, rules: Rules) -> str:
    """Let households go back, not before the time of the rules; helpers and households hear it."""
    rule = rules.find("evacuation.lock", out.rows[0].region, today(work))
    started = max(utc(row.started_at or work.now) for row in out.rows)
    if work.now < steps.may_release_at(started, rule.duration):
        return wording.not_yet(started, rule.duration / timedelta(hours=1), started + rule.duration)
    event = [
        work.append(row, steps.release(row, person.id or 0, work.now, said), staff(work, person)) for row in out.rows
    ][-1]
    helpers = [one for one in dict.fromkeys(row.helper for row in out.rows) if one is not None]
    for helper in helpers:
        homes = [out.homes[row.household] for row in out.rows if row.helper == helper]
        named = "、".join(f"{home.head}家" for home in homes)
        text = wording.RELEASE_HELPER.format(who=notices.name(person), homes=named, name=homes[0].head)
        tell(work, event, "released", [work.person_by_id(helper)], text)
    _tell_households(work, out, person)
    people = [work.person_by_id(one) for one in helpers]
    return wording.RELEASED.format(count=wording.count(sum_of(out.rows).due), told=reachable(work, people))


def _tell_households(work: Work, out: Rows, by: Person) -> None:
    for row, home in out.pairs():
        one = work.person_by_id(home.person_id) if home.person_id is not None else None
        if one is not None and one.id != row.helper:
            helper = notices.called(work.person_by_id(row.helper)) if row.helper is not None else wording.NOBODY
            text = wording.RELEASE_HOUSEHOLD.format(who=notices.name(by), helper=helper)
            tell(work, work.events(row.number)[-1], "home", [one], text)


def _add(found: re.Match[str], said: str, person: Person, work: Work, rules: Rules) -> str | None:  # noqa: ARG001
    """Add a household that was found later: to the roll where it is new, and to those that must move."""
    known = with_homes(work, stored.open_transfers(work.session))
    near = own(known, person).rows or within_reach(work, known, person).rows
    if not near or not _is_staff(work, person, near[-1]):
        return None
    name, members = found["name"], found["members"]
    same = next((home for home in stored.roll(work.session) if home.head == name and _is_near(home, near[-1])), None)
    if same is not None and known.of(same.id or 0) is not None:
        return wording.ON_ROLL.format(name=name)
    if same is None and not members:
        return wording.ADDED_HOW.format(name=name)
    home = same or _enter(work, name, DIGITS.get(members) or int(members), near[-1], person)
    row = given_out.add(work, near[-1].warning, home, given_out.Begun(Wave.ALL))
    if row.helper is None:
        work.append(row, steps.hand_over(row, person.id), staff(work, person))
    mine = own(with_homes(work, stored.open_transfers(work.session)), person)
    return wording.ADDED.format(name=name, members=home.members, sums=f"您名下{wording.sums(sum_of(mine.rows))}")


def _is_staff(work: Work, person: Person, row: Transfer) -> bool:
    return row.helper == person.id or may(work.grants(person), EvacuationAction.TELL_TRANSFER, row.region)


def _is_near(home: Household, row: Transfer) -> bool:
    """Say whether a household lies in the village of a row."""
    village = row.region if row.region.endswith(("村", "社区")) else row.region.rpartition("/")[0]
    return covers(village, home.region)


def _enter(work: Work, name: str, members: int, beside: Transfer, person: Person) -> Household:
    known = stored.households(work.session, [beside.household])[beside.household]
    home = Household(
        region=beside.region,
        head=name,
        members=members,
        helper_id=person.id,
        shelter=known.shelter,
        keeper_id=known.keeper_id,
    )
    work.session.add(home)
    work.session.flush()
    return home


def _take(found: re.Match[str], said: str, person: Person, work: Work, rules: Rules) -> str | None:  # noqa: ARG001
    """Let a backup, or staff of the place, take a list over whose helper cannot be reached."""
    name = found["name"] or found["name2"]
    known = with_homes(work, stored.open_transfers(work.session))
    theirs = known.some(row for row in known.rows if _is_called(work, row, name))
    if not theirs.rows:
        return None
    mine = theirs.some(
        row
        for row, home in theirs.pairs()
        if home.backup_id == person.id or may(work.grants(person), EvacuationAction.TELL_TRANSFER, row.region)
    )
    if not mine.rows:
        return wording.NOT_BACKUP.format(helper=name)
    helper = work.person_by_id(mine.rows[0].helper or 0)
    for row in mine.rows:
        work.append(row, steps.hand_over(row, person.id), staff(work, person))
    warning = warning_of(work, mine.rows[0])
    given, _ = given_out.open_list(work, warning, person.id or 0, rules, Wave(mine.rows[-1].wave))
    given_out.close_list(work, list_of(work, warning.number, helper.id or 0), person.id)
    event = work.events(mine.rows[-1].number)[-1]
    to = in_charge(work, mine.rows[0], but=[person.id or 0])
    tell(work, event, "taken", to, wording.passed_on(name, notices.name(person), len(mine.rows)))
    return wording.TAKEN.format(
        helper=name, count=len(mine.rows), text=wording.listed(warning, mine.pairs(), given.finish_due_at)
    )


def _is_called(work: Work, row: Transfer, name: str) -> bool:
    return row.helper is not None and work.person_by_id(row.helper).name == name


Obey = Callable[[re.Match[str], str, Person, Work, Rules], str | None]
ORDERS: tuple[tuple[re.Pattern[str], Obey], ...] = (
    (START, _begin),
    (RELEASE, _release),
    (ADD, _add),
    (TAKE, _take),
    (ASKED, _asked),
)
