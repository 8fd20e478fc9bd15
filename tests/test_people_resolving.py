import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.people import Place, PlaceName
from assistant.people.resolving import resolve
from assistant.people.tree import ancestors, level_of

COUNTY = "云南省/示例州/示例县"
TOWN = f"{COUNTY}/示例镇"
HEKOU, SHANGHE, SONGLING = f"{TOWN}/河口村", f"{TOWN}/上河村", f"{TOWN}/松岭村"
OTHER = f"{COUNTY}/大庙镇"
PATHS = [
    *(f"{village}/{grid}" for village in (HEKOU, SHANGHE) for grid in ("一组", "二组", "三组", "十三组")),
    f"{SHANGHE}/桥头组",
    f"{SHANGHE}/箐口组",
    f"{SONGLING}/第一网格",
    f"{SONGLING}/第二网格",
    f"{OTHER}/河口村/三组",
    f"{OTHER}/石板村/一组",
]
PLACES = [Place(path=path, level=level_of(path).value) for path in sorted({a for p in PATHS for a in ancestors(p)})]
NAMES = [
    PlaceName(path=f"{HEKOU}/三组", name="老粮站", is_landmark=True),
    PlaceName(path=f"{SHANGHE}/一组", name="老粮站", is_landmark=True),
    PlaceName(path=SHANGHE, name="村头大桥", is_landmark=True),
    PlaceName(path=f"{SHANGHE}/二组", name="上河村小学", is_landmark=True),
    PlaceName(path=f"{SONGLING}/第一网格", name="三号水池", is_landmark=True),
    PlaceName(path=f"{OTHER}/石板村/一组", name="观音洞", is_landmark=True),
    PlaceName(path=SONGLING, name="新松村"),
]


def found(words: str, region: str = TOWN) -> str | None:
    return resolve(words, region, PLACES, NAMES)


@pytest.mark.parametrize(
    ("words", "region", "path"),
    [
        ("河口村三组老粮站背后", TOWN, f"{HEKOU}/三组"),
        ("三组老粮站背后", HEKOU, f"{HEKOU}/三组"),
        ("我家后面坡上", HEKOU, None),
        ("", HEKOU, None),
        ("！！！", "", None),
        # a number in any style, with or without a space
        ("河口村3组", TOWN, f"{HEKOU}/三组"),
        ("河口村第三村民小组后山", TOWN, f"{HEKOU}/三组"),
        ("河口村 ３ 组", TOWN, HEKOU),  # apart: the number may belong to something else
        ("河口三社", TOWN, f"{HEKOU}/三组"),
        ("河口村13组", TOWN, f"{HEKOU}/十三组"),  # not 3组
        ("河口村二十三组", TOWN, HEKOU),  # no such group is known
        ("松岭村二号网格", TOWN, f"{SONGLING}/第二网格"),
        ("松岭村2网格", TOWN, f"{SONGLING}/第二网格"),
        ("松岭3号水池漏了", TOWN, f"{SONGLING}/第一网格"),
        # several groups: the village
        ("河口村一组和三组之间", TOWN, HEKOU),
        ("河口村1、3组", TOWN, HEKOU),
        # the same name in two villages: the reporter's own, then the one that is named, else the township
        ("老粮站背后", SHANGHE, f"{SHANGHE}/一组"),
        ("老粮站背后", f"{HEKOU}/一组", f"{HEKOU}/三组"),
        ("河口村老粮站", SHANGHE, f"{HEKOU}/三组"),
        ("老粮站背后", TOWN, TOWN),
        ("老粮站背后", SONGLING, TOWN),
        ("三组", SHANGHE, f"{SHANGHE}/三组"),
        ("三组", TOWN, TOWN),
        ("三组", SONGLING, SONGLING),  # a group there that nobody has put into the tree
        # two villages: what is above both; a direction is no place
        ("上河村和河口村交界", TOWN, TOWN),
        ("上河村往河口村方向", TOWN, SHANGHE),
        ("上河村出来往河口方向两公里", TOWN, SHANGHE),
        # a landmark with the name of a village in it
        ("上河村小学围墙", TOWN, f"{SHANGHE}/二组"),
        ("上河小学围墙", TOWN, f"{SHANGHE}/二组"),
        ("村头大桥栏杆断了", TOWN, SHANGHE),
        ("村头桥栏杆", TOWN, SHANGHE),
        ("村头大树倒了", TOWN, None),  # no bridge
        ("箐口垮了", TOWN, f"{SHANGHE}/箐口组"),
        ("河口村桥头", TOWN, HEKOU),  # 桥头组 is in another village, and every bridge has a 桥头
        ("新松村口", TOWN, SONGLING),
        # another village that nobody knows
        ("下河口村的井", TOWN, None),
        ("新河口村三组", TOWN, None),
        ("龙潭村三组", HEKOU, None),
        ("新老粮站", SHANGHE, None),
        # another township only where it is named
        ("观音洞", TOWN, None),
        ("石板村一组", TOWN, None),
        ("大庙镇石板村一组观音洞", TOWN, f"{OTHER}/石板村/一组"),
        ("大庙镇河口村三组", TOWN, f"{OTHER}/河口村/三组"),
        ("大庙镇政府门口", TOWN, OTHER),
        ("大庙镇和示例镇交界", TOWN, COUNTY),
        ("往大庙镇方向，河口村三组", TOWN, f"{HEKOU}/三组"),
        ("往清水镇方向，河口村三组", TOWN, f"{HEKOU}/三组"),
        ("清水镇河口村三组", TOWN, None),  # a township that nobody knows
        ("示例镇河口村", TOWN, HEKOU),
        ("示例镇街上", TOWN, TOWN),
        ("云南省示例州示例县示例镇河口村三组", "", f"{HEKOU}/三组"),
        ("河口村三组", "", COUNTY),  # nobody knows whose: two townships have one
        ("石板村", COUNTY, f"{OTHER}/石板村"),
        # typed by sound
        ("河扣村三组", TOWN, f"{HEKOU}/三组"),
        ("河扣村三组", SHANGHE, f"{HEKOU}/三组"),
        ("老良站", HEKOU, f"{HEKOU}/三组"),
        ("老良站", TOWN, TOWN),
        ("松林村", TOWN, SONGLING),  # lin and ling
        ("觀音洞那里，大廟鎮", TOWN, f"{OTHER}/石板村/一组"),  # traditional
    ],
)
def test_words_lead_to_the_most_precise_place(words: str, region: str, path: str | None):
    assert found(words, region) == path


@given(
    st.text(alphabet="河口上村三组3老粮站大庙镇石板一和往方向 、桥头13松岭第二网格", max_size=20),
    st.sampled_from(["", COUNTY, TOWN, HEKOU, f"{SHANGHE}/一组"]),
)
def test_whatever_is_said_the_place_is_known_and_of_the_own_township_unless_another_is_named(words: str, region: str):
    path = found(words, region)
    assert path is None or path in {place.path for place in PLACES}
    if path and path.startswith(OTHER) and region.startswith(TOWN):
        assert "大庙镇" in words.replace(" ", "")
