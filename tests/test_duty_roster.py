"""Who is on at a moment: no gap between two shifts, no moment with both, and the nearest place first."""

from datetime import date, datetime, timedelta

from assistant.duty import LOCAL, Post, PostKind, in_order, nearest, on_at, shift
from assistant.rules import load_rules

RULES = load_rules()
TOWN = "云南省/示例州/示例县/示例镇"


def post(day: date, region: str = TOWN, kind: PostKind = PostKind.STAFF, person: int = 1) -> Post:
    starts_at, ends_at = shift(day, region, RULES)
    return Post(
        id=person, region=region, day=day, kind=kind.value, person_id=person, starts_at=starts_at, ends_at=ends_at
    )


def test_a_shift_lasts_from_eight_to_eight_in_china():
    starts_at, ends_at = shift(date(2026, 7, 1), TOWN, RULES)
    assert f"{starts_at:%Y-%m-%d %H:%M %Z}" == "2026-07-01 00:00 UTC"
    assert ends_at - starts_at == timedelta(days=1)


def test_every_half_hour_of_a_month_has_exactly_one_shift():
    posts = [post(date(2026, 2, 1) + timedelta(days=n), person=n) for n in range(-1, 32)]
    start = datetime(2026, 2, 1, tzinfo=LOCAL)
    moments = (start + timedelta(minutes=30 * n) for n in range(30 * 48))
    assert {len(on_at(posts, moment)) for moment in moments} == {1}


def test_the_end_of_a_shift_belongs_to_the_next():
    first, second = post(date(2026, 7, 1), person=1), post(date(2026, 7, 2), person=2)
    assert on_at([first, second], first.ends_at) == [second]


def test_the_nearest_place_is_the_longest_path_above():
    village, town, other = f"{TOWN}/上河村", TOWN, f"{TOWN}/上河"
    posts = [post(date(2026, 7, 1), region, person=n) for n, region in enumerate((village, town, other))]
    assert [one.region for one in nearest(posts, f"{village}/三组")] == [village]
    assert [one.region for one in nearest(posts, f"{TOWN}/下河村")] == [town]
    assert nearest(posts, "云南省/外示例州") == []


def test_the_leader_is_called_first_the_deputy_last():
    kinds = (PostKind.DEPUTY, PostKind.STAFF, PostKind.LEADER)
    posts = [post(date(2026, 7, 1), kind=kind, person=n) for n, kind in enumerate(kinds)]
    assert [one.kind for one in in_order(posts)] == ["leader", "staff", "deputy"]
