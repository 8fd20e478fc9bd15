"""Every message comes in here, and every reply goes out from here; the same for all channels."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.answers import Answer, Asker, Decision, Reason, Request, answer
from assistant.answers.aligned import aligned
from assistant.answers.explaining import explained_clause
from assistant.answers.passages import clauses_at, passage
from assistant.citations import parse_unit_id, unit_id
from assistant.clauses import Outline
from assistant.desk.aftercare import RECENT, duty_reply, hand_over, last_asked, mark, missed_by
from assistant.desk.commands import Command, Wish, find_region, read_command
from assistant.documents import Document
from assistant.errors import BadQuestion, UnknownDocument, UnknownRegion
from assistant.handovers import HandOverState
from assistant.missed import Origin
from assistant.ports import Incoming, Link, Outgoing
from assistant.script import simplified
from assistant.search.index import Index
from assistant.store import Consequences, Profile, Store, Turn
from assistant.triage import danger
from assistant.wording import (
    aligned_text,
    answer_text,
    counterpart_links,
    explain,
    in_parts,
    label,
    links,
    sentences,
    source_text,
)

LOCAL = ZoneInfo("Asia/Shanghai")
REMEMBERED = 3
"""Units cited last that 全文, 出处 and 下一条 can mean; the first one is meant."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document to be read as a page."""

    document: Document
    outline: Outline


class Desk:
    """The neutral desk; channels hand over Incoming and send what comes back."""

    def __init__(self, index: Index, store: Store, *, region: str = "") -> None:
        """region: the place of askers who have not chosen one."""
        self._index = index
        self._store = store
        self._region = region

    def receive(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """Answer one message; a repeated delivery gets the replies of the first one."""
        earlier = self._store.replies(incoming.channel, incoming.message_id)
        if earlier is not None:
            return list(earlier)
        profile = self._profile(incoming.channel, incoming.sender)
        command = read_command(simplified(incoming.text), self.regions())
        if command is None:
            drafts, changed, understood = self._reply(incoming.text, profile, now)
            consequences = missed_by(understood, drafts, _origin(profile, now))
        elif command.wish in (Wish.UNFIT, Wish.HAND_OVER):
            draft, consequences = self._attend(command, incoming, profile, now)
            drafts, changed = [draft], profile
        else:
            drafts, changed = self._obey(command, profile, now)
            consequences = Consequences()
        replies = _addressed(drafts, incoming.channel, incoming.sender)
        return list(self._store.record(incoming, replies, changed, consequences))

    def pending(self, channel: str, sender: str, now: datetime) -> list[Outgoing]:
        """Return the duty desk's replies that a sender has not got yet; each is handed out once and then is history."""
        handed_out: list[Outgoing] = []
        for waiting in self._store.hand_overs.waiting(channel, sender):
            replies = _addressed([duty_reply(waiting)], channel, sender)
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
        return self._profile(channel, sender)

    def set_profile(self, channel: str, sender: str, *, region: str | None = None, asker: str | None = None) -> Profile:
        """Change region or kind of a sender.

        Raises: UnknownRegion; ValueError where `asker` is no Asker.
        """
        if region and region not in self.regions():
            raise UnknownRegion(region=region, known="、".join(self.regions()))
        self._store.set_profile(channel, sender, region=region, asker=asker and Asker(asker).value)
        return self._profile(channel, sender)

    def regions(self) -> list[str]:
        """Return the places for which there are documents."""
        return self._index.catalogue.regions()

    def documents(self) -> list[Document]:
        """Return all documents, by id."""
        return list(self._index.catalogue.values())

    def document(self, document_id: str) -> Page:
        """Return a document to read; raises UnknownDocument."""
        if document_id not in self._index.catalogue:
            raise UnknownDocument(document=document_id)
        return Page(self._index.catalogue[document_id], self._index.outlines[document_id])

    def counterparts(self, document_id: str, on: date) -> dict[str, tuple[Link, ...]]:
        """Return for the clauses of a document links to their counterparts in force, by address."""
        found = {}
        for unit in self._index.outlines[document_id].clauses():
            known = self._index.aligned(unit_id(document_id, unit.address))
            held = [c for c in known if self._index.catalogue[parse_unit_id(c.unit)[0]].in_force(on)]
            found[unit.address] = counterpart_links(held, self._index)
        return found

    def health(self) -> dict[str, object]:
        """Return the state of the parts, `ok` for all together."""
        database = self._store.answers()
        documents = len(self._index.catalogue)
        waiting = self._store.hand_overs.open_count() if database else None
        return {
            "ok": database and documents > 0,
            "database": database,
            "documents": documents,
            "open_hand_overs": waiting,
        }

    def _profile(self, channel: str, sender: str) -> Profile:
        profile = self._store.profile(channel, sender)
        return replace(profile, region=profile.region or self._region, asker=profile.asker or Asker.VILLAGER.value)

    def _reply(self, text: str, profile: Profile, now: datetime) -> tuple[list[Outgoing], Profile, str]:
        """Return the replies, what is known of the asker afterwards, and the question, a follow-up as what it means."""
        warned = danger(text)
        first = [replace(_plain(sentences.danger_advice(warned)), decision="danger")] if warned else []
        try:
            on = now.astimezone(LOCAL).date()
            asked = Request(text, profile.region, Asker(profile.asker), on, profile.context, profile.question)
            counterparts = aligned(asked, self._index)
            if counterparts is not None:
                reply = replace(self._answered(counterparts.answer), text=aligned_text(counterparts))
                context = counterparts.cited()[:REMEMBERED] or profile.context
                return [*first, reply], replace(profile, context=context), text
            answered = answer(asked, self._index)
        except BadQuestion as error:
            return [*first, _plain(explain(error))], profile, text
        reply = self._answered(answered)
        replies = [*first, reply if warned else _with_offer(reply, answered)]
        return replies, _remembering(profile, answered), answered.question if answered.is_follow_up else text

    def _answered(self, answered: Answer) -> Outgoing:
        choices = sentences.AFTER_ANSWER if answered.decision is not Decision.REFUSED else sentences.AFTER_REFUSAL
        return replace(
            _plain(answer_text(answered)), links=links(answered), choices=choices, decision=answered.decision.value
        )

    def _obey(self, command: Command, profile: Profile, now: datetime) -> tuple[list[Outgoing], Profile]:
        if command.wish is Wish.HELP:
            return [replace(_plain(sentences.HELP), choices=sentences.EXAMPLES)], profile
        if command.wish is Wish.THANKS:
            return [_plain(sentences.WELCOME)], profile
        if command.wish is Wish.DOCUMENTS:
            return [_plain(sentences.document_list(self.documents()))], profile
        if command.wish is Wish.REGION:
            return self._move(command.value, profile)
        if command.wish is Wish.ASKER:
            changed = replace(profile, asker=command.value)
            return [_plain(sentences.ASKER_SET.format(asker=sentences.ASKERS[command.value]))], changed
        return self._about_last(command, profile, now)

    def _attend(
        self, command: Command, incoming: Incoming, profile: Profile, now: datetime
    ) -> tuple[Outgoing, Consequences]:
        """没答到 and 转人工 speak of the last question."""
        asked = last_asked(self._store.turns(incoming.channel, incoming.sender, RECENT), self.regions())
        if command.wish is Wish.UNFIT:
            return mark(asked and asked.meant(profile.question), _origin(profile, now))
        waiting = self._store.hand_overs.waiting(incoming.channel, incoming.sender)
        return hand_over(asked and asked.after(profile.question), incoming, profile, waiting)

    def _move(self, name: str, profile: Profile) -> tuple[list[Outgoing], Profile]:
        region = find_region(name, self.regions())
        if region is None:
            return [_plain(explain(UnknownRegion(region=name, known="、".join(self.regions()))))], profile
        return [_plain(sentences.REGION_SET.format(region=region))], replace(profile, region=region)

    def _about_last(self, command: Command, profile: Profile, now: datetime) -> tuple[list[Outgoing], Profile]:
        known = [unit for unit in profile.context if self._knows(unit)]
        if not known:
            return [_plain(sentences.NOTHING_CITED)], profile
        document_id, address = parse_unit_id(known[0])
        asked = Request("", profile.region, Asker(profile.asker), now.astimezone(LOCAL).date())
        if command.wish is Wish.EXPLAIN:
            return [self._explained(known[0], asked)], profile
        if command.wish is Wish.SOURCE:
            cited = dict.fromkeys(parse_unit_id(unit)[0] for unit in known)
            return [_plain("\n\n".join(source_text(self._index.catalogue[d]) for d in cited))], profile
        if command.wish is not Wish.WHOLE:
            beside = self._beside(document_id, address, 1 if command.wish is Wish.NEXT else -1)
            if beside is None:
                return [_plain(sentences.NO_CLAUSE_BESIDE)], profile
            address = beside
        answered = _whole(self._index, unit_id(document_id, address), asked)
        return [self._answered(answered)], replace(profile, context=(unit_id(document_id, address),))

    def _explained(self, unit: str, request: Request) -> Outgoing:
        answered = explained_clause(unit, request, self._index)
        if not answered.explanations:
            cited = label(answered.passages[0])
            return replace(_plain(sentences.NO_EXPLANATION.format(label=cited)), choices=sentences.AFTER_ANSWER)
        return self._answered(answered)

    def _knows(self, unit: str) -> bool:
        """A document may have been replaced since it was cited."""
        document_id, address = parse_unit_id(unit)
        return document_id in self._index.catalogue and address in self._index.outlines[document_id]

    def _beside(self, document_id: str, address: str, step: int) -> str | None:
        outline = self._index.outlines[document_id]
        clauses = [unit.address for unit in outline.clauses()]
        place = clauses.index(outline.clause_of(address).address) + step
        return clauses[place] if 0 <= place < len(clauses) else None


def _remembering(profile: Profile, answered: Answer) -> Profile:
    """Return the profile with what was cited and asked; what found nothing is no topic to go on from."""
    if answered.decision is Decision.REFUSED:
        return profile
    context = tuple(passage.unit for passage in answered.passages)[:REMEMBERED]
    return replace(profile, context=context, question=answered.topic)


def _origin(profile: Profile, now: datetime) -> Origin:
    return Origin(profile.region, Asker(profile.asker), now.astimezone(LOCAL).date())


def _with_offer(reply: Outgoing, answered: Answer) -> Outgoing:
    """Offer a person where the documents do not answer; a number that does not exist is the asker's to correct."""
    if answered.decision is Decision.ANSWER:
        return reply
    is_mistaken = answered.reason is Reason.NO_SUCH_CLAUSE
    text = reply.text if is_mistaken else f"{reply.text}\n\n{sentences.OFFER}"
    return replace(reply, text=text, choices=(sentences.HAND_OVER, *reply.choices))


def _addressed(drafts: list[Outgoing], channel: str, sender: str) -> tuple[Outgoing, ...]:
    return tuple(replace(part, channel=channel, recipient=sender) for draft in drafts for part in _parts(draft))


def _parts(draft: Outgoing) -> list[Outgoing]:
    """Cut a long reply into messages; links and choices come with the last one."""
    texts = in_parts(draft.text)
    plain = [_plain(text) for text in texts[:-1]]
    return [*plain, replace(draft, text=texts[-1])]


def _whole(index: Index, unit: str, request: Request) -> Answer:
    from_units = [passage(index, clause, request, budget=None) for clause in clauses_at(index, unit)]
    return Answer("", Decision.ANSWER, tuple(from_units), (unit,))


def _plain(text: str) -> Outgoing:
    return Outgoing(channel="", recipient="", text=text)
