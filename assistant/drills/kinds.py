"""Which duties become items (事项种类), who must do each, and how people call them."""

import re

from assistant.obligations import Obligation, ObligationKind

K = ObligationKind
FOLLOWED = (K.DRILL, K.SPECIAL_DRILL, K.INSPECTION, K.TRAINING, K.PLAN_REVISION, K.SUPPLIES, K.PUBLICITY)
"""Duty, answers to calls and reports have clocks of their own; funding and teams are no act of one day."""
DRILLS = (K.DRILL, K.SPECIAL_DRILL)
CHECKED = (K.DRILL, K.SPECIAL_DRILL, K.TRAINING)
# 各村 村（社区） 村委会 · near miss: 农村公路, 村民
OF_VILLAGES = re.compile(r"各?(?<!农)村(?!民|庄|镇|级以上)|社区|居委会|每个?村")
# 镇应急办会同各村: the town does it with the villages
OF_TOWN = re.compile(r"乡镇|镇|街道|乡(?!村)")
# 乡镇（街道）和村（社区）: each by itself · near miss: 镇应急办会同各村, 镇和上河村
OF_BOTH = re.compile(r"(?:乡镇|镇|街道|乡)(?:（[^）]*）)?(?:和|与|及|以及|、)(?:各)?(?:行政)?(?:村(?!民)|社区)")
SPECIAL = re.compile(
    r"山洪|地质灾害|滑坡|泥石流|防汛|洪涝|森林(?:草原)?(?:防火|防灭火|火灾)|消防|火灾|地震|燃气|转移避险|转移|避险|疏散|逃生|断电断网|桌面"
)
WORDS = ((K.TRAINING, re.compile(r"培训|轮训")), (K.INSPECTION, re.compile(r"巡查|检查|排查|巡护")))


def is_checked(kind: str) -> bool:
    """Say whether an item of this kind counts only when somebody else has looked at it."""
    return kind in CHECKED


def is_drill(kind: str) -> bool:
    """Say whether it is a drill of either kind."""
    return kind in DRILLS


def kind_in(words: str) -> tuple[ObligationKind, str]:
    """Return the kind of what somebody plans or has done, and what it is about: 山洪演练 → special_drill, 山洪."""
    found = SPECIAL.search(words)
    subject = found.group() if found else ""
    for kind, pattern in WORDS:
        if pattern.search(words) and "演练" not in words:
            return kind, subject
    return (K.SPECIAL_DRILL if subject else K.DRILL), subject


def is_of_both(obligation: Obligation) -> bool:
    """Say whether the township and each village must do it, each by itself."""
    return OF_BOTH.search(obligation.who) is not None


def is_of_villages(obligation: Obligation) -> bool:
    """Say whether each village must do it, by the words for who must."""
    found = OF_VILLAGES.search(obligation.who)
    upper = OF_TOWN.search(obligation.who)
    return found is not None and (upper is None or found.start() < upper.start())
