"""Rewards by chat (奖励): the staff approve, refuse, check a code and pay; a villager asks 我的奖励."""

import re

from assistant import rewards
from assistant.desk.acting import staff
from assistant.desk.notices import plain
from assistant.desk.orders import NUMBER, tidy
from assistant.errors import BadInput, UnknownRule
from assistant.hazards import Hazard
from assistant.hazards.moments import day
from assistant.people import Person
from assistant.people.invitations import LENGTH, new_code
from assistant.permissions import may
from assistant.ports import Incoming, Outgoing
from assistant.rewards import RewardAction
from assistant.rules import Rule, Rules
from assistant.store import Work
from assistant.store import hazards as stored
from assistant.store.receipts import receipts, reporter_of
from assistant.store.secrets import hide
from assistant.wording import explain
from assistant.wording import rewards as wording

CODE = rf"[2-9A-HJ-NP-Za-hj-np-z]{{{LENGTH}}}"
# 奖励YH20260701-01通过 · 奖励怎么领
ORDER = re.compile(
    rf"奖励(?P<case>{NUMBER})(?:(?P<approve>通过|同意|批准|核准)|(?P<refuse>不通过|不同意|不批准?|驳回)[，,：:]?(?P<reason>.*)"
    rf"|(?P<pay>已发放?|发了)[，,：:]?(?:领奖码)?(?P<code>{CODE})?)?"
)
CHECK = re.compile(rf"核对领奖码(?P<case>{NUMBER})?[，,：:]?(?P<code>{CODE})")
# 我前几天报的那个 领奖的码是多少 · 领奖码怎么管理
OWN_CODE = re.compile(
    r"我.{0,12}(?:报|举报|反映|说).{0,10}(?:领奖的?码|奖励|奖金|奖).{0,12}|(?:我的|那个)?领奖的?码(?:是)?(?:多少|几多|啥|什么|在哪|忘了|没记|丢了|找不到).{0,8}"
)
RULED = re.compile(r"文件|规定|办法|标准|政策|多少钱|有没有奖")
MINE = re.compile(r"(?:查|看|问)?(?:一下)?我的(?:举报)?奖励(?:呢|吗|发了吗|发了没有?|怎么样了?|到哪了?)?[？?]?")


def attend(text: str, _incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Attend to an order about rewards; None where a message is none."""
    order = tidy(text)
    try:
        if MINE.fullmatch(order) or (OWN_CODE.fullmatch(order) and not RULED.search(order)):
            return [plain(wording.mine(_mine(work, person)))]
        if found := CHECK.fullmatch(order):
            return [plain(_checked(found, person, work))]
        found = ORDER.fullmatch(order)
        return None if found is None else [plain(_ordered(found, person, work, rules))]
    except BadInput as error:
        return [plain(explain(error))]


def _ordered(found: re.Match[str], person: Person, work: Work, rules: Rules) -> str:
    hazard = work.hazard(found["case"])
    if not _may(work, person, hazard):
        return wording.APPROVERS_ONLY
    if found["approve"]:
        return _approved(hazard, person, work, rules)
    if found["refuse"]:
        work.append(hazard, rewards.refuse(hazard.number, hazard.reward, found["reason"]), staff(work, person))
        return wording.refused(hazard)
    if found["pay"]:
        return _paid(hazard, found["code"], person, work)
    return wording.account(hazard, receipts(work, hazard), amount(hazard, rules, work))


def _approved(hazard: Hazard, person: Person, work: Work, rules: Rules) -> str:
    """Approve for whoever was first; they alone read the code, once."""
    first = rewards.first_of(receipts(work, hazard))
    sealed = reporter_of(work, first.case)
    if sealed is None:
        return wording.NOBODY_TO_REWARD
    if sealed.person_id == person.id:
        return wording.OWN_REPORT
    code = new_code()
    paid = amount(hazard, rules, work)
    fact = rewards.approve(hazard.number, hazard.reward, code, first, paid)
    event = work.append(hazard, fact, staff(work, person))
    key = f"{hazard.number}/{event.sequence}/claim"
    first_reporter = work.person_by_id(sealed.person_id)
    shown = rules.find("reward.code.shown", hazard.region, day(work.now)).duration
    claim = plain(wording.claim(hazard, hide(work.session, first_reporter, code, shown), paid))
    work.tell(first_reporter, claim, key=key, subject=hazard.number)
    return wording.approved(hazard, first, paid)


def _paid(hazard: Hazard, code: str | None, person: Person, work: Work) -> str:
    if not code:
        return wording.CODE_NEEDED.format(number=hazard.number)
    if not rewards.fits(work.events(hazard.number), rewards.claim_digest(code)):
        return wording.WRONG_CODE
    work.append(hazard, rewards.pay(hazard.number, hazard.reward), staff(work, person))
    return wording.paid(hazard)


def _checked(found: re.Match[str], person: Person, work: Work) -> str:
    """Say to which case a code belongs: never whose it is."""
    regions = [grant.region for grant in work.grants(person) if may([grant], RewardAction.PAY, grant.region)]
    if not regions:
        return wording.APPROVERS_ONLY
    waiting = [one for one in stored.within(work.session, regions) if one.reward in ("approved", "paid")]
    chosen = [one for one in waiting if found["case"] in (None, one.number)]
    claim = rewards.claim_digest(found["code"])
    fitting = [one for one in chosen if rewards.fits(work.events(one.number), claim)]
    return wording.checked(fitting[0]) if fitting else wording.WRONG_CODE


def _mine(work: Work, person: Person) -> list[tuple[Hazard, bool]]:
    """Return the cases of a person that have a reward, and whether theirs was the first report."""
    cases = [work.hazard(one.main) if one.main else one for one in stored.reported_by(work.session, person)]
    named = {one.number: one for one in cases if one.reward != rewards.RewardState.NONE}
    return [(one, _is_first(work, one, person)) for one in named.values()]


def _is_first(work: Work, hazard: Hazard, person: Person) -> bool:
    row = reporter_of(work, rewards.first_of(receipts(work, hazard)).case)
    return row is not None and row.person_id == person.id


def _may(work: Work, person: Person, hazard: Hazard) -> bool:
    return may(work.grants(person), RewardAction.APPROVE, hazard.region)


def amount(hazard: Hazard, rules: Rules, work: Work) -> Rule | None:
    """Return what the place pays, None where nobody has entered it."""
    try:
        return rules.find(rewards.AMOUNT, hazard.region, day(work.now))
    except UnknownRule:
        return None
