"""Binding by chat (绑定): 绑定 K7WMPQ3X makes an account the account of a known person."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from assistant.desk.knowledge import plain
from assistant.events import Actor, Fact
from assistant.hazards.moments import day, utc
from assistant.people import Invitation, Person
from assistant.people.invitations import ALPHABET, LENGTH, Standing, standing
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.store import Work, binding
from assistant.store.people import note
from assistant.wording import people as words

# 绑定 K7WM-PQ3X · /bind k7wmpq3x · 绑定码是K7WMPQ3X · near miss: 绑定微信要什么手续
ORDER = re.compile(
    r"(?:我的|这是)?(?:/?BIND|绑定码?|邀请码|绑)\s*(?:是|为|[:，,])?\s*([A-Z0-9][A-Z0-9\s-]{3,15})[。.!]?"
)
ASKED = re.compile(r"/?BIND|(?:怎么|如何|我要|我想)?绑定(?:账号|帐号|身份|码)?(?:怎么(?:弄|用|绑))?[??。]?")
BARE = re.compile(rf"(?=.*\d)(?=.*[A-Z])[{ALPHABET}]{{{LENGTH}}}")


def attend(text: str, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Bind the account that a message comes from, where it asks for that; None where it is about something else.

    Call it before anything of the person is read: afterwards the account is somebody else's.
    """
    said = unicodedata.normalize("NFKC", text).strip().upper()
    if ASKED.fullmatch(said):
        return [plain(words.BIND_USAGE)]
    order = ORDER.fullmatch(said)
    if order is None and not BARE.fullmatch(said):
        return None
    until = _tries(person, work, rules).until
    if until is not None:
        return [plain(words.bind_later(until, work.now))] if order else None
    code = re.sub(r"[\s-]", "", order[1] if order else said)
    invitation = binding.invitation(work.session, code)
    if invitation is None and order is None:
        _fail(incoming, person, work)
        return None
    return [plain(_answered(invitation, incoming, person, work, rules))]


@dataclass(frozen=True, slots=True)
class Tries:
    """How often somebody may still be wrong, and until when to wait where that is never."""

    left: int
    until: datetime | None


def _tries(person: Person, work: Work, rules: Rules) -> Tries:
    today = day(work.now)
    span = rules.find("invitation.wait", person.region, today).duration
    most = int(rules.find("invitation.tries", person.region, today).value)
    wrong = binding.wrong_tries(work.session, person, work.now - span)
    return Tries(max(most - len(wrong), 0), utc(wrong[-most]) + span if len(wrong) >= most else None)


def _answered(invitation: Invitation | None, incoming: Incoming, person: Person, work: Work, rules: Rules) -> str:
    found = standing(invitation, work.now)
    if invitation is None or found is Standing.WRONG:
        _fail(incoming, person, work)
        tries = _tries(person, work, rules)
        return words.bind_later(tries.until, work.now) if tries.until else words.BIND_WRONG.format(left=tries.left)
    if invitation.person_id == person.id and found is Standing.USED:
        return words.BOUND_ALREADY.format(name=person.name)
    if found is not Standing.VALID:
        return words.BIND_REFUSED[found]
    account = binding.identity(work.session, incoming.channel, incoming.sender)
    if account.is_verified and account.person_id != invitation.person_id:
        return words.BOUND_TO_ANOTHER
    return _bind(invitation, incoming, work)


def _bind(invitation: Invitation, incoming: Incoming, work: Work) -> str:
    meant = work.person_by_id(invitation.person_id)
    if not meant.is_active:
        return words.BIND_REFUSED[Standing.EXPIRED]
    account = binding.identity(work.session, incoming.channel, incoming.sender)
    invitation.used_at = work.now
    work.session.add(invitation)
    actor = Actor(f"person/{meant.id}", incoming.channel)
    binding.bind(work.session, account, meant, actor, work.now)
    return words.bound(meant, work.grants(meant))


def just_bound(code: str, incoming: Incoming, work: Work) -> Person | None:
    """Return the person whose the account has become in this unit of work, by this very code; None where it has not."""
    written = unicodedata.normalize("NFKC", code).upper()
    invitation = binding.invitation(work.session, re.sub(r"[\s-]", "", written))
    account = binding.identity(work.session, incoming.channel, incoming.sender)
    if invitation is None or invitation.used_at is None or utc(invitation.used_at) != utc(work.now):
        return None
    is_own = account.is_verified and account.person_id == invitation.person_id
    return work.person_by_id(invitation.person_id) if is_own else None


def _fail(incoming: Incoming, person: Person, work: Work) -> None:
    actor = Actor(f"person/{person.id}", incoming.channel)
    note(work.session, person, Fact(binding.FAILED, rule="invitation.tries"), actor, work.now)
    work.session.flush()
