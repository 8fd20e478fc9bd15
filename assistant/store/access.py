"""Who may see a picture or hear a voice message: whoever sent it, and the staff of the place to which it belongs."""

from sqlmodel import col, select

from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.people import Identity, Role
from assistant.rules import covers
from assistant.store.inbox import InboxRow
from assistant.store.work import EvidenceRow, Work

STAFF = frozenset({Role.GRID, Role.DUTY, Role.LEADER, Role.DIRECTOR, Role.DISPATCHER})


def may_see(work: Work, channel: str, sender: str, digest: str) -> bool:
    """Say whether a sender may be shown a file."""
    return _has_sent(work, channel, sender, digest) or _is_of_staff(work, channel, sender, digest)


def _has_sent(work: Work, channel: str, sender: str, digest: str) -> bool:
    sent = select(InboxRow.id).where(
        InboxRow.channel == channel,
        InboxRow.sender == sender,
        col(InboxRow.attachments).contains(digest, autoescape=True),
    )
    return work.session.exec(sent).first() is not None


def _is_of_staff(work: Work, channel: str, sender: str, digest: str) -> bool:
    identity = work.session.exec(select(Identity).where(Identity.channel == channel, Identity.sender == sender)).first()
    if identity is None:
        return False
    person = work.person_by_id(identity.person_id)
    regions = [grant.region for grant in work.grants(person) if grant.role in STAFF]
    cases = work.session.exec(select(EvidenceRow.case).where(EvidenceRow.digest == digest)).all() if regions else []
    return any(covers(region, place) for place in _places(work, list(cases)) for region in regions)


def _places(work: Work, numbers: list[str]) -> list[str]:
    hazards = work.session.exec(select(Hazard.region).where(col(Hazard.number).in_(numbers))).all()
    incidents = work.session.exec(select(Incident.region).where(col(Incident.number).in_(numbers))).all()
    return [*hazards, *incidents]
