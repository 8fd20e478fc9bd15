"""What the Open311 interface says: services, what stands behind open and closed, updates, and what was wrong with a request."""

from assistant.hazards import HazardState
from assistant.hazards.steps import Action
from assistant.wording.terms import CATEGORIES

CONTACT = "请与本地乡镇（街道）应急办联系。"
KEY_SERVICE = "上报要用密钥（api_key），请向本地乡镇（街道）应急办申请；查询不用密钥。"
GROUP = "隐患上报"
SERVICES = {
    "geological": "滑坡、泥石流、落石、地面塌陷、护坡挡墙开裂",
    "flood": "山洪、积水、河堤、水库山塘、排水沟涵",
    "fire": "消防通道、电动车充电、室内电线、动火作业",
    "forest_fire": "林区和草原用火、防火通道、隔离带",
    "gas": "管道燃气、煤气罐、燃气热水器、沼气",
    "building": "自建房、危房、工地、脚手架、外墙",
    "traffic": "道路、桥梁、隧道、车辆、农机",
    "mine": "矿山、采石场、尾矿库、私挖乱采",
    "chemical": "危险化学品、油库、烟花爆竹、实验室",
    "limited_space": "化粪池、沼气池、地窖、水井、下水道",
    "electricity": "架空线、电杆、变压器、漏电",
    "public_facility": "井盖、路灯、健身器材、树木、电梯",
    "weather": "大风、结冰、积雪、高温、雷电",
    "water_safety": "溺水风险、渡船、冰面",
    "other": "动物、食物中毒、人群聚集、饮用水等",
}
CASUALTIES = "有没有人受伤或被困"
CASUALTIES_HELP = "有人正处在危险中，请先打119、120、110，再上报。"
CASUALTIES_VALUES = {"no": "没有", "yes": "有", "unknown": "不清楚"}
STATUS_NOTES = {
    HazardState.REGISTERED: "已登记，正在安排。",
    HazardState.ACCEPTED: "已立案，正在安排。",
    HazardState.ASSIGNED: "已派单，等签收。",
    HazardState.SIGNED: "已签收，准备处理。",
    HazardState.RECTIFYING: "正在整改。",
    HazardState.SUBMITTED: "整改完了，等复查。",
    HazardState.REOPENED: "没弄好，已重新打开。",
    HazardState.CLOSED: "复查合格，已销号。",
    HazardState.CALLED_BACK: "复查合格，已销号，已回访。",
    HazardState.REJECTED: "到现场核实，情况不属实。",
    HazardState.WITHDRAWN: "报的人已撤回。",
    HazardState.DUPLICATE: "和另一件是同一处，并在一起处理。",
}
MERGED = "和 {main} 是同一处，并在一起处理。"
INCIDENT_NOTES = {"open": "已作为突发事件转给值守人员。", "closed": "这件突发事件已经处理结束。"}
UPDATES = {
    Action.REGISTER: "已登记。",
    Action.ACCEPT: "已立案。",
    Action.ASSIGN: "已派单，等签收。",
    Action.SIGN: "已签收。",
    Action.RECTIFY: "开始整改。",
    Action.SUBMIT: "整改完了，等复查。",
    Action.FAIL: "复查不合格，继续整改。",
    Action.CLOSE: "复查合格，已销号。",
    Action.CALL_BACK: "已回访。",
    Action.SATISFY: "报的人说弄好了。",
    Action.REOPEN: "重新打开。",
    Action.REJECT: "到现场核实，情况不属实。",
    Action.WITHDRAW: "报的人撤回了。",
    Action.MARK_DUPLICATE: "和另一件是同一处，并案处理。",
}
"""Kinds of events that the public may read, without reasons and names."""
NOTICE = "已登记，编号{number}。有人有危险时，请先打119、120、110。"
EMERGENCY = (
    "听起来有人有危险！请马上打119（火灾、救援）、120（急救）或110，电话要您自己打。已转给值守人员，编号{number}。"
)
NO_PHOTO = "照片链接没有保存，请用聊天或网页发照片。"
PROBLEMS = {
    "format": "只有 .xml 和 .json 两种格式。",
    "service": "没有 {value} 这个服务（service_code），请先查 services。",
    "request": "没有编号为 {value} 的记录。",
    "missing": "缺少 {value}。",
    "long": "{value} 太长，最多 {limit} 个字。",
    "point": "lat 和 long 要一起给，用 WGS-84 的度数，例如 25.1872 和 100.3211。",
    "where": "请给位置：lat 和 long，或者 address_string。",
    "value": "{value} 的值不对。",
    "date": "{value} 不是带时区的时间，例如 2026-07-01T00:00:00+08:00。",
    "jurisdiction": "没有 {value} 这个地方（jurisdiction_id），请写地名，例如 云南省/示例州/示例县/示例镇。",
    "off": "这里没有开通接口上报（没有设置 YINGDA_OPEN311_KEY），只能查询。",
    "key": "api_key 不对，或者没有给。",
    "pace": "请求太多，请过一分钟再试。",
    "failed": "现在没有办成，请稍后再试。",
}


def service_name(code: str) -> str:
    """Return how a class of hazard is called."""
    return CATEGORIES.get(code, code)


def problem(kind: str, **details: object) -> str:
    """Return what was wrong with a request."""
    return PROBLEMS[kind].format(**details)


def status_notes(state: str, main: str) -> str:
    """Return what stands behind open or closed."""
    if main and state == HazardState.DUPLICATE:
        return MERGED.format(main=main)
    return STATUS_NOTES[HazardState(state)]
