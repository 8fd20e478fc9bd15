"""The day that somebody names for a deadline."""

from datetime import UTC, datetime

import pytest

from assistant.desk.caseterm import term
from assistant.desk.casewords import extension_reason, refusal_reason
from assistant.hazards.moments import LOCAL

WEDNESDAY = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("申请延期到周五", "2026-07-03"),
        ("延到周一", "2026-07-06"),  # this Monday is over
        ("延到下周三", "2026-07-08"),
        ("延到15号 因为下雨", "2026-07-15"),
        ("延到7月20日", "2026-07-20"),
        ("延到下个月3号", "2026-08-03"),
        ("延到月底", "2026-07-31"),
        ("再给三天", "2026-07-04"),
        ("宽限两周", "2026-07-15"),
        ("延到后天", "2026-07-03"),
        ("延到大后天", "2026-07-04"),
        ("延期到二十号", "2026-07-20"),
        ("12月31日", "2026-12-31"),
        ("1月5日", "2027-01-05"),  # next year's
    ],
)
def test_a_day_is_read_as_its_end_of_office_hours(text: str, day: str):
    found = term(text, WEDNESDAY)
    assert found is not None
    assert found.astimezone(LOCAL).isoformat() == f"{day}T18:00:00+08:00"


@pytest.mark.parametrize("text", ["申请延期", "15号楼的电线没到", "2月30日", "等材料"])
def test_where_no_day_is_named_there_is_none(text: str):
    assert term(text, WEDNESDAY) is None


def test_a_span_counts_from_the_running_deadline():
    due = datetime(2026, 7, 10, 4, 0, tzinfo=UTC)
    found = term("再给三天", WEDNESDAY, due)
    assert found is not None
    assert found.day == 13


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("申请延期到周五 因为材料没到", "材料没到"),
        ("延期三天，挖机还没到", "挖机还没"),
        ("想再宽限几天", ""),
        ("申请延期到下周五", ""),
    ],
)
def test_the_reason_for_more_time_is_what_stands_beside_the_day(words: str, reason: str):
    assert extension_reason(words).startswith(reason)
    assert bool(extension_reason(words)) == bool(reason)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("他们说不归他们 退回来了 写的理由是“管线产权不清”", "管线产权不清"),
        ("不归我们管，是县道", "不归我们管，是县道"),
        ("原因：业主不同意", "业主不同意"),
    ],
)
def test_the_reason_of_a_refusal_is_the_quoted_one_or_all_of_it(words: str, reason: str):
    assert refusal_reason(words) == reason
