import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.people import masked
from assistant.people.masking import DIGITS

PHONE = "13812345678"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("找张示例13812345678", "找张示例138＊＊＊＊＊＊78"),
        ("12300000011", "123＊＊＊＊＊＊11"),
        ("138 1234 5678，急", "138＊＊＊＊＊＊78，急"),
        ("138-1234-5678", "138＊＊＊＊＊＊78"),
        ("+86 138 1234 5678", "+138＊＊＊＊＊＊78"),
        ("１３８１２３４５６７８", "138＊＊＊＊＊＊78"),
        ("幺三八 一二三四 五六七八", "138＊＊＊＊＊＊78"),
        ("一三八1234五六七八", "138＊＊＊＊＊＊78"),
        ("0871-63212345", "＊＊＊＊＊＊＊＊＊＊45"),
        ("(0871)6321 2345", "(＊＊＊＊＊＊＊＊＊＊45"),
        ("座机3212345", "座机＊＊＊＊＊45"),
        ("123-0000-0100", "123＊＊＊＊＊＊00"),
        ("13812345678/13987654321", "＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊21"),
        ("打119、120或12345", "打119、120或12345"),
        ("YH20260701-01 和 SJ20260701-12", "YH20260701-01 和 SJ20260701-12"),
        ("2026-07-01 08:30到2026年7月1日", "2026-07-01 08:30到2026年7月1日"),
        ("定位25.1872,100.3211", "定位25.1872,100.3211"),
        ("损失3000000元，转移1200人", "损失3000000元，转移1200人"),
        ("编号YH20260701-01电话13812345678", "编号YH20260701-01电话138＊＊＊＊＊＊78"),
        ("二〇二五年", "二〇二五年"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_masked_and_what_is_none_stays(text: str, shown: str):
    assert masked(text) == shown


STYLES = st.sampled_from(["", " ", "-", " - ", "·", "—", "."])
WORDS = st.text(alphabet="我家电话是找他打，。\n a请", max_size=8)
HAN = str.maketrans("0123456789", "零幺二三四五六七八九")
FULL = str.maketrans("0123456789", "０１２３４５６７８９")


@given(WORDS, WORDS, st.from_regex(r"1\d{10}", fullmatch=True), STYLES, st.sampled_from([{}, HAN, FULL]))
def test_no_mobile_number_survives_in_any_dress(before: str, after: str, phone: str, gap: str, digits: dict[int, int]):
    dressed = gap.join((phone[:3], phone[3:7], phone[7:])).translate(digits)
    shown = masked(f"{before}{dressed}{after}")
    plain = "".join(DIGITS.get(sign, sign) for sign in unicodedata.normalize("NFKC", shown))
    assert phone not in re.sub(r"\D", "", plain)
    assert shown.startswith(before)
    assert shown.endswith(after)


@given(st.text(alphabet="0123456789一二三 -/()电话年月日.元", max_size=40))
def test_masking_twice_is_masking_once_and_leaves_no_seven_digits_but_numbers_that_are_kept(text: str):
    once = masked(text)
    assert masked(once) == once


@given(
    st.text(max_size=40).filter(lambda text: not re.search(r"\d|[零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]", text))
)
def test_a_text_without_digits_stays_as_it_is(text: str):
    assert masked(text) == text
