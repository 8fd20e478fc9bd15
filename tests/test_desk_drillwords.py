"""What the staff say of drills, read by rule."""

import pytest

from assistant.desk.drillwords import Wish, beside, people_in, read_order


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("安排演练 5月12日 上河村 山洪", Wish.PLAN),
        ("安排一次山洪演练，后天，上河村", Wish.PLAN),
        ("演练搞完了 来了43个人", Wish.DONE),
        ("昨天的消防演练已经结束了，到了30人", Wish.DONE),
        ("我们搞完演练了", Wish.DONE),
        ("LZ20260701-01 搞完了，来了43人", Wish.DONE),
        ("巡查了，没发现什么问题", Wish.ROUND),
        ("今天河道巡查过了一切正常", Wish.ROUND),
        ("巡查发现三组水渠堵了", Wish.FOUND),
        ("演练中发现喇叭不响", Wish.FOUND),
        ("演练不合格 没有签到表", Wish.CHECK),
        ("LZ20260701-01 合格", Wish.CHECK),
        ("LZ20260701-01 免办，整村搬迁", Wish.WAIVE),
        ("看 LZ20260701-01", Wish.SHOW),
        ("LZ20260701-01 安排 7月20日", Wish.PLAN),
        ("演练情况", Wish.COVERAGE),
        ("今年哪些村还没演练", Wish.WITHOUT),
        ("演练清单", Wish.LIST),
    ],
)
def test_an_order_is_read(text: str, wish: Wish):
    order = read_order(text)
    assert order is not None and order.wish is wish


@pytest.mark.parametrize(
    "text",
    [
        "演练搞完了吗",
        "一年演练几次",
        "巡查了没有",
        "村里没搞演练",
        "合格",  # of a repair as likely as of a drill
        "演练的时候要注意什么",
        "我在河边看到堤坝垮了",
        "检查站在哪",
    ],
)
def test_what_is_no_order_is_left_to_others(text: str):
    assert read_order(text) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [("来了43个人", 43), ("三十二个村民参加", 32), ("5月12日在三组搞的", None), ("网格员都到了", None)],
)
def test_people_are_counted_in_either_way_of_writing(text: str, count: int | None):
    assert people_in(text) == count


def test_what_stands_beside_the_drill_is_kept():
    assert beside("山洪演练搞完了，来了43人") == ""
    assert "房子着火了" in beside("演练搞完了，老张家房子着火了")
