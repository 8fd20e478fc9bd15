"""Whether words say where something is: the traps are names made of ordinary words, and sentences made of place words."""

import pytest

from assistant.dialogue import places

TOWN = "云南省/示例州/示例县/示例镇"
VILLAGE = f"{TOWN}/上河村"


@pytest.mark.parametrize(
    ("place", "region", "enough"),
    [
        ("老粮站后面", TOWN, True),
        ("我家后面", TOWN, False),  # whose, of a whole township?
        ("我家后面", VILLAGE, True),  # the grid worker of a village asks around
        ("村口", TOWN, False),  # every village has one
        ("河边", TOWN, False),
        ("那", VILLAGE, False),
        ("", VILLAGE, False),
    ],
)
def test_a_place_is_enough_where_somebody_could_go_there(place: str, region: str, enough: bool):
    assert places.is_enough(place, region) is enough


@pytest.mark.parametrize(
    ("place", "text", "only"),
    [
        ("老粮站后面", "老粮站后面", True),
        ("老粮站后面", "就在老粮站后面那里", True),  # particles say nothing
        ("老糧站", "喺老糧站後面", True),  # traditional, Cantonese
        ("红旗桥", "红旗桥 桥头", True),
        ("小学门口", "小学门口井盖没了", False),
        ("村头大桥", "村头大桥断了", False),  # one character is the whole matter
        ("666", "666", False),  # a figure is no place
    ],
)
def test_a_place_alone_says_nothing_of_what_happened(place: str, text: str, only: bool):
    assert places.is_only(place, text) is only


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("我们屯西头那眼机井", "小四平屯", "小四平屯西头那眼机井"),
        ("", "老粮站", "老粮站"),
        ("老粮站", "", "老粮站"),
        ("老粮站", "老粮站后面", "老粮站后面"),  # said again, more precisely
        ("老粮站后面", "老粮站", "老粮站后面"),  # said again, less precisely
        ("我家屋后", "河口村三组", "河口村三组屋后"),
    ],
)
def test_two_halves_of_a_place_become_one(before: str, after: str, whole: str):
    assert places.joined(before, after) == whole


def test_a_joined_place_is_never_longer_than_a_place_may_be():
    assert places.joined("我家" + "后" * places.LONGEST, "上河村") == "上河村"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("就在老粮站后面那里", "老粮站后面"),
        ("喔，是河口村三组噶", "河口村三组"),
        ("，。！", ""),
        ("村" * 60, "村" * places.LONGEST),
    ],
)
def test_an_answer_loses_its_particles(text: str, place: str):
    assert places.answered(text) == place


@pytest.mark.parametrize(
    ("place", "text", "whole"),
    [
        ("西头", "西头那眼机井裂了", "西头那眼机井"),
        ("老街下面", "老街下面那个挡墙鼓了", "老街下面那个挡墙"),
        ("村口", "村口那个人喝醉了", "村口"),  # a person walks away
        ("", "那眼机井裂了", ""),
    ],
)
def test_a_place_takes_the_thing_that_is_pointed_at(place: str, text: str, whole: str):
    assert places.extended(place, text) == whole


@pytest.mark.parametrize("text", ["学校", "大石包", "村委会楼顶", "采茶便道", "李二娃家"])
def test_a_short_name_that_ends_like_a_spot_answers_where(text: str):
    assert places.SPOT.fullmatch(text)


@pytest.mark.parametrize("text", ["快点来", "三指宽", "马上要下雨了", "你猜", "断了好长一截", "不晓得"])
def test_what_people_say_instead_of_a_place_is_none(text: str):
    assert places.SPOT.fullmatch(text) is None


def test_a_neighbour_named_later_is_added():
    assert places.beside("老粮站", "挨着一个卖烤冷面的") == "老粮站，挨着一个卖烤冷面的"
    assert places.beside("", "挨着小学") == "挨着小学"


@pytest.mark.parametrize(
    ("place", "text", "whole"),
    [
        ("马家堡", "马家堡后身儿有个二层小楼", "马家堡后身儿"),
        ("六库老街", "六库老街下面那个挡墙又歪了", "六库老街下面那个挡墙"),
        ("老粮站", "老粮站斜对面那堵墙歪了", "老粮站斜对面那堵墙"),  # one character is the whole thing
        ("村头大桥", "村头大桥下面的人都跑了", "村头大桥"),  # people are no place
        ("学校", "学校后坡裂了", "学校"),  # the slope is the matter
        ("", "后面裂了", ""),
    ],
)
def test_a_place_takes_in_what_is_pointed_at_behind_it(place: str, text: str, whole: str):
    assert places.extended(place, text) == whole
