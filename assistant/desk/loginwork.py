"""Signing in to the console (登录): 登录码 in a bound chat gives a code; name and code open a session of hours."""

import re
from dataclasses import dataclass
from datetime import timedelta

from assistant.desk.knowledge import plain
from assistant.events import Actor, Fact
from assistant.hazards.moments import day
from assistant.hazards.steps import Action
from assistant.people import Identity, Person
from assistant.people.logins import DIGITS, opens
from assistant.permissions import SeeAction, TrainingAction, may
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.script import simplified
from assistant.store import Work, binding, logins
from assistant.store.people import note
from assistant.store.secrets import hide
from assistant.wording import logins as words

CONSOLE = "console"
# 登录码 · 登陆 · 给我一个登录码 · 我要登录台账 · near miss: 登录不上怎么办, 怎么登录
ORDER = re.compile(
    r"/?(?:login|(?:请|麻烦)?(?:我要|我想|给我|帮我|发我?|要|获取|来)?(?:一?个|一下)?(?:登[录陆]码?|验证码)(?:一下)?(?:台账|后台|控制台|网页)?)[。.!！]?",
    re.IGNORECASE,
)
CODE = re.compile(rf"\d{{{DIGITS}}}")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that has just been opened."""

    token: str
    length: timedelta


def attend(text: str, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Give a code to whoever asks for one from an account that is bound; None where a message asks for none."""
    if not ORDER.fullmatch(simplified(text).strip()):
        return None
    if not binding.identity(work.session, incoming.channel, incoming.sender).is_verified:
        return [plain(words.NOT_BOUND)]
    if not is_reader(work, person):
        return [plain(words.NOT_STAFF)]
    valid = rules.find("login.valid", person.region, day(work.now)).duration
    expires_at = work.now + valid
    code = logins.issue(work.session, person, expires_at)
    mark = hide(work.session, person, code, valid, expires_at)
    actor = Actor(f"person/{person.id}", incoming.channel)
    note(work.session, person, Fact("login_code", rule="login.valid"), actor, work.now)
    return [plain(words.code(mark, person.name, expires_at, work.now))]


def is_reader(work: Work, person: Person) -> bool:
    """Say whether there is anything in the console that somebody may read."""
    grants = work.grants(person)
    return any(
        may([grant], action, grant.region)
        for grant in grants
        for action in (Action.LEDGER, *SeeAction, *TrainingAction)
    )


def sign_in(work: Work, name: str, code: str, rules: Rules) -> SignedIn | None:
    """Open a session by name and code; None where they fit nothing, which counts as a try on each code of that name."""
    most = int(rules.find("login.tries", "", day(work.now)).value)
    rows = logins.alive(work.session, name.strip(), most, work.now) if CODE.fullmatch(code) else []
    for row in rows:
        if opens(row, code, work.now):
            person = work.person_by_id(row.person_id)
            logins.end_codes(work.session, person)
            return open_session(work, person, rules)
    for row in rows:
        row.wrong += 1
        work.session.add(row)
    return None


def open_session(work: Work, person: Person, rules: Rules) -> SignedIn:
    """Open a session for somebody who has shown who they are."""
    length = rules.find("login.session", person.region, day(work.now)).duration
    token = logins.open_session(work.session, person, length, work.now)
    actor = Actor(f"person/{person.id}", CONSOLE)
    note(work.session, person, Fact("signed_in", rule="login.session"), actor, work.now)
    return SignedIn(token, length)


def is_account_of(work: Work, channel: str, sender: str, person: Person) -> bool:
    """Say whether an account is bound to a person."""
    account = work.session.get(Identity, (channel, sender))
    return account is not None and account.is_verified and account.person_id == person.id


def sign_out(work: Work, token: str) -> Person | None:
    """End a session; return whose it was."""
    person = logins.signed_in(work.session, token, work.now)
    if person is not None:
        logins.end_session(work.session, token)
        note(work.session, person, Fact("signed_out"), Actor(f"person/{person.id}", CONSOLE), work.now)
    return person
