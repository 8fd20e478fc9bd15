"""Trade and competent department by class, each with its source; and the photo's own place beside the told one."""

from pathlib import Path

import pytest

from assistant.desk.photos import photos
from assistant.hazards import Hazard
from assistant.hazards.trades import NONE, trade, trades
from assistant.people import Place
from assistant.store import Store, open_engine
from assistant.store.media import MediaFolder
from assistant.triage import Category
from tests.pictures import hidden_data, picture
from tests.world import NOON, TOWN, VILLAGE


@pytest.mark.parametrize("category", list(Category))
def test_every_class_belongs_to_a_trade_that_says_where_that_stands(category: Category):
    found = trade(TOWN, category.value)
    assert found.name and found.department and found.source
    assert not found.is_verified or "《" in found.source


def test_what_is_no_class_belongs_to_none_and_no_class_to_two():
    assert trade(TOWN, "dragons") is NONE
    classes = [category for one in trades() if not one.region for category in one.categories]
    assert len(classes) == len(set(classes))


CASES = [
    ("the shared point", {"lat": 25.1872, "lon": 100.3210}, 0, False),
    ("only the village is known", {}, 2000, True),
    ("nothing is known", {"region": "别处"}, None, True),
]


@pytest.mark.parametrize(("told", "metres", "is_named"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_photos_own_point_stands_with_its_distance(tmp_path: Path, told: dict, metres: int | None, is_named: bool):
    media = MediaFolder(tmp_path / "media")
    digest = media.keep(picture(exif=hidden_data())).digest
    with Store(open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}"), media).work(NOON) as work:
        work.session.add(Place(path=VILLAGE, level="village", lat=25.2052, lon=100.3210))
        work.session.flush()
        (photo,) = photos(work, Hazard(number="YH1", **({"region": VILLAGE} | told)), [digest])
        assert photo.point is not None and photo.taken_at is not None and photo.is_from_place is is_named
        assert photo.metres is None if metres is None else abs(photo.metres - metres) < 10
        (hidden,) = photos(work, Hazard(number="YH2", region=VILLAGE, is_anonymous=True), [digest])
        assert hidden.point is None and hidden.metres is None
        (gone,) = photos(work, Hazard(number="YH3"), ["0" * 64])
        assert gone.point is None
