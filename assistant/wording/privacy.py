"""What is said about identities and a person's own data (个人信息)."""

from collections.abc import Sequence

from assistant.store.sealed import Opened
from assistant.wording.exports import CHANNELS

NO_NAME = "没有留姓名"
NOBODY = "{number}的报告人身份已经不在了（本人要求删除，或者是系统登记的）。这次查看也记下了。"
ERASE_PROMPT = (
    "删除以后，您的账号、电话、聊天记录和报告人身份都不再保留，照片里的拍摄位置也会抹掉；您报过的隐患还会接着处理，但不再通知您，奖励也领不了。"
    "删了就找不回来。\n1 确认删除\n2 不删"
)
ROLL_STAYS = "您家在村里的转移名册上那一户会留着，危险来了好去接您家的人；名册上只去掉您的账号和电话。"
ERASE_OPTIONS = ("1", "2")
ERASED = "已经删除。我们这里不再有您的个人信息；您报过的事会接着处理。以后再发消息，就当是新来的人。遇到危险请直接打119、110、120。"
CASES_STAY = "放心，报过的隐患不会跟着删，照样有人接着办。"
NOT_OTHERS = "只能导出、删除您本人的。别人的信息我不能给，也不能动；要的话请他本人来说。"
KEPT = "好，没有删除，您的数据都还在。"
STAFF_FIRST = "您在这里有工作身份，办过的事要留底，不能自己删。请先找管理员收回工作身份，再来删除。"
EXPORT_HEAD = "我们这里存着您的这些数据："
EXPORT_TAIL = "要完整的一份（聊天记录、照片清单），请到镇里值班室，凭本人账号导出。要删除，请发“删除我的数据”。"

SURE = "删除以后找不回来：账号、电话、聊天记录、报告人身份都会抹掉，报过的隐患还在。确认删除吗？"
ERASED_ROWS = (
    "已删除：账号 {accounts} 个，消息 {messages} 条，照片和语音 {files} 个（抹去拍摄信息），报告人身份 {cases} 件，"
    "转移名册 {households} 户（去掉账号和电话，这一户还在村里的名册上）。"
)
EXPORTED_TO = "已导出到 {path}。里面是个人信息，交给本人以后请删掉。"


def identities(number: str, opened: Sequence[Opened]) -> str:
    """Return who stands behind a case, for the custodian."""
    if not opened:
        return NOBODY.format(number=number)
    lines = [f"{number}的报告人（这次查看和原因已经记在案里，请勿外传）："]
    lines += [_identity(one) for one in opened]
    return "\n".join(lines)


def _identity(one: Opened) -> str:
    title = "跟着关注的人" if one.is_follower else "报告人"
    channels = "、".join(CHANNELS.get(channel, channel) for channel in one.channels) or "没有账号"
    return f"{title}：{one.name or NO_NAME}，电话：{one.phone or '没有留'}，渠道：{channels}"


def summary(counts: dict[str, int], numbers: Sequence[str]) -> str:
    """Return in the chat what is kept of somebody."""
    lines = [
        EXPORT_HEAD,
        f"聊天消息 {counts['messages']} 条，照片和语音 {counts['files']} 个，账号 {counts['accounts']} 个。",
    ]
    if numbers:
        lines.append(f"您报的或关注的：{'、'.join(numbers)}。")
    if counts["households"]:
        lines.append(f"村里转移名册上您家的避险明白卡 {counts['households']} 张，看它请发“我家往哪走”。")
    lines.append(EXPORT_TAIL)
    return "\n".join(lines)
