"""No message of one sender takes so long that all others wait."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk import Desk
from assistant.desk.readable import END, LONGEST, readable
from assistant.triage import danger
from tests.world import Phone

LONG = 4000
BOUND_S = 1.0
"""Unbounded, each of these took two to four seconds on an idle machine, the longest a minute (measured)."""


@pytest.mark.parametrize(
    "text",
    [
        "水沟堵了，上河村三组老粮站背后，电话13800138000，卡号6222 0212 3456 7890 123",
        "哈哈哈哈哈哈哈！！！！！！",
        "身份证530102199001011234，另一个530102199001011235",
        "一、二、三、四、五、六、七、八、九、十、十一、十二、十三、十四、十五、十六、十七",
        "",
    ],
)
def test_what_people_write_is_read_word_for_word(text: str):
    assert readable(text) == text


@given(st.text(alphabet="1一。 \n啊a水着火了", max_size=9000))
def test_what_is_read_is_bounded_and_a_danger_at_the_end_is_read(text: str):
    assert len(readable(text)) <= LONGEST + 1
    assert danger(readable("水沟堵了，" * 2000 + "山上着火了")) is not None
    assert readable("水沟堵了，" * 2000).endswith(("水沟堵了，" * 200)[-END:])


@pytest.mark.parametrize(
    "text", ["1" * LONG, "。" * LONG, "一" * LONG, "13800138000" * 370, "二三" * 2000, "1" * 20_000]
)
def test_a_message_without_an_end_is_answered_at_once(phone: Phone, desk: Desk, text: str):
    phone.says("你好")
    begun = time.thread_time()
    replies = phone.says(text)
    assert replies and time.thread_time() - begun < BOUND_S
    assert desk.history("test", "cadre-1")[-1].text == text  # kept word for word
