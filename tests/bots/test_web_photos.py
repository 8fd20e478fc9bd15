"""Photos and points by the web form, through the real desk; what browsers do is in stories/test_web_chromium.py."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image
from sqlmodel import Session

from assistant.desk import Desk
from assistant.hazards import Hazard
from assistant.people import Grant
from assistant.store import Turn, open_engine
from assistant.store.work import EvidenceRow
from bots.web.app import create_app
from bots.web.guard import MOST_BYTES, MOST_UPLOADED
from tests.pictures import hidden_data, picture
from tests.world import NOON

FETCH = {"X-Requested-With": "fetch"}
SHOT = ("photo", ("x.html", picture(exif=hidden_data()), "text/html"))
"""Name and declared type lie: they are not believed."""

MULTIPART = {"Content-Type": "multipart/form-data; boundary=x"}
EMPTY_FIELDS = (
    '--x\r\nContent-Disposition: form-data; name="photo"; filename=""\r\n'
    'Content-Type: application/octet-stream\r\n\r\n\r\n--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n{}\r\n--x--\r\n'
)
"""As a browser sends fields in which no file was chosen."""


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    return create_app(desk, lambda: NOON)


@pytest.fixture
def browser(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        client.get("/")
        yield client


def turns(browser: TestClient, desk: Desk) -> list[Turn]:
    return desk.history("web", browser.cookies["yingda"])


def test_a_photo_and_a_point_go_to_the_desk_with_the_words(browser: TestClient, desk: Desk):
    sent = browser.post("/chat", data={"text": "路上井盖不见了", "point": "25.187222,100.321"}, files=[SHOT])
    assert sent.status_code == 200
    (turn,) = turns(browser, desk)
    assert (turn.text, turn.location and turn.location.lat) == ("路上井盖不见了", 25.187222)
    (photo,) = turn.attachments
    assert (photo.kind, photo.media_type) == ("image", "image/jpeg")
    assert f'<img src="/media/{photo.digest}" alt="您发的照片"' in sent.text
    assert "北纬25.1872°，东经100.3210°" in sent.text


def test_a_photo_alone_is_a_message(browser: TestClient, desk: Desk):
    assert browser.post("/chat", data={"text": ""}, files=[SHOT], headers=FETCH).status_code == 200
    (turn,) = turns(browser, desk)
    assert turn.text == ""
    assert turn.replies
    assert "/media/" not in browser.get("/news").text  # it is no news: the person sent it


def test_the_photo_that_is_shown_hides_nothing(browser: TestClient, desk: Desk):
    browser.post("/chat", data={"text": "看"}, files=[SHOT])
    shown = browser.get(f"/media/{turns(browser, desk)[0].attachments[0].digest}")
    assert shown.status_code == 200
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["cache-control"].startswith("private")
    assert dict(Image.open(BytesIO(shown.content)).getexif()) == {}


def test_the_same_form_with_the_same_photo_twice_is_one_message(browser: TestClient, desk: Desk):
    for _ in range(2):
        browser.post("/chat", data={"text": "看", "nonce": "b" * 32}, files=[SHOT])
    assert len(turns(browser, desk)) == 1
    browser.post("/chat", data={"text": "看", "nonce": "b" * 32})
    assert len(turns(browser, desk)) == 2  # without the photo it says something else


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html>", "打不开"),
        (picture()[:200], "没有传完整"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\xff\xd8\xff" + bytes(11 * 1024 * 1024), "太大"),
    ],
)
def test_a_photo_that_cannot_be_kept_never_stops_the_words(browser: TestClient, desk: Desk, content: bytes, says: str):
    files = [("photo", ("x.jpg", content, "image/jpeg"))]
    for headers in ({}, FETCH):
        answer = browser.post("/chat", data={"text": "着火了我妈还在楼上"}, files=files, headers=headers)
        assert answer.status_code == 200
        assert says in answer.text
        assert "119" in answer.text
    alone = browser.post("/chat", data={"text": ""}, files=files)
    assert alone.status_code == 400
    assert says in alone.text
    assert all(turn.attachments == () for turn in turns(browser, desk))


def test_of_two_photos_the_good_one_is_kept(browser: TestClient, desk: Desk):
    answer = browser.post("/chat", files=[SHOT, ("photo", ("y.jpg", b"no", "image/jpeg"))], headers=FETCH)
    assert "打不开" in answer.text
    assert len(turns(browser, desk)[0].attachments) == 1


def test_a_form_without_script_and_without_photos_is_an_ordinary_message(browser: TestClient, desk: Desk):
    for text in ("你好", " "):
        browser.post("/chat", content=EMPTY_FIELDS.format(text).encode(), headers=MULTIPART)
    (turn,) = turns(browser, desk)
    assert (turn.text, turn.attachments) == ("你好", ())


@pytest.mark.parametrize("point", ["", "91,0", "1,181", "a,b", "25.1,", "<b>,1", "1" * 400])
def test_a_point_that_is_none_is_no_point(browser: TestClient, desk: Desk, point: str):
    browser.post("/chat", data={"text": "你好", "point": point})
    assert turns(browser, desk)[0].location is None


def test_too_much_is_refused_and_only_the_chat_takes_photos(browser: TestClient):
    large = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(MOST_UPLOADED + 1)}
    assert browser.post("/chat", content=b"--x--", headers=large).status_code == 413
    elsewhere = browser.post("/profile", files=[("photo", ("x.jpg", bytes(MOST_BYTES + 1), "image/jpeg"))])
    assert elsewhere.status_code == 413


def test_a_photo_is_shown_to_its_sender_and_to_staff_of_the_place_alone(app: FastAPI, desk: Desk, database_url: str):
    clients = {
        name: TestClient(app, raise_server_exceptions=False) for name in ("sender", "stranger", "staff", "other")
    }
    for client in clients.values():
        client.get("/")
        client.post("/chat", data={"text": "你好"})
    clients["sender"].post("/chat", data={"text": "看"}, files=[SHOT])
    digest = turns(clients["sender"], desk)[1].attachments[0].digest
    engine = open_engine(database_url)
    with Session(engine) as session:
        session.add(Hazard(number="YH20260701-77", region="云南省/示例州/示例县/示例镇/上河村"))
        session.add(
            EvidenceRow(case="YH20260701-77", sequence=1, digest=digest, kind="image", media_type="image/jpeg", at=NOON)
        )
        for name, region in (("staff", "云南省/示例州/示例县/示例镇"), ("other", "云南省/示例州/示例县/别的镇")):
            person = session.exec(_person_of(clients[name].cookies["yingda"])).one()
            session.add(Grant(person_id=person, role="duty", region=region))
        session.commit()
    engine.dispose()
    seen = {name: client.get(f"/media/{digest}").status_code for name, client in clients.items()}
    assert seen == {"sender": 200, "staff": 200, "stranger": 404, "other": 404}
    assert clients["sender"].get("/media/../../etc/passwd").status_code == 404
    assert clients["sender"].get(f"/media/{'a' * 64}").status_code == 404


def _person_of(sender: str):
    from sqlmodel import select

    from assistant.people import Identity

    return select(Identity.person_id).where(Identity.sender == sender)
