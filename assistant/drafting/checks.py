"""Which drafted questions can be used: those that a person would type, and that are new.

Nothing that a model returns is trusted: the text of the document, and so whoever wrote it, may have spoken to it.
"""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from assistant.drafting.reading import Candidate

SHORTEST, LONGEST = 4, 100
"""Characters."""
LEAST_HAN = 0.5
"""Share of Chinese among letters and digits."""
MOST_COPIED = {"villager": 10, "cadre": 20, "trainer": 30, "": 20}
"""Characters in one stretch that a question may take over from its clause; terms (综合应急救援队伍) stay possible."""
COPIED_SHARE = 0.8
"""A question that is more than this share one stretch of the clause is the clause itself."""
LONG_NUMBER = re.compile(r"\d{6,}")
"""A telephone or account number: 13800000000 · near miss: 12345, 2025"""
SAME = 90
"""rapidfuzz ratio, 0 to 100, from which two questions for one clause are the same."""
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
LETTER = re.compile(r"[^\W_]")
ASKING = re.compile(
    r"[？?]|谁|什么|啥|哪|几|多少|多久|多大|多远|多长|多高|怎|咋|如何|为何|何时|何种|是否|能否|可否|有无|与否|吗|么|呢|嘛"
    r"|(.)[不没]\1|有没有|没有$|了没|不[？?]?$|还是|给[要会能用有是得]|该找"
    r"|请问|想问|问[一]?下|想知道|想了解|求|不知道|不晓得|不清楚|搞不清|查[一]?[下查]|查[一]?条|帮[我忙]|找[一]?[下找]"
    r"|说说|讲讲|解释|列[出举一]|引用|对比|比较|给个|发我|概括|指出|简述|说明|分别"
)
"""喇叭喊我们走是不是非走不可 · near miss: 请各村做好转移准备。"""
FOREIGN = re.compile(
    r"https?:|www\.|\.(?:com|cn|net|org|io|top|vip)\b|@|[<>{}\[\]\\`|$#*_=~^]|微信号|加微信|二维码|点击|链接|网址|密码|密钥|验证码"
)
"""What leads away from the question, or is markup."""
ROLE = re.compile(
    r"(?i:(?<![a-z])(?:ai|gpt|chatgpt|llm|system|assistant|user|prompt|json|ignore|villager|cadre|trainer)(?![a-z]))"
    r"|语言模型|大模型|人工智能|智能助手|作为一[个名]|抱歉|对不起|很遗憾|我(?:无法|不能|不便)|无法(?:回答|协助|完成|生成|满足|提供)"
    r"|(?:忽略|无视|忘[记掉]|不要?理会).{0,6}(?:以上|上述|上面|前面|之前|此前|所有|一切|指令|要求|提示|规则)"
    r"|(?:以上|上述)(?:要求|指令|内容|规则)|系统提示|提示词|扮演|请输出|输出[：:“]|这一条(?:[对中里]|规定|包括|提到)|本条"
)
"""Words of a model about itself, to a model, or about the clause as a thing that the asker does not see."""


def fitting(found: Iterable[Candidate], clause: str, beside: Iterable[str], taken: Iterable[str]) -> list[Candidate]:
    """Return the candidates that can be used for a clause, in order.

    clause: its text. beside: questions that are known for the same clause (near ones count as the same).
    taken: questions known anywhere in the document.
    """
    near = [_bare(question) for question in beside]
    exact = {_bare(question) for question in taken}
    kept = []
    for candidate in found:
        bare = _bare(candidate.question)
        if bare in exact or any(fuzz.ratio(bare, other) >= SAME for other in near):
            continue
        if is_question(candidate.question) and not is_copied(candidate, clause):
            kept.append(candidate)
            near.append(bare)
    return kept


def is_question(text: str) -> bool:
    """Say whether a text is something that a person types to ask, in Chinese."""
    han, letters = len(HAN.findall(text)), len(LETTER.findall(text))
    return (
        SHORTEST <= len(text) <= LONGEST
        and text.isprintable()
        and han >= SHORTEST - 1
        and han >= LEAST_HAN * letters
        and ASKING.search(text) is not None
        and FOREIGN.search(text) is None
        and ROLE.search(text) is None
    )


def is_copied(candidate: Candidate, clause: str) -> bool:
    """Say whether a question takes its words from the clause, or a number from nowhere."""
    bare = _bare(candidate.question)
    if any(number not in clause for number in LONG_NUMBER.findall(candidate.question)):
        return True
    stretch = _longest_shared(bare, _bare(clause))
    return stretch > MOST_COPIED[candidate.asker] or stretch > COPIED_SHARE * len(bare)


def _bare(text: str) -> str:
    return "".join(LETTER.findall(text)).lower()


def _longest_shared(question: str, clause: str) -> int:
    """Return the length of the longest stretch that stands in both."""
    longest = 0
    for start in range(len(question)):
        while start + longest < len(question) and question[start : start + longest + 1] in clause:
            longest += 1
    return longest
