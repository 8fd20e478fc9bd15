"""Every message comes in here, and every reply goes out from here; the same for all channels."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime

from assistant.answers import Asker, Decision
from assistant.desk import bindwork, blockwork, conversing, linkwork, loginwork, pressing, quiztaking, talking
from assistant.desk.aftercare import RECENT, Consequences, duty_reply, hand_over, last_asked, mark, missed_by
from assistant.desk.auditing import Audit, Auditor
from assistant.desk.clockwork import tick
from assistant.desk.commands import Command, Wish, read_command
from assistant.desk.flood import Flood
from assistant.desk.gallery import Gallery
from assistant.desk.hearing import DangerEar
from assistant.desk.intake import Intake
from assistant.desk.inturn import in_turn
from assistant.desk.knowledge import LOCAL, Knowledge, Page, Told, plain
from assistant.desk.readable import readable
from assistant.desk.scene import Attended, Scene, Spoken
from assistant.desk.sending import Sender
from assistant.desk.staffing import asked_of_roster, moving, staffed
from assistant.dialogue import phrases
from assistant.dialogue.heard import Ear, Heard, Move
from assistant.dialogue.talk import Talk, dump_talk, load_talk
from assistant.documents import Document
from assistant.errors import UnknownRegion
from assistant.handovers import HandOverState
from assistant.missed import Origin
from assistant.people import Person
from assistant.people.spelling import sound
from assistant.ports import Channel, Incoming, Link, Outgoing
from assistant.rules import Rules, load_rules
from assistant.script import simplified
from assistant.search.index import Index
from assistant.store import Profile, Store, Turn, Work
from assistant.store.placetree import whereabouts
from assistant.wording import in_parts

NUMBERS = frozenset({Move.CHOOSE, Move.STRAY})
SAMPLE = "示例村三组的水沟堵了，归谁管"


class Desk:
    """The neutral desk; channels hand over Incoming and send what comes back."""

    def __init__(
        self,
        index: Index,
        store: Store,
        *,
        region: str = "",
        ear: Ear | None = None,
        rules: Rules | None = None,
        pushed: Collection[str] = (),
    ) -> None:
        """region: the place of askers who have not chosen one; ear: reads messages, by danger words alone if None;
        pushed: channels that replies are sent to.
        """
        self._knowledge = Knowledge(index)
        self._store = store
        self.region = region
        self.ear = ear or DangerEar()
        self.rules = rules or load_rules()
        self.gallery = Gallery(store)
        self._intake = Intake(store, self._attend, pushed, Flood(self.rules))
        self._auditor = Auditor(store, self.rules)
        self.audited: Audit | None = None
        """What the last look at the log has found; None where nobody has looked."""

    def receive(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """Answer one message; a repeated delivery gets the replies of the first one."""
        return self._intake.receive(incoming, now)

    def refused(self, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """Return what somebody who writes too much is told, perhaps nothing; None where the message is to be attended to.

        `receive` asks it too: only who keeps messages without it, or fetches files for them, has to ask first.
        """
        return self._intake.refused(incoming, now)

    def takes_file(self, channel: str, sender: str, now: datetime) -> bool:
        """Count a picture or voice message, before it is fetched; False where a sender has sent too many."""
        return self._intake.flood.takes_file(channel, sender, now)

    def leave(self, incoming: Incoming) -> bool:
        """Say that nobody waits for the replies to a message any more; False where the message has not been kept yet."""
        return self._intake.leave(incoming)

    def keep(self, messages: Sequence[Incoming], now: datetime) -> None:
        """Keep messages together, each to be attended to later; raises DatabaseFailed."""
        self._store.keep(messages, now)

    def attend_to(self, incoming: Incoming, now: datetime) -> None:
        """Attend to a message that was kept, and send the replies; raises DatabaseFailed."""
        self._intake.attend_to(incoming, now)

    def send_from(self, incoming: Incoming, start: int, now: datetime) -> None:
        """Send the replies to a message from one of them on, where the answer to the request could not hold them all."""
        self._intake.send_from(incoming, start, now)

    def take_time(self) -> None:
        """Wait for every answer to be whole: what a replay shows must not depend on how busy the machine is."""
        self._intake.is_hurried = False

    def warm_up(self, now: datetime) -> None:
        """Load what is else loaded while the first message waits: dictionaries of words and sounds, the place tree."""
        self.ear.all(SAMPLE)
        self._knowledge.reply(SAMPLE, self._completed(Profile()), now)
        self._store.attempt(now, lambda work: whereabouts(work.session, SAMPLE, None, self.region, 0))
        sound(SAMPLE)

    def tick(self, now: datetime) -> None:
        """Do all that time demands: attend to what was left lying, climb where nobody answers."""
        self._intake.resume(now)
        tick(self._store, self.rules, now)

    def audit(self, now: datetime) -> Audit:
        """Look whether all that should have happened has; the duty leader hears of what has not, once an hour."""
        self.audited = self._auditor.look(now)
        return self.audited

    def _attend(self, incoming: Incoming, work: Work) -> tuple[Outgoing, ...]:
        """Let staff work, the dialogue or the documents answer, and keep what each remembers."""
        said = pressing.said_by(incoming, work)
        if isinstance(said, pressing.Refused):
            return _addressed((plain(said.text),), incoming.channel, incoming.sender)
        incoming = replace(incoming, text=readable(said))
        profile = self._completed(work.profile(incoming.channel, incoming.sender))
        person = work.person(incoming.channel, incoming.sender, profile.region)
        bound = bindwork.attend(incoming.text, incoming, person, work, self.rules)
        if bound is None:
            bound = loginwork.attend(incoming.text, incoming, person, work, self.rules)
        if bound is not None:  # from here on the account may be somebody else's
            return _addressed(tuple(bound), incoming.channel, incoming.sender)
        row = work.conversation(person)
        scene = self._scene(incoming, work, person, load_talk(row.state), profile)
        if blockwork.is_turned_away(incoming, person, scene.talk, scene.heard.reading, work):
            return _addressed(blockwork.turned_away(person, work), incoming.channel, incoming.sender)
        attended = self._in_turn(scene, profile)
        work.keep_profile(incoming.channel, incoming.sender, attended.profile)
        work.keep_talk(row, dump_talk(replace(attended.talk, heard_at=work.now)))
        self._store.question_log.add(work.session, attended.consequences.missed)
        self._store.hand_overs.add(work.session, attended.consequences.hand_over)
        return _addressed(attended.replies, incoming.channel, incoming.sender)

    def _heard(self, text: str, incoming: Incoming) -> Heard:
        return Heard(
            text=text.strip(),
            words=simplified(text).strip(),
            reading=self.ear(text),
            has_attachments=bool(incoming.attachments),
            has_location=incoming.location is not None,
        )

    def _scene(self, incoming: Incoming, work: Work, person: Person, talk: Talk, profile: Profile) -> Scene:
        heard = self._heard(incoming.text, incoming)
        region = person.region or profile.region
        return Scene(work, person, incoming, heard, talk, region, self.rules, self.ear, self._knowledge)

    def _in_turn(self, scene: Scene, profile: Profile) -> Attended:
        """Take a message that answers first and then goes on as two."""
        parts = in_turn(scene)
        if parts is None:
            return self._spoken(scene, profile)
        first = self._spoken(parts[0], profile)
        second = self._spoken(replace(parts[1], talk=first.talk), first.profile)
        return replace(second, replies=(*first.replies, *second.replies))

    def _spoken(self, scene: Scene, profile: Profile) -> Attended:
        """Decide who answers: life first, then staff work, then the dialogue, then the documents."""
        command, scene = read_command(scene.heard.words, self.regions()), talking.focused(quiztaking.interrupted(scene))
        move = talking.move_of(scene)
        numbered = self._numbered(move, scene, profile) if move in NUMBERS else None
        if numbered is not None:
            return numbered
        if move is Move.CHOOSE:
            command = talking.chosen_command(scene) or command
            move = Move.OTHER if command and command.wish is Wish.HAND_OVER else move
        is_stray = move is Move.STRAY  # those below have been asked already
        confirmed = None if move in talking.LIFE or is_stray else talking.confirmed(scene)
        if confirmed is not None:
            return Attended(confirmed.replies, confirmed.talk, profile)
        done = moving(scene) if move in talking.LIFE else None if is_stray else staffed(scene)
        if done is not None:
            return Attended(done.replies, done.talk, profile)
        if command is not None and move not in talking.BOUND:
            return self._obeyed(command, scene, profile)
        if move in talking.REPORTING and scene.talk.draft is None:
            return self._parted(scene, profile)
        if move in talking.MOVES:
            spoken = talking.MOVES[move](scene)
            after = conversing.reminder(spoken.talk) if move in talking.ASIDE else ()
            return Attended((*spoken.replies, *after), spoken.talk, profile)
        attended = self._asked(scene, profile)
        return conversing.in_doubt(scene, attended) if move is Move.IN_DOUBT else attended

    def _numbered(self, move: Move, scene: Scene, profile: Profile) -> Attended | None:
        """Take a bare number that staff work waits for, or that answers a message which was sent; None for another one."""
        if move is Move.CHOOSE:
            meant: str | Spoken | None = pressing.chosen(scene)
            scene = replace(scene, talk=replace(scene.talk, prompt=None))
        else:
            meant = talking.confirmed(scene) or staffed(scene) or pressing.numbered(scene)
        if isinstance(meant, Spoken):
            return Attended(meant.replies, meant.talk, profile)
        return self._spoken(self._saying(scene, meant), profile) if meant else None

    def _saying(self, scene: Scene, said: str) -> Scene:
        """Return the scene with the words that a number stands for."""
        incoming = replace(scene.incoming, text=said)
        return replace(scene, incoming=incoming, heard=self._heard(said, incoming))

    def _parted(self, scene: Scene, profile: Profile) -> Attended:
        """Take several matters of one message one after another, and answer what is asked beside them."""
        reports = [one for one in self.ear.all(scene.heard.text) if one.is_report]
        # a question beside the only report is answered below; where it hides the report, it is taken off
        is_hidden = len(reports) == 1 and not scene.heard.reading.is_report
        texts = [one.text for one in reports] if len(reports) > 1 or is_hidden else [scene.heard.text]
        replies: tuple[Outgoing, ...] = ()
        for number, text in enumerate(texts):
            bare = scene.incoming if number == 0 else replace(scene.incoming, attachments=(), location=None)
            heard = scene.heard if text == scene.heard.text else self._heard(text, bare)
            part = replace(scene, heard=heard, incoming=bare)
            spoken = talking.MOVES[talking.next_move(part) if number else talking.first_move(part)](part)
            scene, replies = replace(scene, talk=spoken.talk), (*replies, *spoken.replies)
        question = self.ear.split(scene.heard.text)[1]
        if not question or question == scene.heard.text or conversing.is_reproach(question):
            return Attended(replies, scene.talk, profile)
        asked = replace(scene, heard=self._heard(question, scene.incoming))
        on_duty = asked_of_roster(asked)
        if on_duty is not None:
            return Attended((*replies, *on_duty.replies), on_duty.talk, profile)
        told = self._knowledge.reply(question, profile, scene.now)
        consequences = missed_by(told.understood, told.replies, _origin(told.profile, scene.now))
        is_answered = told.replies[-1].decision == Decision.ANSWER.value
        answers = conversing.instead(asked, told.replies, is_answered=is_answered)
        return Attended((*replies, *answers), scene.talk, told.profile, consequences)

    def _obeyed(self, command: Command, scene: Scene, profile: Profile) -> Attended:
        if command.wish in (Wish.UNFIT, Wish.HAND_OVER):
            told, consequences = self._about_asked(command, scene.incoming, profile, scene.work)
            return Attended(told.replies, scene.talk, told.profile, consequences)
        if command.wish in talking.WISHES:
            spoken = talking.WISHES[command.wish](scene, command.value)
            after = conversing.reminder(spoken.talk) if command.wish is Wish.STATUS else ()
            return Attended((*spoken.replies, *after), spoken.talk, profile)
        told = self._knowledge.obey(command, profile, scene.now)
        return Attended((*told.replies, *conversing.reminder(scene.talk)), scene.talk, told.profile)

    def _asked(self, scene: Scene, profile: Profile) -> Attended:
        """Answer from the documents; a draft that waits is called to mind afterwards."""
        heard, talk = scene.heard, scene.talk
        if conversing.is_chat(scene):
            spoken = conversing.chat(scene)
            return Attended((*spoken.replies, *conversing.reminder(talk)), spoken.talk, profile)
        warned = heard.reading.danger
        asked = phrases.LEAD_IN.sub("", heard.words) or heard.text
        told = self._knowledge.reply(asked, profile, scene.now, is_warned=warned is not None)
        is_answered = told.replies[-1].decision == Decision.ANSWER.value
        if not conversing.is_question(scene) and not is_answered:
            spoken = conversing.chat(scene)
            return Attended((*spoken.replies, *conversing.reminder(talk)), spoken.talk, profile)
        consequences = missed_by(told.understood, told.replies, _origin(told.profile, scene.now))
        instead = conversing.instead(scene, told.replies, is_answered=is_answered)
        replies = (*conversing.warning(scene), *instead, *conversing.reminder(talk))
        talk = talk.on_topic(heard.text, scene.now)
        return Attended(replies, talk, told.profile, consequences)

    def pending(self, channel: str, sender: str, now: datetime) -> list[Outgoing]:
        """Return what a sender has not got yet; each message is handed out once and then is history."""
        handed_out = self._store.outbox.fetch(channel, sender, now)
        for waiting in self._store.hand_overs.waiting(channel, sender):
            replies = _addressed((duty_reply(waiting),), channel, sender)
            if waiting.state is HandOverState.ANSWERED and self._store.deliver(waiting, replies, now):
                handed_out += replies
        return handed_out

    def sender(self, channels: Sequence[Channel]) -> Sender:
        """Return what sends the outbox's messages to channels."""
        return Sender(self._store.outbox, channels)

    def awaits_reply(self, channel: str, sender: str) -> bool:
        """Say whether the duty desk owes a sender a reply, or a message waits to be fetched."""
        is_owed = bool(self._store.hand_overs.waiting(channel, sender))
        return is_owed or self._store.outbox.waiting_for(channel, sender) > 0

    def history(self, channel: str, sender: str, limit: int = 50) -> list[Turn]:
        """Return the last exchanges of a sender as they are kept, oldest first."""
        return self._store.turns(channel, sender, limit)

    def shown_history(self, channel: str, sender: str, now: datetime) -> list[Turn]:
        """Return the same for the sender's own page: with the codes that have just been handed over."""
        turns = self.history(channel, sender)
        return [replace(turn, replies=tuple(self._store.revealed(turn.replies, now))) for turn in turns]

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

    def link_for(self, prompt: str, now: datetime) -> str:
        """Return the path of a page on which the call in a message can be acknowledged; empty where it calls nobody.

        Raises: DatabaseFailed.
        """
        return self._store.attempt(now, lambda work: linkwork.path_for(work, prompt, self.rules))

    def acknowledge(self, token: str, now: datetime) -> str:
        """Acknowledge a call by its link, once; raises BadLink, DatabaseFailed."""
        return self._store.attempt(now, lambda work: linkwork.acknowledge(work, token, self.rules))

    def work(self, now: datetime) -> AbstractContextManager[Work]:
        """Open a unit of work, for what stands beside the conversation: pages, interfaces, exports."""
        return self._store.work(now)

    def health(self) -> dict[str, object]:
        """Return the state of the parts, `ok` for all together; work that waits for people does not make it ill."""
        database = self._store.answers()
        documents = len(self.documents())
        waiting = self._store.hand_overs.open_count() if database else None
        unattended = len(self._store.unattended()) if database else None
        return {
            "ok": database and documents > 0 and (self.audited is None or self.audited.is_good),
            "database": database,
            "documents": documents,
            "open_hand_overs": waiting,
            "unattended_incidents": unattended,
            "failed_messages": self._store.failed_messages()[0] if database else None,
            "undelivered": self._store.outbox.undelivered() if database else None,
            "audit": self.audited.shown() if self.audited else None,
        }

    def _completed(self, profile: Profile) -> Profile:
        return replace(profile, region=profile.region or self.region, asker=profile.asker or Asker.VILLAGER.value)

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
