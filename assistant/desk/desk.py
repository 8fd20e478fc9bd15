"""Every message comes in here, and every reply goes out from here; the same for all channels."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime

from assistant.answers import Asker
from assistant.desk.aftercare import RECENT, Consequences, duty_reply, hand_over, last_asked, mark, missed_by
from assistant.desk.commands import Command, Wish, read_command
from assistant.desk.knowledge import LOCAL, Knowledge, Page, Told, plain
from assistant.documents import Document
from assistant.errors import UnknownRegion
from assistant.handovers import HandOverState
from assistant.missed import Origin
from assistant.ports import Incoming, Link, Outgoing
from assistant.script import simplified
from assistant.search.index import Index
from assistant.store import Profile, Store, Turn, Work
from assistant.triage import danger
from assistant.wording import in_parts, sentences


class Desk:
    """The neutral desk; channels hand over Incoming and send what comes back."""

    def __init__(self, index: Index, store: Store, *, region: str = "") -> None:
        """region: the place of askers who have not chosen one."""
        self._knowledge = Knowledge(index)
        self._store = store
        self._region = region

    def receive(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """Answer one message; a repeated delivery gets the replies of the first one."""
        earlier = self._store.take(incoming, now)
        if earlier is not None:
            return list(earlier)
        with self._store.work(now) as work:
            row = work.entry(incoming)
            if row.is_done:
                return list(work.replies(row))
            replies = self._attend(incoming, work)
            work.finish(row, replies)
            return list(replies)

    def _attend(self, incoming: Incoming, work: Work) -> tuple[Outgoing, ...]:
        profile = self._completed(work.profile(incoming.channel, incoming.sender))
        command = read_command(simplified(incoming.text), self.regions())
        if command is None:
            told = self._answer(incoming.text, profile, work.now)
            consequences = missed_by(told.understood, told.replies, _origin(told.profile, work.now))
        elif command.wish in (Wish.UNFIT, Wish.HAND_OVER):
            told, consequences = self._about_asked(command, incoming, profile, work)
        else:
            told, consequences = self._knowledge.obey(command, profile, work.now), Consequences()
        work.keep_profile(incoming.channel, incoming.sender, told.profile)
        self._store.question_log.add(work.session, consequences.missed)
        self._store.hand_overs.add(work.session, consequences.hand_over)
        return _addressed(told.replies, incoming.channel, incoming.sender)

    def _answer(self, text: str, profile: Profile, now: datetime) -> Told:
        """Warn by rule, then answer."""
        warned = danger(text)
        told = self._knowledge.reply(text, profile, now, is_warned=warned is not None)
        first = (plain(sentences.danger_advice(warned), decision="danger"),) if warned else ()
        return replace(told, replies=(*first, *told.replies))

    def pending(self, channel: str, sender: str, now: datetime) -> list[Outgoing]:
        """Return the duty desk's replies that a sender has not got yet; each is handed out once and then is history."""
        handed_out: list[Outgoing] = []
        for waiting in self._store.hand_overs.waiting(channel, sender):
            replies = _addressed((duty_reply(waiting),), channel, sender)
            if waiting.state is HandOverState.ANSWERED and self._store.deliver(waiting, replies, now):
                handed_out += replies
        return handed_out

    def awaits_reply(self, channel: str, sender: str) -> bool:
        """Say whether the duty desk owes a sender a reply."""
        return bool(self._store.hand_overs.waiting(channel, sender))

    def history(self, channel: str, sender: str, limit: int = 50) -> list[Turn]:
        """Return the last exchanges of a sender, oldest first."""
        return self._store.turns(channel, sender, limit)

    def profile(self, channel: str, sender: str) -> Profile:
        """Return region and kind of a sender, with the defaults where nothing was chosen."""
        return self._completed(self._store.profile(channel, sender))

    def set_profile(self, channel: str, sender: str, *, region: str | None = None, asker: str | None = None) -> Profile:
        """Change region or kind of a sender.

        Raises: UnknownRegion; ValueError where `asker` is no Asker.
        """
        if region and region not in self.regions():
            raise UnknownRegion(region=region, known="、".join(self.regions()))
        self._store.set_profile(channel, sender, region=region, asker=asker and Asker(asker).value)
        return self.profile(channel, sender)

    def regions(self) -> list[str]:
        """Return the places for which there are documents."""
        return self._knowledge.regions()

    def documents(self) -> list[Document]:
        """Return all documents, by id."""
        return self._knowledge.documents()

    def document(self, document_id: str) -> Page:
        """Return a document to read; raises UnknownDocument."""
        return self._knowledge.document(document_id)

    def counterparts(self, document_id: str, on: date) -> dict[str, tuple[Link, ...]]:
        """Return for the clauses of a document links to their counterparts in force, by address."""
        return self._knowledge.counterparts(document_id, on)

    def work(self, now: datetime) -> AbstractContextManager[Work]:
        """Open a unit of work, for what stands beside the conversation: pages, interfaces, exports."""
        return self._store.work(now)

    def health(self) -> dict[str, object]:
        """Return the state of the parts, `ok` for all together."""
        database = self._store.answers()
        documents = len(self.documents())
        waiting = self._store.hand_overs.open_count() if database else None
        return {
            "ok": database and documents > 0,
            "database": database,
            "documents": documents,
            "open_hand_overs": waiting,
        }

    def _completed(self, profile: Profile) -> Profile:
        return replace(profile, region=profile.region or self._region, asker=profile.asker or Asker.VILLAGER.value)

    def _about_asked(
        self, command: Command, incoming: Incoming, profile: Profile, work: Work
    ) -> tuple[Told, Consequences]:
        """没答到 and 转人工 speak of the last question."""
        asked = last_asked(work.turns(incoming.channel, incoming.sender, RECENT), self.regions())
        if command.wish is Wish.UNFIT:
            reply, consequences = mark(asked and asked.meant(profile.question), _origin(profile, work.now))
        else:
            waiting = self._store.hand_overs.waiting_in(work.session, incoming.channel, incoming.sender)
            reply, consequences = hand_over(asked and asked.after(profile.question), incoming, profile, waiting)
        return Told((reply,), profile), consequences


def _origin(profile: Profile, now: datetime) -> Origin:
    return Origin(profile.region, Asker(profile.asker), now.astimezone(LOCAL).date())


def _addressed(drafts: tuple[Outgoing, ...], channel: str, sender: str) -> tuple[Outgoing, ...]:
    return tuple(replace(part, channel=channel, recipient=sender) for draft in drafts for part in _parts(draft))


def _parts(draft: Outgoing) -> list[Outgoing]:
    """Cut a long reply into messages; links and choices come with the last one."""
    texts = in_parts(draft.text)
    return [*(plain(text) for text in texts[:-1]), replace(draft, text=texts[-1])]
