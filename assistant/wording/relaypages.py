"""The words of the pages on which a warning is relayed or rehearsed (转发页、演练页)."""

from collections.abc import Sequence

from assistant.wording.callpages import CHANNELS, LEVELS

COLOURS = tuple(LEVELS.items())
EVENTS = (
    "暴雨",
    "山洪",
    "地质灾害",
    "大风",
    "雷电",
    "冰雹",
    "台风",
    "寒潮",
    "暴雪",
    "道路结冰",
    "高温",
    "大雾",
    "森林火险",
)
NO_PLACE = "请勾选要通知的地方。"
NO_EVENT = "请写上是什么预警，例如暴雨。"
NO_LEVEL = "请选颜色；发布单位没有分级的，选“没有分级”。"
BAD_MOMENT = "时间没有看懂，请重新选一下。"
PAST_ONSET = "预计发生的时间已经过去了，请核对。"
LATER_ISSUED = "发布时间比现在还晚，请核对。"
NOT_CAP = "这个文件不是 CAP 1.2 预警（XML），没有收下。请向发布单位要 .xml 原件。"
NOT_UTF8 = "这个文件不是 UTF-8 编码，没有收下。请向发布单位要原件，不要另存。"
CAP_GONE = "没有找到刚才那个文件，请重新上传。"
NO_CHANNEL = "没有绑定，发不到"


def title(event: str, level: str) -> str:
    """Return the title of a warning: 暴雨红色预警."""
    return f"{event}{LEVELS[level]}预警"


UNSURE = "微信（只有公众号，不保证叫得到，请另外打电话）"


def channels(names: Sequence[str]) -> str:
    """Return channels in the order of trying; an official account alone may send nothing two days after the last word."""
    if tuple(names) == ("wechat",):
        return UNSURE
    return "，".join(CHANNELS.get(name, name) for name in names) or NO_CHANNEL


def label(path: str) -> str:
    """Return a place with the one above it: 示例镇 上河村."""
    return " ".join(path.split("/")[-2:])


def short(path: str) -> str:
    """Return the name of a place."""
    return path.rpartition("/")[2]
