"""What a helper says of households, in his own words: each claim finds its row of the roll, or is asked about."""

import pytest

from assistant.evacuation import Household
from assistant.evacuation.phrases import Kind
from assistant.evacuation.telling import read, sheltered
from tests.test_evacuation_sums import ROLL, VILLAGE

MA, WANG, LI, ZHOU, OLD_ZHOU = range(1, 6)
ZHAO = Household(id=6, region=f"{VILLAGE}/三组", head="赵永福", members=2)
HOMES = [*ROLL, ZHAO]
CLAIMS = [
    ("十一家喊到十家 马老三家门锁着", {MA: "not_reached"}),
    ("王奶奶背出来了 到学校了", {WANG: "arrived"}),  # the second half names nobody
    ("李四死活不走 他儿子在场", {LI: "refused"}),
    ("马老三、李四两家没人，其他都喊到了", {MA: "not_reached", LI: "not_reached"}),
    ("麻老三家走了", {MA: "left"}),  # by ear
    ("malaosan 走了", {MA: "left"}),  # no Chinese keyboard
    ("国强家准备走", {MA: "knocked"}),  # not gone yet
    ("桂英奶奶送到县医院了", {WANG: "arrived"}),  # not away, though 县 is named
    ("周大爷走不动", {OLD_ZHOU: "helpless"}),  # the old one of two Zhou
    ("三组的老周家喊到了", {OLD_ZHOU: "knocked"}),  # the group decides
    ("李四劝走了，和王桂英一起到学校了", {LI: "arrived", WANG: "arrived"}),
    ("没喊到马老三家", {MA: "not_reached"}),  # the name comes last
    ("还差马老三家", {MA: "not_reached"}),
    ("刚才说错了，李四家没走", {LI: "not_moved"}),
    ("李四又跑回去了", {LI: "home"}),
    ("李四想回去看看猪", {LI: "wants_back"}),
    ("李四不走了，就在家里", {LI: "refused"}),  # 走了 stands in it
    ("王奶奶去女儿家了", {WANG: "arrived"}),
    ("马老三家锁门，人在昆明打工，他弟弟说的", {MA: "away"}),  # locked is only why nobody opened
    ("李四家水管爆了", {}),
    ("李四家到了没有", {}),  # a question
    ("收到，马上去喊", {}),
    ("李家寨都走了", {}),  # a place
    ("老师家访去了", {}),  # 老师 is no 老师某
]


@pytest.mark.parametrize(("text", "claims"), CLAIMS)
def test_a_message_finds_its_households(text: str, claims: dict[int, str]):
    assert {claim.household: claim.kind for claim in read(text, HOMES).claims} == claims


def test_a_name_of_two_is_asked_about_with_what_was_said():
    told = read("老周家在县城打工 电话问了", HOMES)
    assert told.claims == ()
    (unclear,) = told.unclear
    assert unclear.households == (ZHOU, OLD_ZHOU)
    assert (unclear.claim.kind, unclear.claim.proof) == (Kind.AWAY, "电话问了")


def test_witness_and_proof_stand_beside_what_is_said():
    (refused,) = read("李四死活不走 他儿子在场", HOMES).claims
    assert (refused.words, refused.witness) == ("死活不走", "他儿子在场")
    (away,) = read("赵永福家在县城打工 电话问了", HOMES).claims
    assert away.proof == "电话问了"


def test_somebody_who_is_not_on_the_roll_is_named():
    told = read("钱七家还没走，名单上没有", HOMES)
    assert told.strangers == ("钱七",)
    assert told.claims == ()


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("都到齐了", Kind.ARRIVED),
        ("都喊到了", Kind.KNOCKED),
        ("全部转移完了", Kind.LEFT),
        ("李四不肯走，其他都走了", Kind.LEFT),
        ("李四和王奶奶两家都走了", None),  # 都 means the two
        ("李家寨都走了", None),  # another place
        ("都没走", Kind.NOT_MOVED),
    ],
)
def test_all_of_them(text: str, whole: Kind | None):
    assert read(text, HOMES).whole == whole


@pytest.mark.parametrize(
    ("text", "level", "numbers"),
    [
        ("十一家喊到十家", Kind.KNOCKED, (11, 10, 0)),
        ("转移了五户", Kind.LEFT, (None, 5, 0)),
        ("又走了两家", Kind.LEFT, (None, None, 2)),
    ],
)
def test_numbers_without_names(text: str, level: Kind, numbers: tuple[int | None, int | None, int]):
    told = read(text, HOMES)
    assert told.level == level
    assert (told.numbers.total, told.numbers.reached, told.numbers.added) == numbers


def test_one_less_than_before():
    assert read("又少了一户", HOMES).fewer == 1
    assert read("少说话", HOMES).fewer == 0


@pytest.mark.parametrize(
    ("text", "is_keeper", "counts"),
    [
        ("学校到了9户32人", False, (9, 32)),
        ("上河小学住下九户三十二人", False, (9, 32)),
        ("9户32人到了", True, (9, 32)),
        ("现在32个人", True, (None, 32)),
        ("9户32人到了", False, None),  # where?
        ("学校到了", True, None),
        ("学校到了9户没有", True, None),  # a question
    ],
)
def test_the_count_of_a_shelter(text: str, is_keeper: bool, counts: tuple[int | None, int | None] | None):
    said = sheltered(text, ["上河小学"], is_keeper=is_keeper)
    assert (said and (said.households, said.persons)) == counts


@pytest.mark.parametrize(
    ("text", "kind"),
    [("我家走了", "left"), ("我妈走不动", "helpless"), ("我们到学校了", "arrived"), ("我们不走", "refused")],
)
def test_a_household_speaks_of_itself(text: str, kind: str):
    (claim,) = read(text, HOMES, HOMES[2]).claims
    assert (claim.household, claim.kind) == (LI, kind)
