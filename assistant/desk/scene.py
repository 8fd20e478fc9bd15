"""Everything that a move of the conversation may use, and what it gives back."""

from dataclasses import dataclass, replace
from datetime import datetime

from assistant.desk.aftercare import Consequences
from assistant.desk.knowledge import Knowledge, plain
from assistant.dialogue.heard import Ear, Heard
from assistant.dialogue.talk import Prompt, Question, Talk
from assistant.errors import UnknownCase
from assistant.events import utc
from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.people import Person
from assistant.ports import Incoming, Location, Outgoing
from assistant.rules import Rules
from assistant.store import Profile, Work
from assistant.store.placetree import whereabouts
from assistant.wording import dialogue as words

FIRST_WORDS = 400
"""Characters; a letter is not searched whole for the names of all places."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One message within one unit of work."""

    work: Work
    person: Person
    incoming: Incoming
    heard: Heard
    talk: Talk
    region: str
    """Path of the place that is in charge of what this person reports."""
    rules: Rules
    ear: Ear
    knowledge: Knowledge

    @property
    def now(self) -> datetime:
        """The moment of the unit of work."""
        return self.work.now

    def region_of(self, words: str, point: Location | None) -> str:
        """Return the most precise known place of what was told: by its words, else by the point, else the person's."""
        rule = self.rules.find("place.nearest", self.region, utc(self.now).date())
        return whereabouts(self.work.session, words[:FIRST_WORDS], point, self.region, rule.value)

    def case(self, number: str) -> Hazard | Incident:
        """Return a case by its number; raises UnknownCase."""
        return self.work.incident(number) if number.startswith("SJ") else self.work.hazard(number)

    def current(self) -> Hazard | Incident | None:
        """Return the report that was talked about last, None where there is none."""
        try:
            return self.case(self.talk.case) if self.talk.case else None
        except UnknownCase:
            return None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Replies, and the state of the conversation afterwards."""

    replies: tuple[Outgoing, ...]
    talk: Talk


@dataclass(frozen=True, slots=True)
class Attended:
    """What a message has led to: replies, and what is kept."""

    replies: tuple[Outgoing, ...]
    talk: Talk
    profile: Profile
    consequences: Consequences = Consequences()


def says(talk: Talk, *texts: str, choices: tuple[str, ...] = (), decision: str | None = None) -> Spoken:
    """Return one reply of several paragraphs."""
    text = "\n".join(filter(None, texts))
    return Spoken((plain(text, *choices, decision=decision),), talk)


def asks(talk: Talk, prompt: Prompt, text: str, *before: str) -> Spoken:
    """Return a reply that ends in a numbered question; what is answered next with a number answers this."""
    shown = "\n".join([*filter(None, before), words.prompt_text(text, prompt.options)])
    return Spoken((plain(shown, *prompt.options),), replace(talk, prompt=prompt))


def prompt(scene: Scene, question: Question, options: tuple[str, ...], *about: str, said: str = "") -> Prompt:
    """Return a numbered question asked now."""
    return Prompt(question, options, scene.now, about, said)
