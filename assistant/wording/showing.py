"""What of a report others may read (对外文字): the matter and the place, never who reported."""

import re

from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.missed.masking import mask
from assistant.wording.terms import CATEGORIES

SENTENCE = re.compile(r"[^。！？!?；;，,\n\s]+[。！？!?；;，,]*")
# 我家 我们 俺 本人 我妈 · 自我 我国 (left out all the same: a lost clause costs a question, a name costs trust)
SELF = re.compile(
    r"[我俺咱偶]|本人|自己|自家|家里|屋头|邻居|隔壁|老公|老婆|媳妇|孩子|娃|爸|妈|爹|娘|爷|奶|公公|婆婆|儿子|女儿|姑娘|孙[子女]"
    r"|匿名|保密|别说|莫说|不要说|不想让|怕.{0,4}(?:报复|晓得|知道)|电话|微信|姓|叫"
)
# 我家后面 屋头 · 王家屋后 孙家沟
OWN_PLACE = re.compile(r"[我俺咱]|本人|自家|家里|屋头|隔壁|邻居")
WITHHELD = "（报的人要求匿名，原话不转；{category}方面的隐患）"
VAGUE_PLACE = "{region}（具体位置请联系值班室核实）"


def public_text(hazard: Hazard | Incident) -> str:
    """Return what was reported as others may read it: without numbers of telephones, and without the anonymous reporter.

    Of an anonymous report only the clauses remain that do not speak of a person.
    """
    if not hazard.is_anonymous:
        return mask(hazard.text)
    kept = [part.group().strip() for part in SENTENCE.finditer(hazard.text) if not SELF.search(part.group())]
    text = " ".join(part for part in kept if len(part) > 1).rstrip("，,；;")
    return mask(text) if text else WITHHELD.format(category=CATEGORIES.get(hazard.category, CATEGORIES["other"]))


def public_place(hazard: Hazard | Incident) -> str:
    """Return where it is, region and the reporter's words; words that tell who the reporter is are left out."""
    region = short_region(hazard.region)
    if not hazard.place:
        return region or "地点不详"
    if hazard.is_anonymous and OWN_PLACE.search(hazard.place):
        return VAGUE_PLACE.format(region=region)
    return mask(hazard.place if hazard.place.startswith(region) and region else f"{region} {hazard.place}".strip())


def short_region(region: str) -> str:
    """Return the last two names of a path: 示例镇上河村."""
    return "".join(region.split("/")[-2:]) if region.count("/") > 2 else region.split("/")[-1]
