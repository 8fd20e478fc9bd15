"""What grid workers say of households, in their own words."""

import pytest

from assistant.warnings import progress
from assistant.warnings.households import names_alone


@pytest.mark.parametrize(
    ("said", "total", "reached"),
    [
        ("十一家喊到十家", 11, 10),
        ("11户通知了9户", 11, 9),
        ("俺组18户通知到17户，老孙头不愿意走", 18, 17),
        ("12家喊得11家", 12, 11),  # south-western 得
        ("一共二十四户，喊到二十二户", 24, 22),
        ("喊到了十家", None, 10),
        ("我们组有15户人家", 15, None),
        ("两户没得人，其他九户喊到咯", 11, 9),
        ("马老三家门锁着", None, None),  # 三家 is a part of a name
        ("刚才有一家开门了", None, None),  # one household is not the whole
        ("一家都没漏", None, None),
    ],
)
def test_numbers(said: str, total: int | None, reached: int | None):
    told = progress(said)
    assert (told.total, told.reached) == (total, reached)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("马老三家门锁着", {"马老三": "门锁着"}),
        ("十一家喊到十家马老三家门锁着", {"马老三": "门锁着"}),  # nothing between number and name
        ("马老三和李四家没人", {"马老三": "没人", "李四": "没人"}),
        ("马老三、李四两家没人在家", {"马老三": "没人在家", "李四": "没人在家"}),  # 两家 counts, 四 does not
        ("就差村尾老杨家没喊到，人去县城了", {"老杨": "没喊到"}),
        ("独居的王奶奶死活不肯走", {"王奶奶": "死活不肯走"}),
        ("都打过电话了 阿旺家没接", {"阿旺": "没接"}),
        ("还差马老三家", {"马老三": "还没通知到"}),
        ("二组十五户都通知到位了，就张婶家手机打不通", {"张婶": "手机打不通"}),
        ("张大爷走不动，要人背", {"张大爷": "走不动"}),
        ("门锁着，喊不应", {}),  # nobody is named
        ("两户老人不愿意走", {}),
        ("村口井盖没人管", {}),  # 没人, but no household
        ("我们这边没人", {}),
        ("都喊到了", {}),
    ],
)
def test_who_was_not_reached_and_why(said: str, missing: dict[str, str]):
    assert dict(progress(said).missing) == missing


@pytest.mark.parametrize(
    "said",
    [
        "都喊到了",
        "挨家挨户敲过了",
        "全转移了",
        "一共十一户都喊到了",
        "一个都没落下",
        "边个都通知晒啦",
        "剩下的三家也喊到了",
        "俺都挨门挨户说完了",
    ],
)
def test_all_of_them(said: str):
    assert progress(said).is_all


@pytest.mark.parametrize(
    "said",
    [
        "都喊到了没有",
        "都喊到了吗？",
        "还没都喊到",
        "喊到了十家",
        "收到",
        "没有都通知到",
        "等都喊到了再回你",
        "争取天黑前全部转移完",
        "通知完了再跟你说",
        "没全喊到",
    ],
)
def test_not_all_of_them(said: str):
    assert not progress(said).is_all


@pytest.mark.parametrize(
    ("said", "found"),
    [("马老三找到了", ["马老三"]), ("老周家也喊到了", ["老周"]), ("王奶奶劝走了", ["王奶奶"]), ("马老三没找到", [])],
)
def test_who_was_found(said: str, found: list[str]):
    assert list(progress(said).found) == found


def test_names_may_come_alone_when_they_were_asked_for():
    assert names_alone("李四家和王五家，都去县城了") == (("李四", "都去县城了"), ("王五", "都去县城了"))
    assert names_alone("老杨家（门锁着）") == (("老杨", "门锁着"),)
    assert names_alone("李四家墙裂了") == ()
    assert names_alone("好的谢谢") == ()
