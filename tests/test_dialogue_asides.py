"""What is said beside a report: each pattern with what it takes and the trap that it avoids."""

import pytest

from assistant.dialogue import asides, phrases, places


@pytest.mark.parametrize(
    ("pattern", "said", "is_meant"),
    [
        ("THANKS", "唔该晒", True),
        ("THANKS", "thank you 唔该晒", True),
        ("THANKS", "谢谢 井盖还没弄好，你们再来看看", False),  # thanks in front of news
        ("WAIT", "等一下牛跑了 我去赶牛", True),
        ("WAIT", "等天亮再说嘛", False),  # not: wait for me
        ("MINE", "我报的那个堤坎到底有没有人管哦", True),
        ("MINE", "我要报的话有没有奖励", False),  # nothing is reported yet
        ("PROGRESS", "那两样现在都到谁手里了", True),
        ("PROGRESS", "来了没", True),
        ("PROGRESS", "昨天来了两个人", False),
        ("UNHURT", "没打到人", True),
        ("UNHURT", "对着哩 么伤着人", True),
        ("UNHURT", "没得哪个着砸着", True),
        ("UNHURT", "没人来看，砸到老周了", False),
        ("SAME", "刚才那个就是同一面墙", True),
        ("SAME", "不是同一处", False),
        ("INSIDE", "两口子和一个奶娃儿还睡在里头", True),
        ("INSIDE", "老房子没人住", False),
        ("PERIL", "我老公打我 我躲在厕所", True),
        ("PERIL", "你打我电话嘛", False),  # calls, not blows
        ("PERIL", "不想活了", True),
        ("DESPAIR", "不想活了", True),
        ("DESPAIR", "邻居家儿子不想活了", False),  # told by somebody who stands by
        ("CALL_FOR_ME", "你帮我打119", True),
        ("CALL_FOR_ME", "我打119了", False),
        ("WHO_ARE_YOU", "你是真人吗", True),
        ("EMPTY_ASK", "那找谁", True),
        ("EMPTY_ASK", "演练找谁管", False),
        ("OTHERS_REPORT", "我邻居报的那个电线修了没", True),
        ("OTHERS_REPORT", "我报的电线修了没", False),
        ("HEARSAY", "是群里转的 我也不知道", True),
        ("DRILL", "这是演练，请勿惊慌", True),
        ("DRILL", "演练的时候着火了", False),
        ("FOREIGN", "There is a big crack behind my house", True),
        ("FOREIGN", "there is 一条缝 on the slope", False),
        ("WORDLESS", "[捂脸]", True),
        ("WORDLESS", "！！！", True),
        ("WORDLESS", "[捂脸]着火了", False),
        ("REPROACH", "都等着砸死人才来是不是", True),
        ("REPROACH", "是不是要每年演练", False),
    ],
)
def test_words_beside_a_report(pattern: str, said: str, is_meant: bool):
    found = getattr(asides, pattern)
    match = found.fullmatch(said) if pattern in ("THANKS", "EMPTY_ASK", "FOREIGN", "WORDLESS") else found.search(said)
    assert (match is not None) is is_meant


@pytest.mark.parametrize(
    ("said", "is_asked"), [("今天能来人看看不", True), ("我去扯佢得唔得", True), ("来了没", True), ("还没来", False)]
)
def test_a_question_needs_no_mark(said: str, is_asked: bool):
    assert (phrases.ASKED.search(said) is not None) is is_asked


@pytest.mark.parametrize("said", ["莫搞错", "别弄错了", "不要搞错", "没说错"])
def test_a_warning_not_to_err_corrects_nothing(said: str):
    assert phrases.MISTAKEN.search(said) is None


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("后沟村口", "村口大槐树底下", "后沟村口大槐树底下"),  # both name the spot where they meet
        ("我家门口", "渚口坦乡上箬村口水井旁边", "渚口坦乡上箬村口水井旁边"),  # 门口 adds nothing
        ("我们屯西头那眼机井", "小四平屯", "小四平屯西头那眼机井"),
        ("村", "口", "村口"),  # a character at a time
    ],
)
def test_two_halves_of_a_place(before: str, after: str, place: str):
    assert places.joined(before, after) == place


@pytest.mark.parametrize(
    ("place", "text", "whole"),
    [
        ("口坦乡上箬村口水井旁边", "就在渚口坦乡上箬村口水井旁边", "渚口坦乡上箬村口水井旁边"),
        ("镇小平安村浮桥", "下窝头峪镇小平安村浮桥上的木板", "下窝头峪镇小平安村浮桥"),
        ("河口村三组", "在河口村三组", "河口村三组"),
        ("大寨村", "昨天大寨村", "大寨村"),  # a day is no name
    ],
)
def test_a_name_that_was_cut_gets_its_beginning(place: str, text: str, whole: str):
    assert places.mended(place, text) == whole


@pytest.mark.parametrize(
    ("text", "run"),
    [("砂坪镇桐木村四组向光前屋里要垮了", "砂坪镇桐木村四组"), ("全村都淹了", ""), ("出了村往北走", "")],
)
def test_a_run_of_village_names_is_a_place(text: str, run: str):
    assert places.named(text) == run


def test_a_corrected_spot_stays_in_its_village():
    old = "岚溪乡红岩村三社堰塘边"
    assert places.corrected(old, "罗家院子那个堰塘", "村小旁边新挖的那个") == "岚溪乡红岩村三社村小旁边新挖的那个"
    assert places.corrected("岑扣桥下头那截公路", "岑扣桥", "上面点的翁座桥") == "上面点的翁座桥"
    assert places.corrected(old, "红岩村", "堰塘那头") == "堰塘那头"  # the village was what was wrong
