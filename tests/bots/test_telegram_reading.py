"""What an update of the Bot API says: payloads as the platform writes them, cut down (R28, R30)."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.ports import Location, Pressed
from assistant.wording import channels as words
from bots.telegram.attending import UNREADABLE
from bots.telegram.reading import InGroup, Left, Notice, Press, Said, chat_of, read

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
SENT = 1782878400
CHAT = {"id": 7001, "type": "private", "first_name": "示例"}
USER = {"id": 7001, "is_bot": False, "first_name": "示例"}
BOT = {"id": 870001, "is_bot": True, "first_name": "应答", "username": "yingda_demo_bot"}
GROUP = {"id": -100200, "type": "supergroup", "title": "示例群"}
POINT = {"latitude": 25.1872, "longitude": 100.3211}
PHOTO = [{"file_id": f"p{n}", "file_unique_id": f"u{n}", "width": n, "height": n, "file_size": n} for n in (90, 1280)]
KEYS = {
    "inline_keyboard": [[{"text": "✓ 收到", "callback_data": "o12:0"}, {"text": "需要支援", "callback_data": "o12:1"}]]
}


def message(**fields: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"message_id": 5, "date": SENT, "chat": CHAT, "from": USER, **fields}}


def press(data: str = "o12:1", **fields: Any) -> dict[str, Any]:
    under = {"message_id": 9, "date": SENT, "chat": CHAT, "from": BOT, "text": "【预警】", "reply_markup": KEYS}
    query = {"id": "441", "from": USER, "chat_instance": "1", "data": data, "message": under, **fields}
    return {"update_id": 2, "callback_query": query}


def said(raw: dict[str, Any]) -> Said:
    event = read(raw, "870001", NOW)
    assert isinstance(event, Said)
    return event


def pressed(raw: dict[str, Any]) -> Press:
    event = read(raw, "870001", NOW)
    assert isinstance(event, Press)
    return event


def test_a_text_comes_with_its_time_and_a_name_that_a_repeated_delivery_has_too():
    incoming = said(message(text="路上井盖不见了")).incoming
    assert (incoming.channel, incoming.sender, incoming.text) == ("telegram", "7001", "路上井盖不见了")
    assert incoming.at == datetime.fromtimestamp(SENT, UTC)
    assert incoming.message_id == said(message(text="路上井盖不见了") | {"update_id": 99}).incoming.message_id


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/start", "你好"),
        ("/start K7WMPQ3X", "绑定 K7WMPQ3X"),  # a link t.me/bot?start=…
        ("/help@yingda_demo_bot", "帮助"),
        ("/cancel", "取消"),
        ("/ack 12", "收到 12"),
        ("1/2", "1/2"),
        ("/", "/"),
    ],
)
def test_commands_of_the_menu_are_words(text: str, meant: str):
    assert said(message(text=text)).incoming.text == meant


def test_of_a_photo_the_largest_size_is_taken_with_its_caption():
    photo = said(message(photo=PHOTO, caption="三组"))
    assert (photo.file, photo.size, photo.incoming.text) == ("p1280", 1280, "三组")


@pytest.mark.parametrize(
    "fields",
    [
        {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3, "file_size": 7}},
        {"audio": {"file_id": "f", "file_unique_id": "u", "duration": 3, "file_size": 7}},
        {"document": {"file_id": "f", "file_unique_id": "u", "mime_type": "image/jpeg", "file_size": 7}},
    ],
)
def test_voices_and_pictures_sent_as_files_are_taken(fields: dict[str, Any]):
    assert (said(message(**fields)).file, said(message(**fields)).size) == ("f", 7)


def test_a_point_is_wgs84_as_it_came_and_a_place_of_the_map_has_its_name():
    """R28: Telegram gives WGS-84."""
    assert said(message(location=POINT)).incoming.location == Location(25.1872, 100.3211)
    venue = {"location": POINT, "title": "示例村委会", "address": ""}
    assert said(message(location=POINT, venue=venue)).incoming.location == Location(25.1872, 100.3211, "示例村委会")


@pytest.mark.parametrize(
    "fields",
    [
        {"sticker": {"file_id": "s", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
        {"contact": {"phone_number": "0", "first_name": "示例"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"something_of_next_year": {"x": 1}},
        {"document": {"file_id": "f", "file_unique_id": "u", "mime_type": "application/pdf"}},
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_answered_with_help(fields: dict[str, Any]):
    """R30."""
    event = read(message(**fields), "870001", NOW)
    assert isinstance(event, Notice) and event.text == words.UNREADABLE


def test_the_words_under_a_film_count_and_the_film_is_spoken_of():
    film = {"file_id": "v", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
    event = said(message(video=film, caption="河堤塌了"))
    assert (event.incoming.text, event.file, event.notice) == ("河堤塌了", "", words.UNREADABLE)


def test_a_pressed_button_names_its_message_and_its_words_without_the_mark():
    one, other = pressed(press("o12:1")), pressed(press("o12:0"))
    assert (one.incoming.pressed, one.incoming.text) == (Pressed("o12", 1), "需要支援")
    assert (other.incoming.pressed, other.incoming.text) == (Pressed("o12", 0), "收到")
    assert one.incoming.sender == "7001"


@pytest.mark.parametrize("data", ["", "o12", "o12:x", "O12:1", "o12:1:2", f"{'o' * 25}:1"])
def test_a_button_that_we_never_made_says_nothing_by_number(data: str):
    assert pressed(press(data)).incoming.pressed is None


def test_a_button_of_a_message_that_the_platform_shows_no_more_still_counts():
    event = pressed(press(message={"message_id": 9, "date": 0, "chat": CHAT}))
    assert (event.incoming.pressed, event.buttons) == (Pressed("o12", 1), None)


@pytest.mark.parametrize(
    "raw",
    [
        message(text="您好", **{"from": BOT}),  # a loop between bots
        message(pinned_message={"message_id": 4, "date": SENT, "chat": CHAT, "text": "x"}),
        {"update_id": 3, "channel_post": {"message_id": 5, "date": SENT, "chat": GROUP, "text": "x"}},
        {"update_id": 3},
        {"update_id": 3, "edited_message": message(location=POINT)["message"]},  # live location
    ],
)
def test_of_some_things_nobody_has_to_hear(raw: dict[str, Any]):
    assert read(raw, "870001", NOW) is None


def test_who_edits_a_message_is_told_that_the_first_one_stands():
    event = read({"update_id": 3, "edited_message": message(text="四组", edit_date=SENT + 9)["message"]}, "870001", NOW)
    assert isinstance(event, Notice) and event.text == words.EDITED


def test_a_group_is_no_place_for_reports():
    before = {"message_id": 1, "date": SENT, "chat": GROUP, "from": BOT, "text": "x"}
    plain = read(message(chat=GROUP, text="@yingda_demo_bot 河堤塌了"), "870001", NOW)
    answer = read(message(chat=GROUP, text="收到", reply_to_message=before), "870001", NOW)
    assert plain == InGroup("-100200", "@yingda_demo_bot 河堤塌了", is_answer=False)
    assert answer == InGroup("-100200", "收到", is_answer=True)


@pytest.mark.parametrize(("status", "event"), [("kicked", Left("7001")), ("member", None)])
def test_who_blocks_the_bot_is_noticed(status: str, event: Left | None):
    after = {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})}
    change = {"chat": CHAT, "from": USER, "date": SENT, "old_chat_member": {"user": BOT, "status": "member"}}
    assert read({"update_id": 4, "my_chat_member": change | {"new_chat_member": after}}, "870001", NOW) == event


@pytest.mark.parametrize(
    ("raw", "chat"),
    [
        (message(), "7001"),
        (press(), "7001"),
        ({"update_id": 1}, ""),
        ({"update_id": 1, "message": {"chat": "x"}}, ""),
        ({"update_id": 1, "callback_query": {"from": 3}}, ""),
    ],
)
def test_the_chat_of_an_update_is_known_before_it_is_read(raw: dict[str, Any], chat: str):
    assert chat_of(raw) == chat


SAMPLES = (message(text="x", photo=PHOTO, location=POINT), press(), message(chat=GROUP, text="x"))
WRONG = (None, 3, -1, 10**20, "x", [], {}, True, [None])


def broken(value: Any) -> Iterator[Any]:
    """Yield the same thing with one part of it wrong, for each part and each way."""
    yield from WRONG
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        for wrong in broken(part):
            copy = value.copy()
            copy[key] = wrong
            yield copy


@pytest.mark.parametrize("sample", SAMPLES)
def test_an_update_that_is_not_as_it_should_be_is_known_as_such_and_nothing_else_breaks(sample: dict[str, Any]):
    """R4, R30: whoever can post to us cannot stop the queue."""
    for raw in filter(lambda one: isinstance(one, dict), broken(sample)):
        chat_of(raw)
        with suppress(*UNREADABLE):
            read(raw, "870001", NOW)
