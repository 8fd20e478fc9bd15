"""The composition root: settings become a desk."""

from collections.abc import Callable, Collection

from assistant.config import Settings
from assistant.desk.desk import Desk
from assistant.desk.hearing import TrainedEar
from assistant.models import load_embedder
from assistant.search import load
from assistant.store import Store, open_engine
from assistant.store.media import MediaFolder
from assistant.triage import Reader


def open_desk(settings: Settings, *, pushed: Collection[str] = ()) -> Desk:
    """Open index and database as the settings say.

    pushed: channels that replies are sent to, instead of being handed back.
    Raises: MissingIndex, StaleIndex, ForeignIndex, DamagedIndex, MissingModel, DatabaseFailed.
    """
    return desk_maker(settings, pushed=pushed)(open_store(settings))


def open_store(settings: Settings) -> Store:
    """Open the database, with the folder of photos; raises DatabaseFailed."""
    media = MediaFolder(settings.media, photo_mb=settings.photo_mb, voice_mb=settings.voice_mb)
    return Store(open_engine(settings.database_url), media)


def desk_maker(settings: Settings, *, pushed: Collection[str] = ()) -> Callable[[Store], Desk]:
    """Load the index once; return what makes a desk on any store.

    Raises: MissingIndex, StaleIndex, ForeignIndex, DamagedIndex, MissingModel.
    """
    index = load(settings.corpus, settings.index, load_embedder(settings.model))
    reader = Reader.load(settings.index)
    return lambda store: Desk(index, store, region=settings.region, ear=TrainedEar(reader), pushed=pushed)
