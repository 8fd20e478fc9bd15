import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadPlace
from assistant.people.tree import ancestors, common, level_of, planted, tidied, up_to

FULL = "云南省/示例州/示例县/示例镇/上河村/三组"


@pytest.mark.parametrize(
    ("written", "path"),
    [
        (FULL, FULL),
        (" 云南省 / 示例州／示例县＞示例镇>上河村\\三组/", FULL),
        ("云南省、示例州、示例县", "云南省/示例州/示例县"),
        ("云南省示例州示例县示例镇上河村三组", FULL),
        ("北京市示例区示例街道示例社区", "北京市/示例区/示例街道/示例社区"),
        ("上河村", "上河村"),  # nobody has said where
        ("示例镇上河村", "示例镇上河村"),
    ],
)
def test_a_path_is_read_as_offices_write_it(written: str, path: str):
    assert tidied(written) == path


@pytest.mark.parametrize("written", ["", " / ", "省" * 300, "/".join("一二三四五六七八九"), "云南省/\x07示例州"])
def test_what_is_no_path_is_refused(written: str):
    with pytest.raises(BadPlace):
        tidied(written)


@pytest.mark.parametrize(
    ("path", "level"),
    [
        ("云南省", "province"),
        ("云南省/示例州", "city"),
        ("云南省/示例市", "city"),
        ("云南省/示例市/示例市", "county"),  # a county that is called city
        ("云南省/示例地区/示例旗", "county"),
        ("北京市", "province"),
        ("北京市/示例区", "county"),  # no city between
        ("北京市/示例区/示例街道/示例社区", "village"),
        ("云南省/示例州/示例县/示例镇", "township"),
        ("云南省/示例州/示例县/示例镇/老镇", "village"),  # nothing below a township is one
        ("云南省/示例州/示例县/示例镇/上河", "village"),
        (FULL, "grid"),
        (f"{FULL}/东头", "grid"),
        ("云南省/示例州/示例县/示例镇/上河村/小村", "grid"),  # a natural village
        ("上河村", "village"),
    ],
)
def test_the_level_follows_from_names_and_depth(path: str, level: str):
    assert level_of(path) == level


def test_parents_are_made_with_a_child_once():
    made = planted(FULL, ancestors("云南省/示例州/示例县"))
    assert [(place.path.rpartition("/")[2], place.level) for place in made] == [
        ("示例镇", "township"),
        ("上河村", "village"),
        ("三组", "grid"),
    ]
    assert planted(FULL, ancestors(FULL)) == []


def test_what_is_above_several_places():
    assert common([FULL, "云南省/示例州/示例县/示例镇/上河村/十三组"]) == "云南省/示例州/示例县/示例镇/上河村"
    assert common([FULL]) == FULL
    assert common(["云南省", "北京市"]) == common([]) == ""
    assert up_to(FULL, level_of("云南省/示例州/示例县/示例镇")) == "云南省/示例州/示例县/示例镇"


@given(st.text(alphabet="云南省示例州县镇上河村三组市区/ >、", max_size=30))
def test_a_path_that_is_accepted_stays_as_it_is(written: str):
    try:
        path = tidied(written)
    except BadPlace:
        return
    assert tidied(path) == path
    levels = [level_of(above) for above in ancestors(path)]
    assert len(levels) == path.count("/") + 1
