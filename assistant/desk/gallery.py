"""Pictures and voice messages at the desk: kept when they come, shown to those who may see them."""

from datetime import datetime

from assistant.errors import CannotWrite, MediaNotKept, MissingMedia
from assistant.ports import Attachment
from assistant.store import Store, logins
from assistant.store.access import may_see, staff_may_see


class Gallery:
    """What people send besides words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, content: bytes) -> Attachment:
        """Keep a file before the message to which it belongs is handed over.

        Raises: UnknownMedia, HeicPicture, MediaTooLarge, DamagedMedia, MediaNotKept where the disk is full.
        """
        try:
            return self._store.media.keep(content)
        except CannotWrite as error:
            raise MediaNotKept(reason=error.details["reason"]) from error

    def shown(self, channel: str, sender: str, digest: str, now: datetime, token: str = "") -> tuple[bytes, str]:
        """Return what may be shown of a file, with its media type; token: of a session of the console.

        Raises: MissingMedia, also where the sender may not see it: nobody learns whether it is there.
        """
        with self._store.work(now) as work:
            person = logins.signed_in(work.session, token, now)
            is_allowed = may_see(work, channel, sender, digest)
            is_allowed = is_allowed or (person is not None and staff_may_see(work, person, digest))
        if not is_allowed:
            raise MissingMedia(digest=digest)
        return self._store.media.shown(digest)
