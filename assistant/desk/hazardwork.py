"""Reports on their way into the ledger: register, supplement, correct, withdraw, confirm, reopen; and what time demands."""

import re
from collections.abc import Mapping
from typing import Any

from assistant.desk import notices
from assistant.desk.acting import acting, owner_name, reporter
from assistant.desk.dispatching import dispatch, give
from assistant.desk.overdue import due
from assistant.dialogue.report import Report
from assistant.events import RULE, Event
from assistant.hazards import Hazard, HazardState, handling, reporting
from assistant.hazards.steps import AUTOMATIC
from assistant.people import Person
from assistant.ports import Attachment
from assistant.rules import Rules
from assistant.script import simplified
from assistant.store import Work
from assistant.store import hazards as stored
from assistant.store.work import HAZARD
from assistant.wording import hazards as wording
from assistant.wording import reporters

__all__ = [
    "awaiting_confirmation",
    "correct",
    "due",
    "read_confirmation",
    "receipt",
    "register",
    "reopen",
    "reporter_confirms",
    "supplement",
    "withdraw",
]

# 没弄好 还是老样子 又裂开了 根本没人来 · 没问题 没事了
NOT_GOOD = re.compile(
    r"(?:还是?|根本|压根|都)?(?:没有?|冇|未|不曾)(?:得)?(?:人来)?(?:弄|修|整|搞|处理|解决|堵|补|清|盖)?(?:好|完|彻底|干净|动|人来|变化|用)|没人(?:来|管|动)|还(?:在|是)(?:漏|裂|晃|响|冒|掉|堵|那样|老样子)|老样子|又.{0,4}(?:裂|漏|坏|掉|塌|堵|响|冒)"
    r"|又.{0,6}(?:锁|锈|断|松|歪|倒|不亮|不转|冒出来)|不(?:满意|行(?!不)|合格|管用|好使|顶用)|(?:跟|和|同)没(?:修|弄|整|搞|补|换|堵|清)|等于没|没.{0,2}到位|白(?:弄|修|整|搞)"
)
# 好了 弄好了 修得挺好 没问题了 满意 · 好了没 弄好了吗
GOOD = re.compile(
    r"(?:(?:(?:看|瞧|收)(?:到|见|过)?了?|嗯+|哦|是的?|晓得了|知道了|谢谢?)[，,。！! ]+)*(?:(?:弄|修|整|搞|处理|解决|补|盖|堵|清)?(?:得)?(?:挺|很|蛮|都|已经|真的?)?(?:好|妥)(?:了|啦|咯|喽|的|嘞|啊|呀)*|(?:弄|修|整|搞|处理|解决|补|盖|堵|清)(?:得)?(?:挺|很|蛮|都)?(?:好|完|妥).*|没问题.*|没事了.*|(?:很|挺|蛮|真|都|非常)?满意.*|可以了.*|不(?:漏|晃|响|掉|冒)了.*)"
)
ASKING = re.compile(r"(?:没有?|吗|么|不|没)[？?。 ]*$|[？?]")


def register(work: Work, person: Person, report: Report, rules: Rules) -> Hazard:
    """Make a case of a report and dispatch it at once where a route is known.

    The reporter reads the number in the conversation, so nothing goes to them by the outbox.
    """
    hazard = Hazard(number=work.next_number(HAZARD))
    token = work.seal(person, hazard.number)
    event = work.append(
        hazard, reporting.register(_said(report, token), work.now, rules), reporter(work, hazard, person)
    )
    work.keep_evidence(event, report.attachments)
    dispatch(work, hazard, rules)
    return hazard


def receipt(work: Work, hazard: Hazard) -> str:
    """Return what the reporter of a new case reads at once: number, and who has it."""
    return reporters.registered(hazard, owner_name(work, hazard), is_heard=bool(notices.desk_staff(work, hazard)))


def supplement(
    work: Work,
    hazard: Hazard,
    person: Person,
    message: str,
    *,
    more: Mapping[str, Any] | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> Event:
    """Add words, pictures or fields (`reporting.SAID`) to a case; those in charge hear of it.

    Raises: WrongState, NotAllowed.
    """
    fact = reporting.supplement(hazard, acting(work, hazard, person), message, more or {})
    event = work.append(hazard, fact, reporter(work, hazard, person))
    work.keep_evidence(event, attachments)
    said = wording.supplemented(hazard, message, len(attachments))
    notices.tell_those_in_charge(work, hazard, event, wording.news(hazard, said))
    if "urgency" in fact.data["set"]:
        notices.tell_duty(work, hazard, event)
    return event


def correct(
    work: Work, hazard: Hazard, person: Person, message: str, changes: Mapping[str, Any], rules: Rules
) -> Event:
    """Put a case right; one that now lies elsewhere or is of another class is dispatched anew unless work has begun.

    Raises: WrongState, NotAllowed.
    """
    fact = reporting.correct(hazard, acting(work, hazard, person), message, changes)
    event = work.append(hazard, fact, reporter(work, hazard, person))
    notices.tell_those_in_charge(work, hazard, event, wording.news(hazard, wording.corrected(hazard)))
    if {"region", "category"} & set(fact.data["set"]) and hazard.state == HazardState.ASSIGNED:
        before = notices.owners(work, hazard)
        given = dispatch(work, hazard, rules)
        gone = [one for one in before if one.id != hazard.owner]
        if given is not None:
            text = wording.off_your_hands(hazard, owner_name(work, hazard))
            notices.send(work, given, "moved", gone, notices.plain(text))
    return event


def withdraw(work: Work, hazard: Hazard, person: Person, reason: str) -> Event:
    """Take a report back; where others reported the same, the case goes on for them.

    Raises: WrongState, NotAllowed.
    """
    token = reporter(work, hazard, person)
    gone = {event.actor for event in work.events(hazard.number) if event.kind == "withdrawn"} | {token.name}
    others = [one for one in stored.tokens(work.session, hazard.number) if f"reporter/{one}" not in gone]
    fact = reporting.withdraw(hazard, acting(work, hazard, person), reason, is_last=not others)
    event = work.append(hazard, fact, token)
    if not others:
        notices.tell_those_in_charge(work, hazard, event, wording.taken_back(hazard, reason), "withdrawn")
    return event


def reporter_confirms(
    work: Work, hazard: Hazard, person: Person, rules: Rules, *, is_good: bool, words: str = ""
) -> Event:
    """Take the reporter's word on a repair: good ends the case, not good opens it again.

    Raises: WrongState, NotAllowed.
    """
    if not is_good:
        return reopen(work, hazard, person, words, rules)
    return work.append(
        hazard, reporting.satisfied(hazard, acting(work, hazard, person)), reporter(work, hazard, person)
    )


def read_confirmation(text: str) -> bool | None:
    """Read an answer to 弄好了吗 in words: True, False, or None where it is something else."""
    said = simplified(text).strip()
    if NOT_GOOD.search(said):
        return False
    return True if GOOD.fullmatch(said) and not ASKING.search(said) else None


def awaiting_confirmation(work: Work, person: Person) -> list[Hazard]:
    """Return the closed cases of which a person has been asked whether they are good, the newest first."""
    # the state is looked at here: a database might begin with all closed cases of the ledger
    return [hazard for hazard in stored.reported_by(work.session, person) if hazard.state == HazardState.CLOSED]


def reopen(work: Work, hazard: Hazard, person: Person, reason: str, rules: Rules) -> Event:
    """Open an ended case again: it goes back to who had it, else by the routes, else to the dispatcher.

    Raises: WrongState, NotAllowed.
    """
    by = acting(work, hazard, person)
    actor = reporter(work, hazard, person)
    event = work.append(hazard, reporting.reopen(hazard, by, reason, work.now, rules), actor)
    again = handling.holder(hazard)
    if again is None:
        dispatch(work, hazard, rules)
    else:
        give(work, hazard, again, AUTOMATIC, RULE, rules)
    staff = notices.desk_staff(work, hazard)
    others = [one for one in staff if one.id not in (hazard.owner, person.id)]
    notices.send(work, event, "reopened", others, notices.plain(wording.reopened(hazard, reason)))
    notices.tell_reporters(work, hazard, event, notices.plain(reporters.reopened(hazard)), but=person.id)
    return event


def _said(report: Report, token: str) -> dict[str, Any]:
    location = report.location
    return {
        "category": report.category,
        "urgency": report.urgency,
        "region": report.region,
        "place": report.place or (location.label if location else ""),
        "lat": location.lat if location else None,
        "lon": location.lon if location else None,
        "text": report.text,
        "casualties": report.casualties,
        "is_anonymous": report.is_anonymous,
        "wishes": report.wishes,
        "reporter": token,
    }
