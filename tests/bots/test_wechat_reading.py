"""Payload tables of the official account: what the fields of a callback mean, and what a passive reply may hold (R17)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.ports import Outgoing, Pressed
from bots.wechat.reading import Left, Message, Other, Subscribed, read
from bots.wechat.replying import PASSIVE, as_xml, joined

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
HEAD = {"ToUserName": "gh_1", "FromUserName": "o-1", "CreateTime": "1782878000"}
TEXT = {**HEAD, "MsgType": "text", "MsgId": "24"}
EVENT = {**HEAD, "MsgType": "event"}


def message(**fields: Any) -> Message:
    found = read(fields, NOW)
    assert isinstance(found, Message)
    return found


@pytest.mark.parametrize(
    ("content", "text"),
    [("路塌了", "路塌了"), (" 路塌了\n", "路塌了"), (None, ""), (["甲", "乙"], "甲"), ({"a": "b"}, "")],
)
def test_a_text_is_what_was_said_whatever_the_parser_makes_of_it(content: object, text: str):
    found = message(**TEXT, Content=content).incoming
    assert (found.message_id, found.sender, found.text) == ("m/24", "o-1", text)
    assert found.at == datetime.fromtimestamp(1782878000, UTC)


@pytest.mark.parametrize(
    ("name", "pressed"),
    [("o12:0", Pressed("o12", 0)), ("i4.0:11", Pressed("i4.0", 11)), ("101", None), ("o12:x", None), ("o12:-1", None)],
)
def test_a_touched_choice_is_a_button_and_no_message_of_the_persons(name: str, pressed: Pressed | None):
    found = message(**TEXT, Content="收到", bizmsgmenuid=name).incoming
    assert found.pressed == pressed and found.message_id == "c/24" and found.text == "收到"


@pytest.mark.parametrize("recognised", [None, "", "  ", "水沟堵了"])
def test_r29_a_voice_message_has_words_only_where_the_platform_gave_some(recognised: str | None):
    found = message(**{**TEXT, "MsgType": "voice"}, MediaId="m1", Recognition=recognised)
    assert found.media_id == "m1" and found.incoming.text == (recognised or "").strip()


def test_r28_a_point_is_converted_once_and_kept_as_it_came():
    found = message(**{**TEXT, "MsgType": "location"}, Location_X="25.2", Location_Y="100.3", Label="村口").incoming
    assert found.location is not None and found.location.given is not None
    assert (found.location.given.lat, round(found.location.lat, 4), found.location.label) == (25.2, 25.2029, "村口")


@pytest.mark.parametrize("point", [("", ""), ("nan", "1"), ("91", "1"), ("北", "1"), (None, None)])
def test_what_is_no_point_is_an_unknown_message(point: tuple[str | None, str | None]):
    found = message(**{**TEXT, "MsgType": "location"}, Location_X=point[0], Location_Y=point[1])
    assert found.incoming.location is None and not found.is_known


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"Event": "unsubscribe", "EventKey": None}, Left("o-1")),
        ({"Event": "VIEW", "EventKey": "http://example.invalid"}, Other("view")),
        ({"Event": "LOCATION", "Latitude": "25"}, Other("location")),
        ({"Event": "TEMPLATESENDJOBFINISH", "Status": "failed:user block"}, Other("templatesendjobfinish")),
        ({}, Other("")),
        (
            {
                "Event": "subscribe_msg_popup_event",
                "SubscribeMsgPopupEvent": {"List": {"TemplateId": "T1", "SubscribeStatusString": "accept"}},
            },
            Subscribed("o-1", (("T1", True),)),
        ),
        (
            {
                "Event": "subscribe_msg_change_event",
                "SubscribeMsgChangeEvent": {
                    "List": [
                        {"TemplateId": "T1", "SubscribeStatusString": "reject"},
                        {"TemplateId": "T2", "SubscribeStatusString": "accept"},
                        "?",
                    ]
                },
            },
            Subscribed("o-1", (("T1", False), ("T2", True))),
        ),
        ({"Event": "subscribe_msg_popup_event"}, Subscribed("o-1", ())),
    ],
)
def test_events_are_told_apart(fields: dict[str, Any], found: object):
    assert read({**EVENT, **fields}, NOW) == found


def test_the_same_event_has_the_same_name_and_another_one_another():
    first = message(**EVENT, Event="CLICK", EventKey="帮助")
    again, other = (message(**EVENT, Event="CLICK", EventKey=key) for key in ("帮助", "我的隐患"))
    assert first.incoming.message_id == again.incoming.message_id != other.incoming.message_id
    assert first.incoming.text == "帮助" and first.incoming.message_id.startswith("c/")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {**TEXT, "FromUserName": None},
        {**TEXT, "FromUserName": "o]]>1"},
        {**TEXT, "MsgType": None},
        {**TEXT, "MsgId": "x"},
        {**TEXT, "MsgId": None},
    ],
)
def test_what_has_no_sender_no_kind_or_no_number_is_no_message(fields: dict[str, Any]):
    with pytest.raises(ValueError):
        read(fields, NOW)


PIECES = st.sampled_from(["]]>", "]]", ">", "\x0b", "\ud800", "喊到了。", "👍🏽", "\n", "&<a>", "字" * 300])
TEXTS = st.text(max_size=500) | st.lists(PIECES, max_size=12).map("".join)


@given(st.lists(st.tuples(TEXTS, st.lists(st.text(max_size=20), max_size=8)), max_size=4))
def test_r17_a_passive_reply_is_never_too_long_and_always_xml(said: list[tuple[str, list[str]]]):
    replies = [Outgoing("wechat", "o-1", text, choices=tuple(choices), prompt="i1.0") for text, choices in said]
    text, count = joined(replies)
    assert PASSIVE.measure(text) <= PASSIVE.limit and count <= len(replies)
    root = etree.fromstring(as_xml(text, "o-1", "gh_1", NOW).encode())
    assert len(root) == 5
    assert (root.findtext("Content") or "") == text.replace("\r", "\n")


def test_suggestions_that_do_not_fit_are_left_out_and_the_text_is_whole():
    long = Outgoing("wechat", "o-1", "字" * 680, choices=("全文", "出处"), prompt="i1.0")
    assert joined([long]) == ("字" * 680, 1)
