"""The state of a conversation: it comes back from the database as it went in, and knows what is still missing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialogue.talk import Draft, Prompt, Question, Talk, Wanted, dump_talk, load_talk
from assistant.ports import Attachment, Location

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
MOMENTS = st.integers(0, 2_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
MAYBE = st.none() | st.booleans()
ATTACHMENTS = st.builds(Attachment, st.sampled_from(["image", "voice"]), TEXTS, TEXTS)
LOCATIONS = st.builds(Location, st.floats(-90, 90), st.floats(-180, 180), TEXTS)
DRAFTS = st.builds(
    Draft,
    started_at=MOMENTS,
    texts=st.lists(TEXTS, max_size=4).map(tuple),
    category=TEXTS,
    urgency=TEXTS,
    place=TEXTS,
    casualties=MAYBE,
    location=st.none() | LOCATIONS,
    attachments=st.lists(ATTACHMENTS, max_size=3).map(tuple),
    asked=st.integers(0, 5),
    is_told=st.booleans(),
)
PROMPTS = st.builds(
    Prompt,
    question=st.sampled_from(Question),
    options=st.lists(TEXTS, max_size=5).map(tuple),
    asked_at=MOMENTS,
    about=st.lists(TEXTS, max_size=5).map(tuple),
    said=TEXTS,
)
TALKS = st.builds(
    Talk,
    draft=st.none() | DRAFTS,
    parked=st.none() | DRAFTS,
    dropped=st.none() | DRAFTS,
    prompt=st.none() | PROMPTS,
    case=TEXTS,
    case_at=st.none() | MOMENTS,
    is_anonymous=st.booleans(),
    wishes=TEXTS,
    topic=TEXTS,
    topic_at=st.none() | MOMENTS,
    refused_at=st.none() | MOMENTS,
    staff=st.dictionaries(TEXTS, TEXTS, max_size=2),
    roster=st.dictionaries(TEXTS, TEXTS, max_size=2),
    heard_at=st.none() | MOMENTS,
)


@settings(max_examples=60, deadline=None)
@given(TALKS)
def test_the_state_comes_back_as_it_went_in(talk: Talk):
    assert load_talk(dump_talk(talk)) == talk


def test_a_new_conversation_is_empty_braces():
    assert load_talk("{}") == Talk()


def test_a_state_of_an_older_version_is_read_with_what_it_has():
    assert load_talk('{"case": "YH20260701-01", "topic": "裂缝"}') == Talk(case="YH20260701-01", topic="裂缝")


@pytest.mark.parametrize(
    ("draft", "wanted"),
    [
        (Draft(NOW), Wanted.MATTER),
        (Draft(NOW, place="老粮站"), Wanted.MATTER),  # where, but not what
        (Draft(NOW, texts=("老粮站",), place="老粮站"), Wanted.MATTER),  # words, but no matter in them
        (Draft(NOW, texts=("井盖没了",), category="public_facility"), Wanted.PLACE),
        (Draft(NOW, texts=("井盖没了",), category="public_facility", place="老粮站"), None),
        (Draft(NOW, texts=("井盖没了",), category="public_facility", location=Location(25.0, 100.0)), None),
    ],
)
def test_a_draft_wants_the_matter_first_then_the_place(draft: Draft, wanted: Wanted | None):
    assert draft.wanted is wanted


def test_a_report_carries_all_that_was_gathered():
    draft = Draft(
        NOW,
        texts=("井盖没了", "老粮站"),
        category="public_facility",
        urgency="urgent",
        place="老粮站",
        casualties=False,
        attachments=(Attachment("image", "0" * 64, "image/jpeg"),),
    )
    report = draft.report(Talk(is_anonymous=True, wishes="别打电话"), "云南省/示例州")
    assert report.text == "井盖没了\n老粮站"
    assert (report.place, report.casualties, len(report.attachments)) == ("老粮站", False, 1)
    assert (report.is_anonymous, report.wishes, report.region) == (True, "别打电话", "云南省/示例州")


def test_what_was_asked_stays_half_an_hour():
    talk = Talk().on_topic("炕冒烟", NOW)
    assert talk.topic_within(NOW + timedelta(minutes=30), timedelta(minutes=30)) == "炕冒烟"
    assert talk.topic_within(NOW + timedelta(minutes=31), timedelta(minutes=30)) == ""
    assert talk.on_topic("她老说迷糊", NOW + timedelta(minutes=5)).topic == "炕冒烟\n她老说迷糊"


def test_a_report_ends_the_topic_and_what_was_given_up():
    talk = replace(Talk(dropped=Draft(NOW)).on_topic("要不要紧", NOW)).about("YH20260701-01", NOW)
    assert (talk.topic, talk.topic_at, talk.dropped) == ("", None, None)
    assert talk.is_about_case(NOW + timedelta(minutes=9), timedelta(minutes=10))
    assert not talk.is_about_case(NOW + timedelta(minutes=11), timedelta(minutes=10))
