"""Numbers that are missing, come twice or jump back."""

import pytest

from assistant.clauses import Family, split
from assistant.clauses.numbering import Oddity, check_numbers

MISSING, REPEATED, BACKWARDS = Oddity.MISSING, Oddity.REPEATED, Oddity.BACKWARDS
FINDINGS = [
    ("第一条　甲。\n第二条　乙。\n第五条　丙。\n", [("5", MISSING, (3, 4))]),
    ("第一条　甲。\n第二条　乙。\n第二条　丙。\n", [("2r2", REPEATED, (2,))]),
    ("第一条　甲。\n第三条　乙。\n第二条　丙。\n第四条　丁。\n", [("3", MISSING, (2,)), ("2", BACKWARDS, (2,)), ("4", MISSING, (3,))]),
    # an excerpt that begins late misses what stands before it
    ("第三条　甲。\n", [("3", MISSING, (1, 2))]),
    # 第十条之一 is no repetition of 第十条
    ("第一条　甲。\n第一条之一　乙。\n第一条之二　丙。\n第二条　丁。\n", []),
    # articles run on through chapters, chapters through the whole text
    ("第一章　甲\n第一条　子。\n第三章　乙\n第二条　丑。\n", [("c3", MISSING, (2,))]),
    # chapters start anew in each 编, but run on through 分编
    ("第一编　甲\n第一章　子\n第一条　一。\n第二编　乙\n第一分编　丙\n第一章　丑\n第二条　二。\n第二分编　丁\n第二章　寅\n第三条　三。\n", []),
    # sections: 一、 then 三、; （一） runs on through them
    ("一、甲\n（一）子。子。\n三、乙\n（二）丑。丑。\n（四）寅。寅。\n", [("s3", MISSING, (2,)), ("4", MISSING, (3,))]),
    # （一） starts anew in each section: no finding
    ("一、甲\n（一）子。子。\n（二）丑。丑。\n二、乙\n（一）寅。寅。\n", []),
    ("一、甲\n（一）子。子。\n（三）丑。丑。\n二、乙\n（一）寅。寅。\n", [("s1/3", MISSING, (2,))]),
    # the sections of an annex count by themselves, and （一） runs on through them
    ("一、甲\n（一）子。子。\n附件1 细则\n一、乙\n（一）丑。丑。\n二、丙\n（二）寅。寅。\n", []),
    # decimals: only the last part counts, in its own list
    ("1 甲\n1.1 乙\n丙。\n1.3 丁\n戊。\n2 己\n2.1 庚\n辛。\n", [("1.3", MISSING, (2,))]),
    ("1 甲\n1.1 乙\n丙。\n3 丁\n3.1 戊\n己。\n", [("3", MISSING, (2,))]),
    # items of a list, and two lists under one clause
    ("（一）甲。如下：\n1.子。\n3.丑。\n", [("1/3", MISSING, (2,))]),
    # annexes: 附件 and 附表 count apart; a bare 附件 counts for nothing
    ("（一）甲。\n附件1 乙\n丙。\n附件3 丁\n戊。\n附表1 己\n庚。\n", [("a3", MISSING, (2,))]),
    ("（一）甲。\n附件 乙\n丙。\n", []),
    ("没有编号的文字，也没有什么可查。\n", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FINDINGS)
def test_odd_numbers_are_found_in_their_place(text: str, expected: list[tuple[str, Oddity, tuple[int, ...]]]) -> None:
    assert [(found.address, found.oddity, found.numbers) for found in check_numbers(split(text))] == expected


def test_a_finding_names_its_family() -> None:
    (found,) = check_numbers(split("第一条　甲。\n第三条　乙。\n"))
    assert found.family is Family.ARTICLE
