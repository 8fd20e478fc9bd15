"""What of a report others may read (对外文字): the matter and the place, never who reported."""

import re

from assistant.hazards import Hazard, public
from assistant.incidents import Incident
from assistant.masking import mask
from assistant.wording.terms import CATEGORIES

# 我家后面 屋头 · 王家屋后 孙家沟
OWN_PLACE = re.compile(r"[我俺咱]|本人|自家|家里|屋头|隔壁|邻居")
COUNTY = 3
"""Names of a path down to the county."""
WITHHELD = "（报的人要求匿名，原话不转；{category}方面的隐患）"
VAGUE_PLACE = "{region}某处"


def public_text(hazard: Hazard | Incident) -> str:
    """Return what was reported as others may read it: without numbers of telephones, and without the anonymous reporter."""
    text = public.public_text(hazard)
    return text or WITHHELD.format(category=CATEGORIES.get(hazard.category, CATEGORIES["other"]))


def public_place(hazard: Hazard | Incident) -> str:
    """Return where it is, region and the reporter's words; words that tell who the reporter is are left out."""
    region = short_region(hazard.region)
    if not hazard.place:
        return region or "地点不详"
    if is_vague(hazard):
        return VAGUE_PLACE.format(region=region)
    return mask(hazard.place if hazard.place.startswith(region) and region else f"{region} {hazard.place}".strip())


def is_vague(hazard: Hazard | Incident) -> bool:
    """Say whether the place is withheld because it tells who reported."""
    return hazard.is_anonymous and bool(OWN_PLACE.search(hazard.place))


def is_at_home(hazard: Hazard | Incident) -> bool:
    """Say whether a report is about the reporter's own home: such a point would tell where they live."""
    return bool(OWN_PLACE.search(hazard.place) or OWN_PLACE.search(hazard.text))


def short_region(region: str) -> str:
    """Return what a path names below the county: 示例镇上河村; of a higher place its own name."""
    parts = region.split("/")
    return "".join(parts[COUNTY:]) or parts[-1]
