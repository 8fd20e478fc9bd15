"""A person's own data by chat: 导出我的数据, and 删除我的数据 with a numbered confirmation."""

import re

from assistant.desk.notices import plain
from assistant.desk.orders import tidy
from assistant.people import Person, Role
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.store import Work, personal, rolls
from assistant.wording import privacy as wording

OWN = r"(?:我的|我全部的|我所有的|本人的?)(?:所有|全部)?(?:个人)?(?:数据|信息|资料|聊天记录|账号|隐私)"
# 导出我的数据 · 怎么导出数据
EXPORT = re.compile(rf"(?:请|帮我)?(?:导出|下载|查看|看看?|拷贝|复制)(?:一下)?{OWN}(?:有哪些)?")
# 删除我的数据 注销账号 · 把这条删除
ERASE = re.compile(
    rf"(?:请|帮我|我要)?(?:删除|删掉|清除|抹掉|注销)(?:一下)?{OWN}|(?:我要)?注销(?:我的)?账号|把{OWN}(?:都|全)?(?:删了|删除|删掉)(?:吧)?"
)
THING = r"(?:数据|信息|资料|东西|聊天记录|隐私|电话|名字|姓名)"
# 你这存了我什么信息 给我导一份出来 · 你们存了多少沙袋
ASKED = re.compile(
    rf"(?<!不)(?<!别)(?<!莫)(?<!勿)(?<!不能)(?<!不要)(?<!不想)(?<!不准)(?<!没)(?<!没有)(?:存|留|有|记|保存|掌握|收集|知道)(?:着|了|过|下)?(?:些)?(?:关于|有关)?(?:我|俺|咱|额)(?:的)?(?:哪些|哪样|什么|啥子?|嘛|多少|些什么)?(?:个人)?{THING}"
    rf"|{OWN}.{{0,6}}(?:导|下载|拷|打印|给我|发我|拿)(?:一份|出来|出一份)?|(?:导|下载|拷|打印)(?:一份|出).{{0,4}}(?:我的|关于我|跟我有关)"
)
# 把跟我有关的全删喽 我的名字电话都别留 · 把我报的那条删了
WISHED = re.compile(
    rf"(?:跟|和|与|关于)我(?:有关|相关)?的.{{0,8}}(?:删|清|抹|注销|别留|不要留)|{OWN}.{{0,8}}(?:删|清掉|抹|注销|别留|不要留)|(?:删|清|抹)(?:掉|除|了|光)?(?:所有)?(?:关于)?(?:我|俺)的(?:所有|全部)?(?:个人)?{THING}"
    rf"|(?:我的?|俺的?)(?:名字|姓名|电话).{{0,6}}(?:全|都|也|统统)?.{{0,2}}(?:删|抹|清)"
)
# 把我邻居佟二姐的也给我导一份 · 把我的导一份
OTHERS = re.compile(
    r"(?:邻居|隔壁|别人|人家|他家?|她家?|老[\u4e00-\u9fff]|[二三大小][姐哥嫂爷叔婶娘]|媳妇|亲戚|村里人?|同事|领导).{0,8}的.{0,6}(?:导|下载|拷|打印|删|抹|查出来)(?:一份|出来|掉|了|给我)?"
)
# 那窟窿的事别跟着删了 · 别删我的
CASE_STAYS = re.compile(
    r"(?:别|莫|不要|不能|可别|千万别).{0,6}(?:删|丢|没了|弄没)|还(?:得|要|会|能)?.{0,4}(?:修|办|管|处理|查)"
)
CONFIRM, KEEP = {"1", "确认删除", "确认", "1确认删除", "1.确认删除"}, {"2", "不删", "不删了", "2不删", "2.不删"}


def attend(text: str, incoming: Incoming, person: Person, work: Work, _rules: Rules) -> list[Outgoing] | None:
    """Attend to what a person wants of the own data; None where a message is something else.

    A bare 1 is an answer only directly after the question: the message before it asked to erase.
    """
    order = tidy(text)
    if OTHERS.search(order):
        return [plain(wording.NOT_OTHERS)]
    if EXPORT.fullmatch(order) or (ASKED.search(order) and not ERASE.fullmatch(order)):
        return [plain(wording.summary(personal.counts(work, person), personal.cases(work, person)))]
    if ERASE.fullmatch(order) or WISHED.search(order):
        return [plain(wording.STAFF_FIRST) if _is_staff(work, person) else _ask_to_erase(work, person)]
    if order in CONFIRM | KEEP and _was_asked(work, incoming):
        return [plain(_answered(order, person, work))]
    if CASE_STAYS.search(order) and _was_asked(work, incoming):
        return [plain(f"{wording.CASES_STAY}\n{wording.ERASE_PROMPT}", wording.ERASE_OPTIONS)]
    return None


def _ask_to_erase(work: Work, person: Person) -> Outgoing:
    """Ask once more, and say what stays on the roll where the person's household stands there."""
    stays = [wording.ROLL_STAYS] if rolls.own_households(work.session, person) else []
    return plain("\n".join([*stays, wording.ERASE_PROMPT]), wording.ERASE_OPTIONS)


def _answered(order: str, person: Person, work: Work) -> str:
    if order in KEEP:
        return wording.KEPT
    work.at_the_end(lambda ending: _erase(ending, person))
    return wording.ERASED


def _erase(work: Work, person: Person) -> None:
    personal.erase(work, person)


def _was_asked(work: Work, incoming: Incoming) -> bool:
    before = work.turns(incoming.channel, incoming.sender, 1)
    return any(reply.text.endswith(wording.ERASE_PROMPT) for turn in before for reply in turn.replies)


def _is_staff(work: Work, person: Person) -> bool:
    return any(grant.role != Role.VILLAGER for grant in work.grants(person))
