"""What an owner, a map or another villager may read of a report (公开的话): the matter, not who told of it.

A telephone number is nobody's business but of the few who may open the sealed identity. Of an anonymous report every
word goes that leads to its writer: who they are to the place, how they came to see it, and that they asked for silence.
Where a rule cannot tell, the words go: the whole text stays in the case for those who may read it.
"""

import re
from typing import Protocol

from assistant.hazards.things import things, wrongs
from assistant.masking import MASK, mask
from assistant.script import simplified

ME = "(?:我们?|俺们?|咱们?|本人|自己|阿拉|我等)"
KIN = (
    "(?:老公|老婆|媳妇|婆娘|爱人|对象|儿子|女儿|姑娘|娃娃?|孩子|小孩|爸爸?|妈妈?|爹|娘|父亲|母亲|爷爷?|奶奶?|外公|外婆|公公|婆婆|弟弟?|哥哥?"
    "|姐姐?|妹妹?|叔叔?|大伯|伯伯?|婶婶?|嫂子?|舅舅?|姨妈?|姑妈?|侄子|侄女|侄儿|外甥|孙子|孙女|女婿|亲戚|亲家|表[哥弟姐妹]|堂[哥弟姐妹])"
)
TIED = (
    "(?:邻居|隔壁|员工|职工|工人|临时工|帮工|伙计|服务员|保安|会计|学徒|徒弟|学生|家长|租客|租户|房客|住户|业主|同事|同学|室友|工友|司机|保姆|护工|老师"
    f"|合伙人|股东|客户|前妻|前夫|干活的|打工的|上班的|租房的|住这的|本村的|村民|户主|房东|{KIN[3:-1]})"
)
OWN_PEOPLE = f"(?:{KIN}|老板|房东|领导|班长|组长|队长|师傅|同事|同学|室友|工友|邻居|租客)"
SEEN = "(?:亲眼|经常|老是|天天|昨天|今天|刚刚?|才)?(?:看到|看见|瞧见|瞅见|见到|见着|发现|听到|听见|晓得|知道|闻到|注意到)了?"
CUT = re.compile(r"[^，,。．.！!？?；;：:\s~～…]+[，,。．.！!？?；;：:\s~～…]*")
"""One clause of a text with what ends it."""

# 我是他邻居 作为店里的员工 · 我是在桥头看到的
SELF = re.compile(
    rf"(?:{ME}?(?:就|也|都)?(?:是|作为|当)|{ME})[\u4e00-\u9fff]{{0,10}}?{TIED}(?:之一|而已|来的|的)?(?![\u4e00-\u9fff]{{0,2}}(?:门口|屋))"
)
# 我就在他那儿干活 在他家厂里上了三年班 给他们老板开车
DOES = (
    r"(?:干活|做活|上(?:了?[一二两三四五六七八九十几\d]+[年个天]+)?班|打(?:了?[一二两三四五六七八九十几\d]+[年个天]+)?工|做工|帮工|帮忙"
    r"|当[\u4e00-\u9fff]{1,4}|租[房住]?|住着?|开车|做饭|读书|上学|实习|串门|做客|吃饭|买菜|送货|带娃)(?:的|呢|嘞|了)?"
)
WORKS = re.compile(
    rf"(?:{ME}(?:就|一直|现在|以前|也|都)*(?:在|给|帮|跟|到)|^(?:就|一直|现在|以前|也|都)*(?:在|给|帮|跟|到)(?=[他她它这那]|人家|老板|店里|厂里|矿上|工地))"
    rf"[\u4e00-\u9fff]{{0,10}}?{DOES}"
    r"|^(?:就|也)?(?:住|租)在?(?:[他她它这那]|人家|隔壁|对面|楼)[\u4e00-\u9fff]{0,4}$"
)
# 别说是我 不要讲是我报的 替我保密 我怕报复 匿名 · 别靠近
SECRET = re.compile(
    rf"(?:别|莫|不要|不能|不准|千万|请勿|勿)[\u4e00-\u9fff]{{0,8}}?(?:说|讲|告诉|透露|提|泄露|暴露|写|让)[\u4e00-\u9fff]{{0,8}}?(?:{ME}|名字|出去|知道|晓得|谁|别人|人家|他)"
    r"|(?:老板|人家|他们?|她|邻居|隔壁)[\u4e00-\u9fff]{0,3}?(?:就|会|肯定|要)[\u4e00-\u9fff]{0,2}?(?:知道|晓得)"
    rf"|保密|匿名|报复|不想(?:让|被)|漏嘴|说漏|(?:怕|担心)[\u4e00-\u9fff]{{0,6}}(?:知道|晓得|找|整|骂|打|开除|辞|赶)|得罪|难做人|翻脸|{ME}.{{0,4}}(?:名字|身份|电话|号码|微信|姓)"
)
# 我路过看到 他去他家串门发现: what stands before the verb tells how somebody came to see it
CAME_TO_SEE = re.compile(rf"^[^，,。！!？?；;\n]*?{ME}[^，,。！!？?；;\n]*?(?P<seen>{SEEN})")
SMELT = ("闻到", "听到", "听见")
# 我老板 俺妈 咱们房东 → 有人
OWN_PERSON = re.compile(rf"{ME}(?:的|家|家的)?{OWN_PEOPLE}|{ME}(?=手|脚|腿|头|差点|险些|摔|被|让|给)")
# 我家后面 俺屋里 goes · 王家后面 我们村
OWN_HOUSE = re.compile(
    rf"{ME}(?:家|屋|房子?|屋头|的房子|屋里)(?:的|里头|里|头)?(?:屋|房|家)?(?:后面|后头|背后|前面|前头|门口|门前|旁边|隔壁|对面|楼上|楼下|上面|下面|后|前)?的?"
)
# 我是他侄子 他是我表叔: then 叔叔在塘里炸鱼 says the same
RELATED = re.compile(rf"是[他她它家的]*{KIN}|{ME}[的家]*{KIN}")
KIN_FIRST = re.compile(rf"^[他她]?{KIN}")
# 我是陪读的，租在老教工楼四楼 我叫小陆，在皮草城后面做包
ABOUT_ME = re.compile(rf"^{ME}(?:是|叫|姓|在|系)")
GOES_ON = re.compile(rf"^(?:就|一直|现在|也)*(?:(?:租|住|干|开|上班|打工|做)(?![好完])|在[\u4e00-\u9fff]*?{DOES})")
SOMEBODY = "有人"
ANY_ME = re.compile(ME)


class Told(Protocol):
    """A case as others may read of it: a hazard, or an incident."""

    text: str
    place: str
    is_anonymous: bool


def public_text(hazard: Told) -> str:
    """Return what may be read of the report; empty where that is nothing."""
    masked = mask(hazard.text)
    return without_reporter(masked) if hazard.is_anonymous else masked


def without_reporter(text: str) -> str:
    """Return a text without what leads to its writer.

    >>> without_reporter("我就在他厂里上班，消防门天天锁着，别说是我讲的")
    '消防门天天锁着'
    """
    kept: list[str] = []
    is_about_me = False
    for found in CUT.finditer(text):
        said = found.group()
        goes_on = is_about_me and GOES_ON.search(said) is not None
        left = "" if goes_on else _clause(said)
        is_about_me = goes_on or (not left and ABOUT_ME.search(said) is not None)
        kept.append(left)
    if RELATED.search(text):
        kept = [KIN_FIRST.sub(SOMEBODY, clause) for clause in kept]
    return "".join(kept).strip("，,；;：:。 \n")


def _clause(said: str) -> str:
    """Return a clause as it may be read, empty where it must go."""
    plain = simplified(said)
    if len(plain) != len(said):
        plain = said
    if SECRET.search(plain) or (MASK in plain and ANY_ME.search(plain)):
        return ""
    before, left = plain, CAME_TO_SEE.sub(_perceived, plain)
    body = left.rstrip("，,。．.！!？?；;：:\n~～… ")
    ending = left[len(body) :]
    for pattern in (WORKS, SELF):
        body = pattern.sub("", body)
    left = body + ending
    left = OWN_PERSON.sub(SOMEBODY, OWN_HOUSE.sub("", left))
    if left == before:
        return said if not ANY_ME.search(said) else _without_me(said)
    return _without_me(left)


def _perceived(found: re.Match[str]) -> str:
    """Of how somebody came to know, a smell or a sound stays."""
    return next((verb for verb in SMELT if verb in found["seen"]), "")


def _without_me(clause: str) -> str:
    """Take the writer out of what is left; it stays only where it still tells of the matter."""
    left = ANY_ME.sub("", clause)
    return left if things(left) or wrongs(left) else ""
