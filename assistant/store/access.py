"""Who may see a picture or hear a voice message: whoever sent it, and the staff of the place to which it belongs."""

from sqlmodel import col, select

from assistant.drills import DutyItem
from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.people import Identity, Person
from assistant.permissions import SeeAction, may
from assistant.store.inbox import InboxRow
from assistant.store.work import EvidenceRow, Work


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
    return staff_may_see(work, person, digest)


def staff_may_see(work: Work, person: Person, digest: str) -> bool:
    """Say whether somebody of the staff may be shown a file: it belongs to a case of a place in their charge."""
    grants = work.grants(person)
    cases = work.session.exec(select(EvidenceRow.case).where(EvidenceRow.digest == digest)).all() if grants else []
    return any(may(grants, SeeAction.EVIDENCE, place) for place in _places(work, list(cases)))


def _places(work: Work, numbers: list[str]) -> list[str]:
    hazards = work.session.exec(select(Hazard.region).where(col(Hazard.number).in_(numbers))).all()
    incidents = work.session.exec(select(Incident.region).where(col(Incident.number).in_(numbers))).all()
    items = work.session.exec(select(DutyItem.region).where(col(DutyItem.number).in_(numbers))).all()
    return [*hazards, *incidents, *items]
