"""The shapes of real documents: text in, addresses out, indented below their parents; each comment names the trap."""

import pytest

from assistant.clauses import Kind, Outline, join, split


def outline_of(text: str) -> str:
    """The addresses of a text in order, each indented below its parent."""
    outline = split(text)
    assert join(outline) == text
    return "\n".join("  " * unit.depth + unit.address for unit in outline)


def lines(*parts: str) -> str:
    return "\n".join(parts) + "\n"


# a: numbers glued to their text are headings
GLUED = [
    (
        lines("某县预案", "1总则", "1.1编制目的", "为了救人，制定本预案。", "2组织体系", "2.1指挥部", "（1）组织领导。由县长任指挥长。", "（2）组织救援。", "3运行机制", "3.1监测", "24小时监测。"),
        "title\n1\n  1.1\n2\n  2.1\n    2.1/1\n    2.1/2\n3\n  3.1",
    ),
    # 3人员 is a heading, 3人 is a measure; 15人 and 2名 at the start of a line are none
    (lines("1总则", "1.1目的", "甲。", "2应急队伍", "2.1组成", "15人组成，", "2名队长。", "3人员培训", "3.1方式", "乙。"), "1\n  1.1\n2\n  2.1\n3\n  3.1"),
    # a last heading without decimals below it
    (lines("1总则", "1.1目的", "甲。", "2附则", "本预案自发布之日起施行。"), "1\n  1.1\n2"),
    # no decimals at all: the numbers count 1, 2, 3
    (lines("某村预案", "1总则", "为了救人。", "2职责", "村长负责。", "3附则", "即日施行。"), "title\n1\n2\n3"),
    # full-width digits and dots
    (lines("１总则", "１．１目的", "甲。", "１．２依据", "乙。", "２附则", "丙。"), "1\n  1.1\n  1.2\n2"),
]  # fmt: skip
# b: dotted numbers with a blank keep their depth
SPACED = [
    (lines("某预案", "3 应急处置", "3.2 应急响应", "3.2.1 Ⅰ级响应", "启动Ⅰ级响应。", "3.2.2 Ⅱ级响应", "启动Ⅱ级响应。"), "title\n3\n  3.2\n    3.2.1\n    3.2.2"),
    # a tab, an ideographic blank, a full stop behind the number
    (lines("1\t总则", "1.1\t目的", "甲。", "1.2　依据", "乙。", "2. 职责", "2.1. 村", "丙。"), "1\n  1.1\n  1.2\n2\n  2.1"),
    # the list below 2.1 counts to 3, and its 3. is not the heading 3
    (lines("1 总则", "1.1 目的", "甲。", "2 组织", "2.1 指挥部", "1.组长", "2.副组长", "3.成员", "3 运行", "3.1 监测", "乙。"), "1\n  1.1\n2\n  2.1\n    2.1/1\n    2.1/2\n    2.1/3\n3\n  3.1"),
    # pointed headings: the childless 3. is a heading, for no list counts up to it
    (lines("1.总则", "1.1 目的", "甲。", "2.职责", "2.1 村", "乙。", "3.附则", "丙。"), "1\n  1.1\n2\n  2.1\n3"),
    # deep numbers, with text directly below an outer one
    (lines("1 总则", "前文。", "1.1 甲", "1.1.1 乙", "1.1.1.1 丙", "丁。", "1.2 戊", "己。"), "1\n  1.1\n    1.1.1\n      1.1.1.1\n  1.2"),
    # measures, versions and dates at the start of a wrapped line are no headings
    (lines("1 总则", "1.1 目的", "水深达到", "3.5米以上时，", "2.5 公里内的群众", "12.5%的人员转移。", "2025.3.26印发。"), "1\n  1.1"),
    # lost headings: 2.1 is missing, then all of 3
    (lines("1 总则", "1.1 目的", "甲。", "2 职责", "2.2 镇", "乙。", "4.2 报告", "丙。"), "1\n  1.1\n2\n  2.2\n4.2"),
    # a number far ahead, or an outer one, in a sentence: a measure or a cross-reference
    (lines("1 总则", "1.1 目的", "甲。", "1.20 以上的，立即转移。", "乙。"), "1\n  1.1"),
    (lines("3 响应", "3.2 分级", "3.2.1 一级", "甲。", "3.2 的规定适用，立即转移。"), "3\n  3.2\n    3.2.1"),
    (lines("1 总则", "1.1 目的", "甲。", "2.5户左右"), "1\n  1.1"),
    # a list in a text of pointed headings is a list up to its end, though no 2.1 follows
    (lines("1.总则", "1.1 目的", "如下：", "1.子", "2.丑"), "1\n  1.1\n    1.1/1\n    1.1/2"),
    # a number that is printed twice is kept twice
    (lines("1 总则", "1.1 目的", "甲。", "1.2 依据", "乙。", "1.2 范围", "丙。"), "1\n  1.1\n  1.2\n  1/1.2"),
]  # fmt: skip
# c: articles of one thousand and more, inserted articles
THOUSANDS = [
    (lines("某法", "第九百九十九条　甲。", "第一千条　乙。", "第一千零一条　丙。", "第一千零一条之一　丁。"), "title\n999\n1000\n1001\n1001-1"),
    (lines("第一千二百六十条　甲。", "第1261条　乙。", "第一千二百六十二条 丙。"), "1260\n1261\n1262"),
    # old statutes print 一百十五 for 一百一十五
    (lines("第一百十四条　甲。", "第一百十五条　乙。"), "114\n115"),
    (lines("第十条　甲。", "第十条之一　乙。", "第十条之二　丙。", "第十一条　丁。"), "10\n10-1\n10-2\n11"),
]  # fmt: skip
# d: a wrapped cross-reference is no article
WRAPPED = [
    (lines("某办法", "第一条　甲。", "第二条　按照本办法", "第三条规定编制的预案，应当备案。", "第三条　乙。"), "title\n1\n2\n3"),
    # even after a full stop: 第三条规定的 only refers
    (lines("第一条　甲。", "第二条　乙。", "第三条规定的预案，应当备案。", "第三条　丙。"), "1\n2\n  2/p2\n3"),
    (lines("第一章　总则", "第一条　违反本法", "第三章规定的，", "第四条所称的机关处罚。", "第二条　乙。"), "c1\n  1\n  2"),
    (lines("第一条　有下列情形的：", "（一）甲；", "（二）乙。", "符合前款", "（一）项规定的，从其规定。", "第二条　丙。"), "1\n  1/1\n  1/2\n  1/p2\n2"),
    (lines("1 总则", "1.1 目的", "按照本预案", "3.2 的规定执行。", "1.2 依据", "甲。"), "1\n  1.1\n  1.2"),
]  # fmt: skip
# e: a preface between 目录 and 第一章 is kept
PREFACES = [
    (lines("某办法", "目录", "第一章　总则", "第二章　附则", "前言", "为了前言，制定本办法。", "第一章　总则", "第一条　甲。", "第二章　附则", "第二条　乙。"), "title\ntoc\npreamble\nc1\n  1\nc2\n  2"),
    # a paragraph without the word 前言
    (lines("某预案", "目　录", "1 总则", "2 附则", "我镇山高坡陡，为了救人，特制定本预案。", "1 总则", "甲。", "2 附则", "乙。"), "title\ntoc\npreamble\n1\n2"),
    # 前言 stands in the contents page itself
    (lines("某办法", "目录", "前言", "一、总则", "前言", "为了前言，制定本办法。", "一、总则", "甲。"), "title\ntoc\npreamble\ns1"),
]  # fmt: skip
# f: entries of the contents page whose beginning comes again late
CONTENTS = [
    (
        lines("某办法", "目录", "第一章　总则", "第二章　职责", "第三章　总则的解释", "第一章　总则", "第一条　甲总则。", "第二章　职责", "第二条　乙。", "第三章　总则的解释", "第三条　丙。"),
        "title\ntoc\nc1\n  1\nc2\n  2\nc3\n  3",
    ),
    # dots and page numbers, longer than a heading may be
    (lines("某预案", "目录", "1 总则" + "." * 60 + "1", "1.1 目的" + "…" * 20 + "（2）", "2 附则 12", "1 总则", "1.1 目的", "甲。", "2 附则", "乙。"), "title\ntoc\n1\n  1.1\n2"),
    # 第一节 一般规定 stands in every chapter of the contents page
    (
        lines("目录", "第一章　甲", "第一节　一般规定", "第二节　责任", "第二章　乙", "第一节　一般规定", "第一章　甲", "第一节　一般规定", "第一条　子。", "第二节　责任", "第二条　丑。", "第二章　乙", "第一节　一般规定", "第三条　寅。"),
        "toc\nc1\n  c1/j1\n    1\n  c1/j2\n    2\nc2\n  c2/j1\n    3",
    ),
    # the body words a heading otherwise than the contents page; its number comes again
    (lines("目录", "第一章　总则", "第二章　监测与预警", "第三章　附则", "第一章　总则", "第一条　甲。", "第二章　监测预警", "第二条　乙。", "第三章　附则", "第三条　丙。"), "toc\nc1\n  1\nc2\n  2\nc3\n  3"),
    # the annex begins with 第一章 too: the contents page ends at the first one all the same
    (lines("目录", "第一章　总则", "第一章　总则", "第一条　甲。", "附件1 办法", "第一章　总则", "第一条　乙。"), "toc\nc1\n  1\na1\n  a1/c1\n    a1/1"),
    # the title is printed again below the contents page
    (lines("# 某预案", "目录", "一、总则", "# 某预案", "## 一、总则", "甲。"), "title\ntoc\ns1"),
    # annexes in the contents page
    (lines("某预案", "目录", "1 总则", "2 附则", "附件1", "附件2", "1 总则", "甲。", "2 附则", "附件1", "| 名称 |", "| --- |", "| 铜锣 |", "附件2", "乙。"), "title\ntoc\n1\n2\na1\n  a1/r1\na2"),
    # a heading 目录 with nothing below it takes nothing
    (lines("某预案", "目录", "一、总则", "甲。"), "title\ntoc\ns1"),
]  # fmt: skip
# g: 附件：1.清单 after the last clause, and annex tables with rows
ANNEXES = [
    (
        lines("某意见", "一、总体要求", "（一）甲。甲内容。", "（二）乙。乙内容。", "附件：1.重点任务清单", "2.物资清单", "某县人民政府", "2025年1月1日", "附件1", "重点任务清单", "| 序号 | 任务 |", "| --- | --- |", "| 1 | 排查 |", "| 2 | 演练 |", "附件2 物资清单", "| 名称 | 数量 |", "| --- | --- |", "| 铜锣 | 38 |"),
        "title\ns1\n  1\n  2\nimprint\na1\n  a1/1\n  a1/2\na2\n  a2/r1",
    ),
    # the list of annexes line by line, each with its own 附件
    (lines("某意见", "（一）甲。乙。", "附件1：任务清单", "附件2：物资清单", "某县应急局", "2025年1月1日", "附件1 任务清单", "丙。", "附件2 物资清单", "丁。"), "title\n1\nimprint\na1\na2"),
    # 附件： in a line of its own, the entries below
    (lines("（一）甲。乙。", "附件：", "1.任务清单", "2.物资清单", "2025年1月1日", "附件1", "丙。"), "1\nimprint\na1"),
    # one annex without a number, right behind the text
    (lines("（一）甲。乙。", "附件：应急联系表", "| 姓名 | 电话 |", "| --- | --- |", "| 杨示例 | 123 |"), "1\na1\n  a1/r1"),
    (lines("（一）甲。乙。", "附：", "国旗制法说明", "旗面为红色。"), "1\na1"),
    # 附表, 附录 A and 附件1-2 have addresses of their own
    (lines("（一）甲。", "附表1 值班表", "| 日期 |", "| --- |", "| 1日 |", "附录A 联系方式", "乙。", "附件1-2 名单", "丙。"), "1\nt1\n  t1/r1\nx1\na1-2"),
    # 附件 inside a sentence is none; 附件所列 neither; nor 附件1所列 at the start of a wrapped line
    (lines("（一）甲。详见附件1。", "附件所列物资由镇统一保管", "附件1所列物资，附件2和附件3所列队伍", "统一调度。"), "1"),
    # the annex has chapters and numbers of its own, the text goes on to count
    (lines("一、甲", "（一）乙。丙。", "附件1 办法", "一、丁", "（一）戊。己。", "（二）庚。辛。", "附件2 细则", "一、壬", "（一）癸。子。"), "s1\n  1\na1\n  a1/s1\n    a1/1\n    a1/2\na2\n  a2/s1\n    a2/1"),
    # a list of annexes at the very end, and no annex: nothing is invented
    (lines("（一）甲。乙。", "附件：任务清单"), "1\nimprint"),
    # the name of an office below the heading of an annex is no signature
    (lines("（一）甲。乙。", "附件1 避难场所", "坝心村活动中心", "容纳800人。"), "1\na1"),
]  # fmt: skip
# h: 一是, 1. and （1） under （一）
ITEMS = [
    (
        lines("某意见", "一、要求", "（一）强化责任。一是压实党政责任；二是压实部门责任。三是压实企业责任。", "（二）开展排查。重点排查：", "1.山洪沟。", "（1）上游。", "（2）下游。", "2.滑坡点。"),
        "title\ns1\n  1\n    1/1\n    1/2\n    1/3\n  2\n    2/1\n      2/1/1\n      2/1/2\n    2/2",
    ),
    # 一是 begins the line: the others are its brothers, not its children
    (lines("（一）原则。", "一是先救人；二是先报告；三是先转移。", "（二）要求。乙。"), "1\n  1/1\n  1/2\n  1/3\n2"),
    # lines of their own
    (lines("（一）原则。", "一是先救人。", "二是先报告。", "（二）要求。乙。"), "1\n  1/1\n  1/2\n2"),
    # （1）…；（2）… and ①…②… inside a paragraph; a single （1） is no list; ① needs no mark before it
    (lines("（一）内容。包括：（1）时间；（2）地点。", "（二）程序。先①喊人，②报告，③转移。", "（三）如图，（1）所示。"), "1\n  1/1\n  1/2\n2\n  2/1\n  2/2\n  2/3\n3"),
    # 1) and 1、 are numbers too; 1.5 and 2025年 are not
    (lines("（一）甲。如下：", "1)子。", "2)丑。", "（二）乙。如下：", "1、寅。", "2、卯。", "2025年完成。"), "1\n  1/1\n  1/2\n2\n  2/1\n  2/2"),
    # three levels, and a table below the innermost
    (lines("（一）甲。如下：", "1.子：", "（1）丑：", "| 名 | 数 |", "| --- | --- |", "| 锣 | 1 |", "2.寅。"), "1\n  1/1\n    1/1/1\n      1/1/1/r1\n  1/2"),
    # a long item without a full stop does not swallow the next one
    (lines("（一）甲。如下：", "（1）" + "很长的一项" * 12, "（2）乙。"), "1\n  1/1\n  1/2"),
    # （2） in the text of （1） is not yet the second item
    (lines("（一）甲。如下：", "（1）上报，（2）除外；", "（2）转移。"), "1\n  1/1\n  1/2"),
    # numbers without a stop are no items of an opinion
    (lines("一、甲", "（一）乙。如下：", "1 铜锣", "2 口哨"), "s1\n  1"),
    # items without a full stop
    (lines("一、做什么", "1.拨打119", "2.切断电源", "二、不做什么", "1.坐电梯"), "s1\n  s1/1\n  s1/2\ns2\n  s2/1"),
    # no heading above: each line is a clause of its own
    (lines("处置卡", "1.拨打119。", "2.切断电源。"), "title\n1\n2"),
    # two lists under one clause count from one twice
    (lines("（一）甲。平时：", "1.子。", "2.丑。", "战时：", "1.寅。", "（二）乙。"), "1\n  1/1\n  1/2\n  1/1r2\n2"),
]  # fmt: skip
# i: an opinion with 一、（一） and an annex with 第X条
MIXED = [
    (
        lines("某意见", "为了救人，现提出如下意见。", "一、总体要求", "（一）指导思想。甲。", "二、重点任务", "（二）建队伍。乙。", "附件 考核办法", "第一条　丙。", "第二条　丁：", "（一）子；", "（二）丑。", "第三条　戊。"),
        "title\npreamble\ns1\n  1\ns2\n  2\na1\n  a1/1\n  a1/2\n    a1/2/1\n    a1/2/2\n  a1/3",
    ),
    # a plan in an annex of a notice: decimals, with a contents page of their own
    (lines("某通知", "各村：", "现将预案印发给你们。", "2025年1月1日", "附件 某镇预案", "目录", "1 总则", "1 总则", "1.1 目的", "甲。"), "title\nimprint\na1\n  a1/toc\n  a1/1\n    a1/1.1"),
    # 一、 as sections, articles below them, and a list 一、 inside an article
    (lines("一、总则", "第一条　甲。", "第二条　下列情形：", "一、子；", "二、丑；", "三、寅。", "第三条　乙。", "二、附则", "第四条　丙。"), "s1\n  1\n  2\n    2/1\n    2/2\n    2/3\n  3\ns2\n  4"),
    # the list 一、二、三、 of the last article, and 二、 that is the next section
    (lines("一、总则", "第一条　下列：", "一、子；", "二、丑；", "三、寅。", "二、附则", "第二条　乙。"), "s1\n  1\n    1/1\n    1/2\n    1/3\ns2\n  2"),
    # 一、 after a stray （一） is a section, not an item of it
    (lines("（一）甲。乙。", "一、丙", "（二）丁。戊。"), "1\ns1\n  2"),
    # chapters, then （一） below articles and 1. below those, then ①
    (lines("第一章　总则", "第一条　甲：", "（一）乙：", "1.丙：", "①丁；", "②戊。", "2.己。", "（二）庚。", "第二条　辛。"), "c1\n  1\n    1/1\n      1/1/1\n        1/1/1/1\n        1/1/1/2\n      1/1/2\n    1/2\n  2"),
    # decimals inside （一） are items of it; the list goes on behind them
    (lines("（一）甲。", "1.乙。", "1.1 丙。", "1.2 丁。", "2.戊。", "（二）己。"), "1\n  1/1\n    1.1\n    1.2\n  1/2\n2"),
]  # fmt: skip


NINE = dict(a=GLUED, b=SPACED, c=THOUSANDS, d=WRAPPED, e=PREFACES, f=CONTENTS, g=ANNEXES, h=ITEMS, i=MIXED)
SHAPES = [pytest.param(*case, id=f"{letter}{i}") for letter, cases in NINE.items() for i, case in enumerate(cases)]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_the_nine_shapes(text: str, expected: str) -> None:
    assert outline_of(text) == expected


@pytest.mark.parametrize(("text", "expected"), SHAPES)
@pytest.mark.parametrize("line_end", ["\r\n", "\n\n", " \n", "\r\n\r\n"])
def test_line_ends_and_blank_lines_change_nothing(text: str, expected: str, line_end: str) -> None:
    assert outline_of(text.replace("\n", line_end)) == expected


PARAGRAPHS = [
    # 第二款 is the second paragraph of an article; the first is the article's own text
    (lines("第一条　甲。", "乙。", "丙。", "第二条　丁。"), "1\n  1/p2\n  1/p3\n2"),
    # items of the second paragraph hang below it; a paragraph after the items is the third
    (lines("第一条　甲。", "乙：", "（一）子；", "（二）丑。", "丙。", "第二条　丁。"), "1\n  1/p2\n    1/p2/1\n    1/p2/2\n  1/p3\n2"),
    # a wrapped line is no paragraph
    (lines("第一条　甲方应当", "及时报告。", "乙。"), "1\n  1/p2"),
    # a plain line between two items of one list belongs to the item above
    (lines("第一条　如下：", "（一）子。", "子的说明。", "（二）丑。", "第二条　乙。"), "1\n  1/1\n  1/2\n2"),
    # an article with a title of its own line as a Markdown heading: the next line is its first paragraph
    (lines("### 第一条 目的", "甲。", "乙。", "### 第二条 依据", "丙。"), "1\n  1/p2\n2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_paragraphs_of_articles(text: str, expected: str) -> None:
    assert outline_of(text) == expected


SECTIONS = [
    # （一） runs through all sections
    (lines("一、甲", "（一）子。子。", "（二）丑。丑。", "二、乙", "（三）寅。寅。"), "s1\n  1\n  2\ns2\n  3"),
    # （一） starts anew in every section
    (lines("一、甲", "（一）子。子。", "（二）丑。丑。", "二、乙", "（一）寅。寅。"), "s1\n  s1/1\n  s1/2\ns2\n  s2/1"),
    # one misprinted （一） among running numbers moves no other address
    (lines("一、甲", "（一）子。子。", "二、乙", "（二）丑。丑。", "三、丙", "（一）寅。寅。", "四、丁", "（四）卯。卯。"), "s1\n  1\ns2\n  2\ns3\n  s3/1\ns4\n  4"),
    # a section with text and no clause
    (lines("一、甲", "正文。", "二、乙", "（一）子。子。"), "s1\ns2\n  1"),
    # lost sections: 三 follows 一, and a lost heading in front of （三）
    (lines("一、甲", "（一）子。子。", "三、丙", "（四）丑。丑。"), "s1\n  1\ns3\n  4"),
    # sections and clauses without any text below them: a list of tasks
    (lines("一、任务", "（一）开展排查", "（二）组织演练", "二、要求", "（三）落实责任"), "s1\n  1\n  2\ns2\n  3"),
    # repeated numbers
    (lines("第一条　甲。", "第二条　乙。", "第二条　丙。", "第三条　丁。"), "1\n2\n2r2\n3"),
    # chapters that start anew in each 编, 分编 below 编
    (lines("第一编　甲", "第一章　子", "第一条　一。", "第二编　乙", "第一分编　丑", "第一章　寅", "第二条　二。", "第二分编　卯", "第二章　辰", "第三条　三。"), "b1\n  b1/c1\n    1\nb2\n  b2/f1\n    b2/f1/c1\n      2\n  b2/f2\n    b2/f2/c2\n      3"),
    # Markdown headings without numbers, beside and below numbered ones
    (lines("# 某规定", "## 第一章 总则", "第一条　甲。", "## 附则", "第二条　乙。", "### 说明", "丙。"), "title\nc1\n  1\nu1\n  2\n  u1/u1"),
    (lines("# 某意见", "## 一、甲", "乙。", "## 说明", "丙。", "## 二、丁", "戊。"), "title\ns1\nu1\ns2"),
    (lines("# 某规定", "### 第一条 目的", "甲。", "#### 说明", "乙。", "丙。", "### 第二条 依据", "丁。"), "title\n1\n  1/u1\n2"),
    # a date or a remark below the title is no heading of a unit
    (lines("# 某预案", "## （2025年修订）", "## 2025年5月20日", "## 一、总则", "甲。"), "title\ns1"),
    # 3个 and 24小时 in a heading are no numbers of it
    (lines("# 某规定", "## 一、甲", "### 3 个一律", "乙。", "### 24小时值守", "丙。"), "title\ns1\n  s1/u1\n  s1/u2"),
    (lines("# 处置卡", "## 第一步", "1.拨打119。", "2.断电。", "## 绝不能做", "不要坐电梯。"), "title\nu1\n  u1/1\n  u1/2\nu2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SECTIONS)
def test_sections_that_restart_run_on_or_are_lost(text: str, expected: str) -> None:
    assert outline_of(text) == expected


OPINION = [
    "某意见",
    "一、甲",
    "（一）子。子。",
    "（二）丑。丑。",
    "（三）寅。寅。",
    "二、乙",
    "（四）卯。卯。",
    "（五）辰。辰。",
]
CLOSINGS = [
    # the paragraph behind the last clause, where every clause has one
    (lines(*OPINION, "各村要抓好落实。"), "end"),
    (lines(*OPINION, "各村要抓好落实。", "本意见自发布之日起施行。"), "end"),
    # signature, date, distribution
    (lines(*OPINION, "某镇人民政府", "2025年5月20日", "（此件公开发布）", "抄送：县应急局。", "某镇党政办　2025年5月20日印发"), "imprint"),
    (lines(*OPINION, "示例镇人民政府　　二〇二五年五月二十日"), "imprint"),
    (lines(*OPINION, "中共某县委办公室　某县人民政府办公室", "2025 年 5 月 20 日"), "imprint"),
    (lines(*OPINION, "示镇政发〔2025〕3号", "（2025年5月20日）"), "imprint"),
    (lines(*OPINION, "各村要抓好落实。", "某镇人民政府", "2025年5月20日"), "end\nimprint"),
    # the last clause ends in a list
    (lines(*OPINION[:-1], "（五）辰。一是甲；二是乙。", "各村要抓好落实。"), "end"),
    (lines(*OPINION[:-1], "（五）辰。如下：", "1.甲。", "2.乙。", "各村要抓好落实。"), "end"),
    # the annex has clauses too: the closing paragraph of the opinion stays where it is
    (lines(*OPINION, "各村要抓好落实。", "附件1 细则", "（一）壬。壬。"), "end\na1\n  a1/1"),
    # a signature without a date or a number is no imprint
    (lines(*OPINION, "联系单位为镇应急办公室"), "end"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "closing"), CLOSINGS)
def test_closing_matter(text: str, closing: str) -> None:
    shown = outline_of(text)
    assert shown.startswith("title\ns1\n  1\n  2\n  3\ns2\n  4\n  5")
    assert shown.endswith(closing)
    assert ("end" in shown, "imprint" in shown) == ("end" in closing, "imprint" in closing)


def test_a_closing_paragraph_is_not_guessed_where_clauses_have_several() -> None:
    assert "end" not in outline_of(lines(*OPINION[:4], "丑的第二段。", *OPINION[4:], "辰的第二段。"))


ROWS = [
    # the printed 序号 names the row; without one its place does
    (["| 序号 | 责任单位 |", "| --- | --- |", "| 1 | 应急办 |", "| 2 | 派出所 |"], ["a1/1", "a1/2"]),
    (["| 姓名 | 电话 |", "|---|---|", "| 杨示例 | 123-0000-0101 |", "| 和示例 | 123-0000-0102 |"], ["a1/r1", "a1/r2"]),
    (["| 序号 | 任务 |", "|:---:|---|", "| 一 | 排查 |", "| Ⅱ | 演练 |", "| ③ | 培训 |"], ["a1/1", "a1/2", "a1/3"]),
    # a number that comes twice, a letter that is no Roman numeral, a number too long to be one
    (["| 号 | 名 |", "|---|---|", "| 1 | 甲 |", "| 1 | 乙 |", "| C | 丙 |", f"| {'9' * 5000} | 丁 |"], ["a1/1", "a1/1r2", "a1/r3", "a1/r4"]),
    # no rule below the head: every line is a row
    (["| 1 | 甲 |", "| 2 | 乙 |"], ["a1/1", "a1/2"]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "addresses"), ROWS)
def test_rows_of_annex_tables(table: list[str], addresses: list[str]) -> None:
    outline = split(lines("附件1 联系表", *table))
    assert [unit.address for unit in outline if unit.kind is Kind.ROW] == addresses


def test_rows_of_a_table_stay_with_the_clause_that_shows_it() -> None:
    outline = split(
        lines("（一）分工。如下表：", "| 单位 | 职责 |", "| --- | --- |", "| 应急办 | 报告 |", "（二）乙。乙。")
    )
    start, end = outline.clause_span("1")
    assert "报告" in outline.text[start:end] and [u.address for u in outline.clauses()] == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "expected", "clauses"),
    [
        ("", "", 0),
        ("\n\n  \n\t\n", "title", 0),
        ("某通知", "title", 0),
        # a text without any number is one clause, with or without a title
        ("某通知\n各村要立即转移群众，确保安全。\n", "title\npreamble", 1),
        ("各村要立即转移群众，不得迟疑拖延。", "preamble", 1),
        # a number for a title
        ("一、\n", "s1", 0),
        ("第一条", "1", 1),
        # blanks of every kind around the number
        ("\ufeff\t　一、　甲\n　　\t（一）乙。丙。\n", "s1\n  1", 1),
        # 〇 and ○ as zero
        ("第一百〇一条　甲。\n第一百○二条　乙。\n", "101\n102", 2),
        # half-width brackets, Markdown marks and list dashes
        ("## (一)甲。\n乙。\n- （二）丙。丁。\n**（三）戊。**己。\n", "1\n2\n3", 3),
    ],
)
def test_small_and_odd_texts(text: str, expected: str, clauses: int) -> None:
    assert outline_of(text) == expected
    assert len(split(text).clauses()) == clauses


def titles(outline: Outline) -> dict[str, str]:
    return {unit.address: outline.heading(unit) for unit in outline}


def test_titles_come_without_marks_numbers_and_line_ends() -> None:
    text = lines("# 某意见", "## 一、总体要求", "### （一）强化责任。", "正文。", "（二）健全机制。正文。", "### 3.1 监测", "甲。", "附件1", "任务清单", "乙。")  # fmt: skip
    for line_end in ("\n", "\r\n"):
        found = titles(split(text.replace("\n", line_end)))
        assert found["title"] == "某意见" and found["s1"] == "一、总体要求"
        assert found["1"] == "（一）强化责任" and found["2"] == "（二）健全机制"
        assert found["a1"] == "附件1 任务清单"


def test_what_show_prints_has_the_title_sentence_and_all_items_without_marks() -> None:
    outline = split(
        lines(
            "## 一、甲", "### （一）强化责任。", "正文：", "- 1.子。", "", "| 名 | 数 |", "| --- | --- |", "| 锣 | 1 |"
        )
    )
    assert outline.plain("1") == "强化责任。正文：\n1.子。\n| 名 | 数 |\n| 锣 | 1 |"
    assert outline.plain("1/1/r1") == "| 锣 | 1 |"
    assert outline.path("1/1") == ("一、甲", "（一）强化责任")
    assert outline.clause_of("1/1/r1").address == "1"


def test_a_clause_that_is_only_a_title_keeps_its_words() -> None:
    outline = split(lines("一、任务", "（一）开展排查", "（二）组织演练"))
    assert [outline.plain(unit.address) for unit in outline.clauses()] == ["开展排查", "组织演练"]


def test_a_lone_sentence_is_no_title() -> None:
    # else it would be read twice: as the heading of the quote and as the quote
    assert titles(split("（一）严格责任。\n（二）健全机制。正文。\n"))["1"] == "（一）"


def test_a_heading_too_long_to_be_one_is_text() -> None:
    outline = split("### 3.1 " + "很长" * 30)
    assert outline["3.1"].title == "" and outline.plain("3.1") == "很长" * 30
