"""A person's own data by chat: 导出我的数据, and 删除我的数据 with a numbered confirmation."""

import re

from assistant.desk.notices import plain
from assistant.desk.orders import tidy
from assistant.people import Person, Role
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.store import Work, personal
from assistant.wording import privacy as wording

OWN = r"(?:我的|我全部的|我所有的|本人的?)(?:所有|全部)?(?:个人)?(?:数据|信息|资料|聊天记录|账号|隐私)"
# 导出我的数据 · 怎么导出数据
EXPORT = re.compile(rf"(?:请|帮我)?(?:导出|下载|查看|看看?|拷贝|复制)(?:一下)?{OWN}(?:有哪些)?")
# 删除我的数据 注销账号 · 把这条删除
ERASE = re.compile(
    rf"(?:请|帮我|我要)?(?:删除|删掉|清除|抹掉|注销)(?:一下)?{OWN}|(?:我要)?注销(?:我的)?账号|把{OWN}(?:都|全)?(?:删了|删除|删掉)(?:吧)?"
)
CONFIRM, KEEP = {"1", "确认删除", "确认", "1确认删除", "1.确认删除"}, {"2", "不删", "不删了", "2不删", "2.不删"}


def attend(text: str, incoming: Incoming, person: Person, work: Work, _rules: Rules) -> list[Outgoing] | None:
    """Attend to what a person wants of the own data; None where a message is something else.

    A bare 1 is an answer only directly after the question: the message before it asked to erase.
    """
    order = tidy(text)
    if EXPORT.fullmatch(order):
        return [plain(wording.summary(personal.counts(work, person), personal.cases(work, person)))]
    if ERASE.fullmatch(order):
        return [
            plain(wording.STAFF_FIRST)
            if _is_staff(work, person)
            else plain(wording.ERASE_PROMPT, wording.ERASE_OPTIONS)
        ]
    if order in CONFIRM | KEEP and _was_asked(work, incoming):
        return [plain(_answered(order, person, work))]
    return None


def _answered(order: str, person: Person, work: Work) -> str:
    if order in KEEP:
        return wording.KEPT
    work.at_the_end(lambda ending: _erase(ending, person))
    return wording.ERASED


def _erase(work: Work, person: Person) -> None:
    personal.erase(work, person)


def _was_asked(work: Work, incoming: Incoming) -> bool:
    before = work.turns(incoming.channel, incoming.sender, 1)
    return any(reply.text == wording.ERASE_PROMPT for turn in before for reply in turn.replies)


def _is_staff(work: Work, person: Person) -> bool:
    return any(grant.role != Role.VILLAGER for grant in work.grants(person))
