"""Questions about one household (我家往哪走, 马老三家谁负责): its card and its helper, for those who may."""

import re

from assistant.desk import evacuationcards as cards
from assistant.desk.evacuationrows import with_homes
from assistant.desk.knowledge import plain
from assistant.evacuation import Household
from assistant.evacuation.naming import mentions
from assistant.evacuation.phrases import levelled
from assistant.people import Person
from assistant.ports import Outgoing
from assistant.store import Work
from assistant.store import evacuation as stored
from assistant.wording import evacuation as words
from assistant.wording import households as wording

WHERE = r"(?:往|朝|走|去|到|在)(?:哪|那里|哪条|什么地方)"
# 我家往哪走 我们家该去哪躲 我家的明白卡 我家归谁管 · 我家门口的路往哪报
OWN = re.compile(
    rf"^(?:请问|要是|万一|如果|转移|撤离|避险|下大雨|涨水|出事|通知|了|的话|时候|时|，|, )*(?:我|俺|咱)们?家?(?:要是|该|应该|得|要|的|转移|撤离|避险|现在|到时候)*"
    rf"(?:{WHERE}(?:里|儿|个方向|条路)?(?:走|去|转移|转|撤|躲|避|避险|安置)*|(?:避险)?明白卡|(?:归|由|是|找)?(?:谁|哪个)(?:来|在)?(?:管|负责|帮|帮转|接|背|喊)(?:我|我们|我家|俺)?|安置点(?:在|是)哪里?|帮转人是谁)(?:啊|呀|呢|嘛|看看|发我)*[？?。]*$"
)
# 马老三家谁负责 · 谁负责值班
WHO = re.compile(
    r"(?:归|由|是|找)?(?:谁|哪个)(?:在|来)?(?:负责|管|帮转?|包保?|联系|接)|(?:帮转人|责任人|负责人)(?:是)?(?:谁|哪个)"
)
# 马老三家的明白卡 马老三家往哪走 马老三家电话 · 马老三家电话打不通
CARD = re.compile(
    rf"明白卡|{WHERE}|(?:安置点|路线)(?:在|是|呢|$)|(?:电话|号码)(?:多少|是|呢|给我|发我|$)|几口人|几个人[？?]?$"
)
OF_HOUSE = re.compile(r"家")


def attend(text: str, person: Person, work: Work) -> list[Outgoing] | None:
    """Answer who asks for the own card, or for one of the households that he may see; None for everything else."""
    said = levelled(text)
    if OWN.search(said):
        return _own(work, person)
    if not OF_HOUSE.search(said) or not (WHO.search(said) or CARD.search(said)):
        return None
    seen = [home for home in stored.roll(work.session) if cards.may_see(work, person, home)]
    named = [home for one in mentions(said, seen) for home in seen if home.id in one.households]
    homes = list({home.id: home for home in named}.values())
    if not homes:
        return None
    tell = _who if WHO.search(said) else _card
    told = [tell(work, person, home) for home in homes[: wording.SHOWN]]
    more = [wording.MORE.format(count=len(homes) - wording.SHOWN)] if len(homes) > wording.SHOWN else []
    return [plain("\n\n".join([*told, *more]))]


def _own(work: Work, person: Person) -> list[Outgoing] | None:
    homes = [home for home in stored.roll(work.session) if home.person_id == person.id]
    told = [
        wording.way(
            home,
            cards.contact(work, home.helper_id, is_open=True),
            cards.contact(work, home.backup_id, is_open=True),
        )
        for home in homes
    ]
    return [plain("\n\n".join(told))] if told else None


def _card(work: Work, person: Person, home: Household) -> str:
    card = cards.card(work, person, home)
    return wording.shown(home, card.phone, card.lines)


def _who(work: Work, person: Person, home: Household) -> str:
    """Return who sees to a household now: while it is on the move, whoever has the list."""
    is_open = cards.card(work, person, home).phone == home.phone
    row = with_homes(work, stored.open_transfers(work.session)).of(home.id or 0)
    now = row.helper if row is not None else home.helper_id
    backup = home.backup_id if home.backup_id != now else None
    state = words.STATES[row.stands] if row is not None else ""
    return wording.who(
        home,
        cards.contact(work, now, is_open=is_open),
        cards.contact(work, backup, is_open=is_open),
        state,
    )
