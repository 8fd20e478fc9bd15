"""Danger words (危险词): a message from a person in danger is answered by rule, before any search."""

import re
from enum import StrEnum

from assistant.script import simplified


class Danger(StrEnum):
    """What a person may be in; the order is that of the checks."""

    FIRE = "fire"
    TRAPPED = "trapped"
    WATER = "water"
    SHOCK = "shock"
    GAS = "gas"
    SLOPE = "slope"
    QUAKE = "quake"
    INJURY = "injury"


BODY = "(?:人|我|他|她|娃|孩|老[人汉奶爷]|爷|奶)"
FLOOD = "(?:洪水|大水|山洪|泥水|河水|水(?!费|票|价|表|电|利|务|库|源|管|位|质|泥|窖|塔))"
GASES = "(?:煤气|燃气|瓦斯|液化气|天然气|沼气|气罐|氨气|氯气|一氧化碳)"
BUILT = "(?:房子?|水库|房屋|屋子?|墙|桥|楼|教室|学校|坝|路基|公路|圈)"
# What is happening: each pattern is followed by what matches · a near miss.
EVENTS: tuple[tuple[Danger, re.Pattern[str]], ...] = (
    # 山上着火了 后山起火 冒大烟 · 防火 一起火灾 起火原因
    (
        Danger.FIRE,
        re.compile(
            r"(?<![一二三两几多])[着起失](?:了|大)?火(?!点|源|原因|罪|案|车|锅|险)|火烧(?:到|起|上|过|房|屋|山|进|来)"
            r"|(?:燃|烧)(?:起来|起了|着了|大了|过来|上来)|烧到(?![0-9三四])|冒.{0,3}烟|冒火(?!花|星)|自燃|火苗|火势"
            r"|放火|(?:房子|屋|车|山|树林|柴)着了|烟.{0,2}大得|浓烟|(?:爆炸|炸)(?:了|啦|咯)|(?:火灾|山火)(?:了(?!解)|啦|咯|！|!)|来救火"
        ),
    ),
    # 有人被困 遭埋了 压到人 · 被困难吓倒 困难 资料出不来
    (
        Danger.TRAPPED,
        re.compile(
            rf"[被遭]困(?!难|扰|惑|境|人员|群众|的)|困[在住]|[被遭]埋(?!设)|埋(?:了|起|住).{{0,4}}{BODY}|{BODY}.{{0,4}}埋(?:了|起|住|在)"
            rf"|{BODY}.{{0,4}}(?:失踪|走失|走丢|不见了|找不到了)|压在.{{0,6}}(?:下|底)|压(?:到|住|倒|着|死)了?.{{0,4}}{BODY}|{BODY}.{{0,6}}(?:卡住|卡在|夹住|夹在|陷在|陷进)"
            r"|[爬逃]不出|(?<![料果件单据案款钱字])(?<![料果件单据案款钱字][还也都])出不来|关在电梯|[被遭].{0,3}水围|[翻沉][车船]了|[车船](?:翻|沉)了"
            r"|透水了|冒顶了|下去.{0,6}没.{0,2}上来|起不来了|迷路了"
        ),
    ),
    # 娃娃掉河里了 遭水冲走 水漫进屋 · 防溺水 落水管 淹没区
    (
        Danger.WATER,
        re.compile(
            rf"(?:有人|{BODY}).{{0,4}}(?:溺|落)水|(?:溺|落)水(?:了|啦)|(?:掉|跌|摔|滑|滚|栽)(?:到|进|下|落|在|入)?.{{0,4}}"
            r"(?:河|塘|坑|井|沟|水库|江|湖|潭|粪池|水)(?:里|头|中|去|了)|(?:掉|跌|摔|滑|栽)进.{0,3}(?:水库|河|塘|井|池)"
            rf"|冲走|{FLOOD}.{{0,6}}(?:进屋|进了?家|进村|漫|齐腰|冲进|冲过来|冲下来|淹|涨上来|涨到|下来了|来了|围)"
            r"|发大水了|淹(?:着|死|到|了|起|进|上)|跳(?:河|水库|井)|涨水.{0,6}[进漫]"
            r"|(?:家|屋|房|院)里?进水|水.{0,3}到了?(?:膝|腰|胸|脖)|水.{0,3}(?:涨|淹|漫|齐)到|(?:坝|堤).{0,4}(?:漏水|决|溃|要垮|管涌)(?:了|啦|咯)?"
        ),
    ),
    # 有人触电 遭电打了 高压线断了 · 防触电 停电到几点
    (
        Danger.SHOCK,
        re.compile(
            rf"(?:有人|{BODY}).{{0,4}}触电|触电(?:了|啦)|电(?:着|到|打|倒|死)了?.{{0,2}}{BODY}|[被遭]电(?:了|到|着|打|击)"
            r"|漏电.{0,4}人|(?:电线|高压线|电杆).{0,6}(?:掉|断|垂|落|搭|倒)"
            r"|(?:变压器|电线|高压线|电杆|电表|插座).{0,6}(?:冒|打|爆|喷).{0,2}火"
        ),
    ),
    # 闻到煤气味 气罐漏了 烤火烤得头晕 · 燃气泄漏处置卡
    (
        Danger.GAS,
        re.compile(
            rf"{GASES}.{{0,6}}(?:漏(?:了|气|得|出)|泄漏了|中毒了|味|炸)|(?:闻到|一股|好大).{{0,4}}{GASES}|漏(?:氨|氯|煤气|燃气|液化气)|(?:煤烟|炭火).{{0,6}}(?:中毒|晕)"
            r"|(?:烤火|烧炭|烤炭).{0,8}(?:晕|难受|中毒|想吐|倒了)"
        ),
    ),
    # 房子塌了 山垮下来 石头在往下掉 · 滑坡监测谁负责
    (
        Danger.SLOPE,
        re.compile(
            rf"(?:泥石流|滑坡|塌方|山崩|崩塌|垮塌).{{0,4}}(?:了(?!解)|来了|下来|快跑)|山.{{0,3}}(?:在?垮|塌|崩)(?:了|下|啦|咯)|在垮|山体.{{0,3}}(?:滑|裂|响)|裂缝?.{{0,8}}(?:响|变大|变宽)|水.{{0,4}}变浑|在往下(?:垮|掉|滚|滑)"
            rf"|{BUILT}.{{0,4}}(?:塌|垮|倒|歪)(?:了|下|掉|起|啦|咯)|{BUILT}要(?:塌|垮|倒)|(?:石头|滚石|落石|土).{{0,6}}(?:滚|掉|砸)(?:下|落|到|来)"
            r"|(?:滚|掉|垮|落)下(?:来|去)?了?.{0,5}(?:石头|大石|土块|泥巴)"
        ),
    ),
    # 地震了 房子在摇 · 地震预案
    (
        Danger.QUAKE,
        re.compile(rf"地震(?:了(?!解)|啦|咯)|{BUILT}.{{0,3}}(?:摇|晃)(?:起来|得|动|了)|(?:屋|楼|房子|地)在[摇晃]"),
    ),
    # 人晕倒了 血止不住 没得气了 · 伤亡统计 受伤补助
    (
        Danger.INJURY,
        re.compile(
            rf"[昏晕](?:倒|过去|死)|不省人事|大出血|血.{{0,4}}(?:不止|止不住|流个不停)|没得?气了|没[得有]?(?:呼吸|心跳|脉)|快不行了|快死了|断气"
            rf"|{BODY}.{{0,3}}不行了|救命(?!恩)|救救|(?:摔|砸|撞|烧|烫|炸|压|砍|咬|轧|跌)(?:伤|断|死|坏|倒)了?.{{0,4}}(?:了|{BODY}|[一两几]个)"
            rf"|有人(?:受|重)伤|受(?:重)?伤了|车祸|蛇咬|喝了?农药|中毒了|心脏病.{{0,2}}[发犯]|中风了|抽搐|吐血|噎住|砍人|[烫烧]了{BODY}|[被遭让].{{0,4}}烫|{BODY}.{{0,2}}倒(?:了|下)|要生了|上吊|跳楼|追尾|抽风|白沫|喘不[上过]|摔下|[摔掉]下(?:来|去)了|雷[打劈击](?:到|倒|了|着)|绞[了进到断]|倒在.{{0,4}}[里地路]|{BODY}.{{0,4}}(?:不动了|没反应|昏迷)|昏迷了"
        ),
    ),
)
# What may be happening: a word that also stands in the questions of an office.
MENTIONS: tuple[tuple[Danger, re.Pattern[str]], ...] = (
    (Danger.FIRE, re.compile(r"(?:发生|出现|有|又是).{0,4}(?:火灾|山火|火情)")),  # 发生火灾 · 火灾预案
    (Danger.TRAPPED, re.compile(r"被困(?!难|扰|惑|境)")),
    (Danger.WATER, re.compile(r"溺水|落水(?!管|洞)|溃坝|溃堤|决口|管涌|山洪(?:暴发|爆发)")),
    (Danger.SHOCK, re.compile(r"触电|电击")),
    (Danger.GAS, re.compile(rf"{GASES}.{{0,6}}(?:漏|泄|中毒)|煤烟中毒")),
    (Danger.SLOPE, re.compile(r"(?:发生|出现|有).{0,4}(?:泥石流|滑坡|塌方|垮塌|崩塌)")),
    (Danger.INJURY, re.compile(r"昏迷|食物中毒|流血")),
)
OFFICE = re.compile(
    r"预案|演练|防治|预防|防[火溺范灾汛触止]|宣传|培训|处置卡|职责|责任|规定|意见|隐患|监测|风险|排查|巡查|检查|补助|奖励|赔偿|保险"
    r"|名单|台账|分级|等级|标准|条款|文件|物资|队伍|经费|制度|方案|流程|谁(?:负责|指挥|来)|(?:多久|几分钟|多长时间|怎么|如何|向谁|要不要).{0,4}(?:上报|报告)"
)
"""A message with one of these words only mentions a danger, unless it says that it is happening."""


def danger(text: str) -> Danger | None:
    """Return the first danger that the words of a message tell of, None where there is none.

    A question that only mentions the matter is warned once too often, never once too little.
    """
    words = simplified(re.sub(r"\s+", "", text))
    happening = next((kind for kind, pattern in EVENTS if pattern.search(words)), None)
    if happening is not None or OFFICE.search(words):
        return happening
    return next((kind for kind, pattern in MENTIONS if pattern.search(words)), None)
