"""What the desk looks up about training (培训): quizzes and papers, who may be asked, who was trained when."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session, col, false, or_, select

from assistant.errors import UnknownCase
from assistant.people import Grant, Role
from assistant.rules import covers
from assistant.store.drills import villages
from assistant.store.work import Work
from assistant.training import Attendance, Paper, PaperState, Quiz, QuizState, TrainingRound
from assistant.training.paper import OPEN, TAKING
from assistant.training.rounds import Place

QUIZ, ROUND = "CY", "LX"
TOWNS = ("镇", "乡", "街道")
SEVERAL = "/"


def quiz(work: Work, number: str) -> Quiz:
    """Return a quiz, locked; raises UnknownCase."""
    found = work.session.exec(select(Quiz).where(Quiz.number == number).with_for_update()).first()
    if found is None:
        raise UnknownCase(number=number)
    return found


def quizzes(session: Session, regions: Iterable[str]) -> list[Quiz]:
    """Return the quizzes of some places and of all below them, the newest first."""
    wanted = [or_(one == "", Quiz.region == one, col(Quiz.region).startswith(f"{one}/")) for one in regions]
    query = select(Quiz).where(or_(false(), *wanted)).order_by(col(Quiz.number).desc())
    return list(session.exec(query).all())


def over(session: Session, now: datetime) -> list[Quiz]:
    """Return the quizzes whose time is over, locked, in order."""
    query = select(Quiz).where(Quiz.state == QuizState.RELEASED.value, col(Quiz.due_at) <= now)
    return list(session.exec(query.order_by(col(Quiz.number)).with_for_update()).all())


def papers(session: Session, number: str) -> list[Paper]:
    """Return the papers of a quiz, in order of invitation, locked."""
    found = session.exec(select(Paper).where(Paper.quiz == number).with_for_update()).all()
    return sorted(found, key=lambda one: int(one.number.rpartition(SEVERAL)[2]))


def is_anybody_left(session: Session, number: str) -> bool:
    """Say whether somebody has still to answer a quiz."""
    query = select(Paper.number).where(Paper.quiz == number, col(Paper.state).in_(OPEN)).limit(1)
    return session.exec(query).first() is not None


def open_papers(session: Session, person_id: int) -> list[Paper]:
    """Return the papers on which a person has something to answer, locked, the first due first, mistakes last."""
    query = select(Paper).where(Paper.person == person_id, col(Paper.state).in_(TAKING))
    found = session.exec(query.order_by(col(Paper.due_at), col(Paper.number)).with_for_update()).all()
    return sorted(found, key=lambda one: one.state not in OPEN)


def own_papers(session: Session, person_id: int) -> list[Paper]:
    """Return all papers of a person, the newest first."""
    query = select(Paper).where(Paper.person == person_id).order_by(col(Paper.invited_at).desc())
    return list(session.exec(query).all())


def to_remind(session: Session, now: datetime) -> list[Paper]:
    """Return the papers whose reminder is due, locked."""
    query = select(Paper).where(col(Paper.remind_at) <= now, col(Paper.state).in_(OPEN))
    return list(session.exec(query.order_by(col(Paper.number)).with_for_update()).all())


def to_call_again(session: Session, now: datetime) -> list[Paper]:
    """Return the papers whose mistakes are to come again, locked."""
    query = select(Paper).where(col(Paper.again_at) <= now, Paper.state == PaperState.DONE.value)
    return list(session.exec(query.order_by(col(Paper.number)).with_for_update()).all())


def staff_of(work: Work, region: str, role: Role | None) -> list[int]:
    """Return the ids of the active people with a role, or with any, at a place or below it, by name of place."""
    roles = [role] if role is not None else [one for one in Role if one is not Role.VILLAGER]
    grants = [grant for one in roles for grant in work.grants_of(one) if covers(region, grant.region)]
    return _active(work, grants)


def places(work: Work, region: str) -> list[Place]:
    """Return the townships and villages at or below a place, each with the people who have a role there, by path."""
    known = villages(work.session)
    found: dict[str, dict[int, date]] = {}
    for role in Role:
        for grant in work.grants_of(role) if role is not Role.VILLAGER else ():
            home = next((one for one in known if covers(one, grant.region)), grant.region)
            if covers(region, home) and (home in known or home.endswith(TOWNS)):
                since = grant.since or work.person_by_id(grant.person_id).created_at.date()
                people = found.setdefault(home, {})
                people[grant.person_id] = min(since, people.get(grant.person_id, since))
    return [_place(work, home, home in known, found[home]) for home in sorted(found)]


def _place(work: Work, region: str, is_village: bool, people: dict[int, date]) -> Place:  # noqa: FBT001  (a column)
    active = [one.id or 0 for one in work.people_by_id(people) if one.is_active and one.name]
    return Place(region, is_village, tuple((one, people[one]) for one in active))


def round_in(session: Session, region: str) -> TrainingRound | None:
    """Return what has been told of the round of a place, locked; None where nothing has."""
    return session.exec(select(TrainingRound).where(TrainingRound.region == region).with_for_update()).first()


def attendances(session: Session, people: Iterable[int]) -> list[Attendance]:
    """Return when some people were trained, in order."""
    query = select(Attendance).where(col(Attendance.person_id).in_(list(people)))
    return list(session.exec(query.order_by(col(Attendance.on), col(Attendance.id))).all())


def attend(session: Session, row: Attendance) -> bool:
    """Keep that somebody was trained; False where the same was known already."""
    query = select(Attendance).where(
        Attendance.person_id == row.person_id, Attendance.on == row.on, Attendance.subject == row.subject
    )
    if session.exec(query).first() is not None:
        return False
    session.add(row)
    session.flush()
    return True


def _active(work: Work, grants: Iterable[Grant]) -> list[int]:
    ids = list(dict.fromkeys(grant.person_id for grant in grants))
    return [one.id or 0 for one in work.people_by_id(ids) if one.is_active]
