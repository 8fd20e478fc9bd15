"""What a question is about that the documents here cannot hold (别处): another province, another law."""

import re

from assistant.documents import Catalogue, ladder

PROVINCES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 台湾 香港 澳门"
).split()
"""The 34 areas of the provincial level, as people call them. Source: 中华人民共和国行政区划, 2024."""
# 河南那边的规定 · 河南人, 北京路, 四川话: a person or a thing from there
PLACE = re.compile(
    rf"({'|'.join(PROVINCES)})(?!人|话|菜|路|街|籍|老家|打工|上班|白药|媳妇|老板|娃|大学)(?:省|市|自治区|特别行政区)?"
)
AMONG = re.compile(
    r"(?<!办)(?<!方)(?<!做)(?<!想)(?<!说)(?<!没)(?<!无)(?<!用)(?<!看)(?<!执)(?<!依)(?<!合)(?<!违)(?<!守)(?<!普)法"
)
LAW = re.compile(
    r"《([^《》]*(?:法|条例|民法典))》"
    rf"|([\u4e00-\u9fff]{{2,12}}{AMONG.pattern})(?:里|中|上|的|第|规定|怎么|咋|对|有|是)"
    r"|([\u4e00-\u9fff]{2,10}条例)|(刑法|民法典)|(条例)"
)
"""按安全生产法规定 · near miss: 有没有办法的, 违法的"""
LEAD = re.compile(
    r".*(?:按照|根据|依据|按|依|违反|那个|这个|咱们|我们|国家|请问|问下|想问|关于|在|有|看|查|和|跟|对|的)(?=[\u4e00-\u9fff]{2,}(?:法|条例))"
)
"""What people say before the name of a law."""


def other_place(question: str, catalogue: Catalogue, region: str) -> str:
    """Return the province that a question names and of which nothing is held, else nothing.

    region: the asker's place; a question that also names his own province compares and is left alone.
    """
    own = " ".join([*ladder(region), *(document.region for document in catalogue.values())])
    named = [found[1] for found in PLACE.finditer(question)]
    return next((place for place in named if place not in own), "")


def other_law(question: str) -> str:
    """Return the law or regulation that a question names, else nothing."""
    found = LAW.search(question)
    if found is None:
        return ""
    return LEAD.sub("", next(name for name in found.groups() if name))
