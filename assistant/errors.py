"""The one tree of errors; the docstring of a class says what happened, `wording.explain` says it to the user.

YingdaError
├── BadInput                 exit status 2: what was handed in cannot be used
│   ├── MissingFile  EmptyFile  TooLarge  UnknownFormat  WrongEncoding  NotChinese
│   ├── EncryptedFile  ScannedFile  DamagedFile  NoClauses  NoTitle
│   ├── UnknownMissed  AlreadySettled  UnknownHandOver  AlreadyAnswered
│   ├── BadSetting  BadIdentifier  UnknownRegion  UnknownDocument  UnknownUnit  BadQuestion  BadQuestionFile
│   ├── BadPlace  UnknownPlace  UnknownPerson  SeveralPersons  NoHeading  RowRefused  UnknownTable
│   ├── NotEmpty  NotBound  NotBlocked  BadCap  BadLink
│   ├── UnknownMedia  MissingMedia  MediaTooLarge  DamagedMedia  HeicPicture  TooManyFiles
│   ├── UnknownRule  UnknownCase  NotAllowed  WrongState  MissingReason  BadTerm
│   ├── SamePerson (a NotAllowed)  BadDialogueFile  NotExportable  NotReleased
│   ├── ServerDatabase  UnknownHolidays  BadRotation  DamagedCalendar  NoRoster  UnknownOrder
│   ├── ChannelUnready
│   └── NoEndpoint  UnknownDraft  BadExplanations  BadMessageFile
└── WorkFailed               exit status 1: the input was fine, the work was not
    ├── DamagedDocument  QuoteMismatch  UnfoundedExplanations
    ├── MissingIndex  StaleIndex  ForeignIndex  DamagedIndex
    ├── MissingExtra  MissingModel  CannotWrite  MediaNotKept  DatabaseFailed  NewerDatabase  CannotListen  ReaderFailed
    ├── SendingFailed  SendingRefused  MessagesStuck  NobodyToTell
    ├── SendingPaused (a SendingFailed)  SendingInDoubt (a SendingFailed)  RecipientGone (a SendingRefused)
    └── KeyRefused  WriterFailed  LimitReached  DraftsMissing
"""

from typing import Any


class YingdaError(Exception):
    """Something the assistant could not do; `details` holds the fields that the message needs."""

    exit_status = 1

    def __init__(self, **details: Any) -> None:
        self.details = details
        shown = ", ".join(f"{key}={value}" for key, value in details.items())
        super().__init__(f"{type(self).__doc__} {shown}".strip())


class BadInput(YingdaError):
    """The input cannot be used."""

    exit_status = 2


class MissingFile(BadInput):
    """There is no readable file at `path`."""


class EmptyFile(BadInput):
    """The file at `path` holds no text."""


class TooLarge(BadInput):
    """The file at `path` is larger than `limit_mb` once unpacked."""


class UnknownFormat(BadInput):
    """The file at `path` is neither txt, md, html, docx nor pdf."""


class WrongEncoding(BadInput):
    """The text in `path` is neither UTF-8 nor GB18030."""


class NotChinese(BadInput):
    """The text in `path` has hardly any Chinese (`share` of its letters)."""


class EncryptedFile(BadInput):
    """The file at `path` is protected by a password."""


class ScannedFile(BadInput):
    """The pdf at `path` has no text layer; the `ocr` extra reads scans."""


class DamagedFile(BadInput):
    """The file at `path` is not a whole file of its kind."""


class NoClauses(BadInput):
    """No clause was found in `path`."""


class NoTitle(BadInput):
    """No title was found in any of `copies`; one must be given."""


class BadSetting(BadInput):
    """The settings `names` have values that cannot be used."""


class BadIdentifier(BadInput):
    """`id` is no document id (lower-case letters, digits and hyphens)."""


class ServerDatabase(BadInput):
    """A database on a server is copied with the server's own tools."""


class UnknownRule(BadInput):
    """rules.toml has no rule `rule` for `region` on `on`."""


class UnknownCase(BadInput):
    """No case has the number `number`."""


class NotAllowed(BadInput):
    """A person may not do `action` here; `role` says who may."""


class SamePerson(NotAllowed):
    """`action` on case `number` is for somebody else than who repaired it or asked."""


class NotReleased(BadInput):
    """The household of transfer `number` may not go back yet."""


class WrongState(BadInput):
    """`action` is not possible while case `number` is in state `state`."""


class BadPlace(BadInput):
    """`place` is no path of a place."""


class UnknownPlace(BadInput):
    """The ledger has no place `place`; `near` are those with similar names."""


class UnknownPerson(BadInput):
    """The ledger has nobody called `name`; `near` are similar names."""


class SeveralPersons(BadInput):
    """Several persons are called `name`: `listed`."""


class NoHeading(BadInput):
    """No row of `path` has the headings `wanted`."""


class RowRefused(BadInput):
    """A row of an import cannot be used: `reason`, with the fields that it needs."""


class UnknownHolidays(BadInput):
    """The days off of `year` are not known."""


class BadRotation(BadInput):
    """The rotation in `path` cannot be used: `field` is missing or wrong."""


class DamagedCalendar(BadInput):
    """The file at `path` is no calendar in the iCalendar format, or asks for more than a roster can need."""


class NoRoster(BadInput):
    """No sheet of `path` looks like a roster."""


class UnknownOrder(BadInput):
    """No order about a roster has the number `number`, or it was taken back before."""


class UnknownTable(BadInput):
    """The file at `path` is neither xlsx nor csv."""


class NotEmpty(BadInput):
    """The database already holds something, so no sample is put into it."""


class NotBound(BadInput):
    """`name` has no account bound on `channel`, so there is none to unbind."""


class NotBlocked(BadInput):
    """`name` is not blocked, so there is nothing to end."""


class BadLink(BadInput):
    """A link by which a call is acknowledged is no good: `reason` (wrong, expired, used, over)."""


class BadCap(BadInput):
    """A CAP message cannot be used: `reason`, with the `field` and the `value` that are wrong."""


class UnknownMedia(BadInput):
    """A file is neither a picture nor a voice message."""


class MissingMedia(BadInput):
    """No file `digest` is kept, or it may not be shown to whoever asks."""


class MediaTooLarge(BadInput):
    """A picture or voice message is larger than `limit_mb`, or has more than `limit_megapixels`."""


class DamagedMedia(BadInput):
    """A picture did not come whole."""


class HeicPicture(BadInput):
    """A picture has the format HEIC, of which no copy without hidden data can be made here."""


class TooManyFiles(BadInput):
    """A sender has sent so many pictures and voice messages within the hour that this one is not kept."""


class MissingReason(BadInput):
    """`action` on case `number` needs a reason."""


class BadTerm(BadInput):
    """Case `number` cannot be extended until `until`: that is past, or no later than the deadline."""


class UnknownRegion(BadInput):
    """`region` is no region of the catalogue."""


class UnknownDocument(BadInput):
    """`document` is not in the catalogue."""


class UnknownUnit(BadInput):
    """`unit` is not a clause of any document."""


class BadQuestion(BadInput):
    """The question is empty or longer than `limit` characters."""


class BadMessageFile(BadInput):
    """Line `line` of `path` is not a labelled message."""


class BadDialogueFile(BadInput):
    """Line `line` of `path` is not a written conversation."""


class NotExportable(BadInput):
    """The ledger `ledger` is not built yet, or has nothing that fits into `format`."""


class BadQuestionFile(BadInput):
    """Line `line` of `path` is not a question."""


class ChannelUnready(BadInput):
    """The settings `names`, without which `channel` cannot work, are empty or wrong."""


class NoEndpoint(BadInput):
    """The settings `names`, which say where a language model is, are empty."""


class UnknownDraft(BadInput):
    """There are no drafts `numbers` for `document`."""


class UnknownMissed(BadInput):
    """The question log has no entry `number`."""


class AlreadySettled(BadInput):
    """Entry `number` of the question log was settled on `day`."""


class UnknownHandOver(BadInput):
    """There is no hand-over `number`."""


class AlreadyAnswered(BadInput):
    """Hand-over `number` was answered or closed by `by`."""


class BadExplanations(BadInput):
    """The explanation that begins at line `line` of `path` cannot be used: its `field`."""


class WorkFailed(YingdaError):
    """The work failed."""


class DamagedDocument(WorkFailed):
    """The folder of `document` in the corpus is incomplete or contradicts itself: `reason`."""


class QuoteMismatch(WorkFailed):
    """The quote of `unit` differs from the stored source, so it is withheld."""


class UnfoundedExplanations(WorkFailed):
    """The explanations `names` rest on words that the clauses do not hold (any more), so they are withheld."""


class MissingIndex(WorkFailed):
    """There is no index at `path`."""


class StaleIndex(WorkFailed):
    """The index at `path` was built from another state of the corpus."""


class ForeignIndex(WorkFailed):
    """The index at `path` was built by another version or with another model."""


class DamagedIndex(WorkFailed):
    """A file of the index at `path` is missing or changed."""


class MissingExtra(WorkFailed):
    """The optional packages `extra` are not installed."""


class MissingModel(WorkFailed):
    """The embedding model `model` cannot be loaded."""


class CannotWrite(WorkFailed):
    """`path` cannot be written: `reason`."""


class MediaNotKept(WorkFailed):
    """A picture or voice message could not be kept: `reason`."""


class CannotListen(WorkFailed):
    """The web server cannot listen on `host` and `port`: `reason`."""


class ReaderFailed(WorkFailed):
    """The process that reads `path` ended without a result: `reason`."""


class DatabaseFailed(WorkFailed):
    """The database cannot be read or written: `reason`."""


class NewerDatabase(WorkFailed):
    """The database is at step `revision`, which a newer program made; this one knows up to `known`."""


class SendingFailed(WorkFailed):
    """Channel `channel` cannot take a message now: `reason`."""


class SendingRefused(WorkFailed):
    """Channel `channel` will never take a message: `reason`."""


class SendingPaused(SendingFailed):
    """Channel `channel` takes nothing more for this person for `wait_s` seconds: `reason`."""


class SendingInDoubt(SendingFailed):
    """Channel `channel` may have taken a message, its answer was lost: `reason`."""


class RecipientGone(SendingRefused):
    """Channel `channel` reaches a person no more, who has blocked us or left: `reason`."""


class MessagesStuck(WorkFailed):
    """`failed` messages could not be attended to (the last one: `error`), `undelivered` ones did not reach anybody."""


class KeyRefused(WorkFailed):
    """The language model's endpoint at `host` does not accept the key."""


class WriterFailed(WorkFailed):
    """The language model's endpoint at `host` gave no answer: `reason` (`calls` requests)."""


class LimitReached(WorkFailed):
    """The limit of calls or tokens is reached; `left` clauses have not been asked for."""


class DraftsMissing(WorkFailed):
    """No question could be drafted for `left` clauses."""


class NobodyToTell(WorkFailed):
    """Nobody could be told of the incidents `numbers`: no one in charge there has a channel."""
