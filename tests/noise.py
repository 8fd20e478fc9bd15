"""Damage (噪声) as newspapers, web pages and optical readers do it: three copies of a clean text, seeded."""

import re
from dataclasses import dataclass, field
from random import Random

from assistant.clauses import match_label, to_chinese
from assistant.clauses.labels import Family
from assistant.ingest.copies import Copy, Line

# Words that a fluent reader puts for each other; both directions occur.
SYNONYMS = [
    ("加强", "强化"), ("完善", "健全"), ("建立", "构建"), ("人员", "力量"), ("及时", "迅速"), ("开展", "组织"), ("推动", "促进"),
    ("落实", "执行"), ("明确", "规定"), ("不低于", "不少于"), ("应当", "必须"), ("立即", "马上"), ("负责", "承担"), ("重点", "主要"),
    ("检查", "排查"), ("报告", "汇报"), ("鼓励", "支持"), ("组织", "动员"), ("以及", "和"), ("每年", "每半年"), ("情况", "问题"),
    ("保障", "确保"), ("工作", "任务"), ("群众", "居民"), ("单位", "机构"), ("设施", "设备"), ("综合", "统筹"), ("场所", "场地"),
    ("措施", "办法"), ("制定", "编制"), ("按照", "根据"), ("有关", "相关"), ("避免", "防止"), ("发现", "查出"), ("提高", "提升"),
    ("配备", "储备"), ("公布", "公开"), ("培训", "教育"), ("主管", "分管"), ("协调", "统筹"), ("发挥", "体现"), ("优先", "首先"),
]  # fmt: skip
ADDED = ["相关", "有关", "积极", "进一步", "全面", "切实", "等", "主要"]
GLYPHS = [
    ("未", "末"), ("己", "已"), ("日", "曰"), ("土", "士"), ("人", "入"), ("大", "太"), ("千", "干"), ("治", "冶"), ("汛", "讯"),
    ("拔", "拨"), ("侯", "候"), ("祛", "法"), ("戌", "戍"), ("天", "夫"), ("间", "问"), ("县", "具"), ("力", "刀"), ("队", "认"),
    ("责", "贵"), ("员", "贝"), ("防", "妨"), ("住", "往"), ("科", "料"), ("电", "申"), ("村", "树"), ("上", "止"), ("风", "凤"),
]  # fmt: skip
ARTICLES = [
    ["我市举办秋季马拉松 万名跑者用脚步丈量城市", "本报讯（记者 林晓 通讯员 何平）9月22日清晨，秋季马拉松在滨河广场鸣枪起跑，来自二十多个国家和地区的一万两千名选手参加比赛。", "比赛路线串起老城墙、湿地公园和大学城，沿途设有十六个补给点，两千余名志愿者为选手递水加油。最终，男子组冠军以两小时十二分冲线，刷新了赛会纪录。"],
    ["国产大型邮轮完成第二次试航", "新华社上海9月21日电（记者 周然）历时九天八夜，我国自主建造的第二艘大型邮轮21日返回长江口，完成第二次海上试航。", "试航期间，船厂对航速、噪声、操纵性等六十多个项目进行了测试，各项指标优于合同要求。该船预计明年春天交付，将以沿海城市为母港开行国际航线。"],
    ["一盏灯亮了四十年", "巷口修鞋的老周今年七十二岁，四十年来每晚都在摊前点一盏灯，照着晚归的街坊回家。", "“灯不贵，心里亮堂。”老周说。去年冬天他住院，邻居们轮流把灯点上，一天也没有断。", "如今巷子要改造，设计师把那盏旧灯画进了图纸，挂在新修的牌坊下面。"],
    ["明起三天气温回升 周末有小雨", "气象台预计，明天到后天晴到多云，最高气温24到26摄氏度，早晚温差较大，请注意添减衣物。", "周末受弱冷空气影响，自西向东有小雨，空气湿润，适宜户外踏青的时段在周六上午。"],
    ["招聘启事", "本社因发展需要，面向社会招聘美术编辑两名、短视频剪辑一名，本科以上学历，熟练使用常用软件，有作品者优先。", "有意者请于本月底前将简历和作品发送至邮箱，初审合格者电话通知面试，恕不退稿。"],
    ["新疆棉花喜获丰收 采棉机日夜奔忙", "据新华社乌鲁木齐9月20日电 眼下正是棉花采收季，天山南北的棉田一片雪白，数千台采棉机在田间穿梭。", "种植大户阿不力孜算了一笔账：今年亩产籽棉四百二十公斤，扣除成本，每亩纯收入超过一千元。他打算冬天去南方旅游，看看大海。"],
    ["图书馆夜场开放首月迎客三万", "本报讯（记者 苏禾）市图书馆夜场开放满月，共接待读者三万余人次，周五晚间座位利用率超过九成。", "馆方介绍，夜场增设了观影角和钢琴沙龙，还请来天文爱好者在楼顶架起望远镜，带孩子们看土星光环。"],
    ["从一粒豆子到一块豆腐", "凌晨三点，石磨转动，老陈家的豆腐坊亮起昏黄的灯。", "泡豆、磨浆、滤渣、点卤，他守着祖父传下来的手艺，不肯换成机器。", "年轻人爱在网上看他点卤的画面，评论里说，热气腾腾，像回到了外婆的厨房。"],
    ["我国成功发射遥感卫星", "新华社酒泉9月20日电（记者 李国利）9月20日12时许，我国在酒泉卫星发射中心用运载火箭成功将一颗遥感卫星送入预定轨道，任务获得圆满成功。", "该卫星主要用于国土普查、农作物估产和大气探测，此次是该系列火箭的第五百余次飞行。"],
    ["二手车交易量连续五个月回升", "据中国流通协会统计，8月份全国二手车成交一百六十余万辆，环比增长百分之四点七，其中新能源车型占比首次超过一成。", "业内人士分析，换购补贴、跨省过户便利化带动了消费，紧凑型轿车最受年轻买家青睐。"],
    ["羽毛球公开赛收官 中国组合摘得混双桂冠", "在昨晚结束的决赛中，中国组合鏖战三局，以21比17、18比21、21比15逆转日本选手夺冠。", "赛后两人拥抱庆祝。“关键分我们咬住了。”教练在场边竖起大拇指。下周他们将转战哥本哈根。"],
    ["海边小镇的咖啡地图", "小镇不大，却藏着四十多家咖啡馆，有的临海，有的躲在老渔屋里。", "店主大多是返乡的画家、摄影师和程序员，他们把拉花做成浪花，把菜单写在旧船板上。", "到了旺季，游客按图索骥，一天能喝上五六杯，夜里睡不着，就去沙滩看荧光海。"],
    ["遗失声明", "某商贸公司不慎遗失营业执照副本、公章各一枚，声明作废。", "另有车主遗失行驶证一本，特此登报。"],
    ["敦煌壁画数字展在南方首展", "新华社广州9月21日电（记者 邓瑞）借助高清投影和虚拟现实，观众可以走进第二百八十五窟，仰看飞天衣袂飘举。", "策展团队用三年时间采集了上万张照片，颜料的龟裂纹都清晰可辨，展期到明年元宵。"],
    ["古籍里的月饼：从胡饼到宫饼", "唐代的胡饼撒满芝麻，宋人笔记里已经有了“小饼如嚼月，中有酥与饴”的句子，可见中秋吃饼由来已久。", "到了明清，月饼成为馈赠亲友的节礼，模子上刻着玉兔、桂树、蟾宫，一块饼就是一幅画。", "研究者认为，口味的南北之分大约形成于清代中叶，与糖和油的贸易路线有关。"],
]  # fmt: skip
MASTHEAD = [
    "示例晚报",
    "让生活更美好",
    "2024年9月23日 星期一",
    "总第6021期 今日8版",
    "国内统一连续出版物号:CN 99-0001",
    "新闻热线:000-1234567",
    "<http://www.example.com>",
]
HEADING = 45
"""Characters; no column ends inside a heading."""
HALF = str.maketrans("，；：！？（）", ",;:!?()")


@dataclass(slots=True)
class Damage:
    """How one copy is damaged; rates are places per 1,000 characters."""

    paraphrases: float = 0.0
    glyphs: float = 0.0
    lost: int = 0
    truncated: int = 0
    inside: int = 0
    around: bool = False
    layout: str = "lines"
    """lines, columns or pages."""
    break_every: int = 0
    half_width: bool = False
    headless: bool = False
    sections: bool = False


@dataclass(slots=True)
class Part:
    """One block of the clean text: a clause with its run-in title in one piece."""

    text: str
    kind: str
    """heading, clause, paragraph, row or end."""


@dataclass(slots=True)
class Damaged:
    """One damaged copy, and what of the clean text it still has in full."""

    copy: Copy
    kept: set[int] = field(default_factory=set)
    """Places of the parts that are complete but for wrong readings."""
    touched: set[int] = field(default_factory=set)
    """Places of the parts of which it has at least a piece."""


def parts_of(text: str) -> list[Part]:
    """Return the blocks of a text.md below its title and date."""
    parts: list[Part] = []
    for line in text.split("\n")[1:]:
        plain = re.sub(r"^#+ ", "", line)
        if not line or re.fullmatch(r"（\d{4}年\d+月\d+日）", line):
            continue
        label = match_label(plain)
        titled = bool(parts) and parts[-1].kind == "title" and not line.startswith("#")
        if titled:
            parts[-1] = Part(parts[-1].text + plain, "clause")
        elif line.startswith("#") and plain.endswith("。"):
            parts.append(Part(plain, "title"))
        elif line.startswith("#"):
            parts.append(Part(plain, "heading"))
        else:
            parts.append(Part(plain, "row" if plain.startswith("|") else "clause" if label else "paragraph"))
    return parts


def three_copies(text: str, seed: int) -> list[Damaged]:
    """Return three damaged copies of a clean text; the same seed gives the same copies."""
    rng = Random(seed)
    rates = rng.sample([0.5, 2.5, 6.0, 12.0], 3)
    layouts = rng.sample(["lines", "columns", "pages", "lines"], 3)
    headless = rng.randrange(4)
    pool = rng.sample(ARTICLES, len(ARTICLES))
    return [
        damage(
            text,
            Damage(
                paraphrases=rate,
                glyphs=rng.choice([0.0, 0.0, 1.5]),
                lost=rng.randrange(3),
                truncated=rng.randrange(3),
                inside=rng.randrange(3),
                around=rng.random() < 0.7,
                layout=layout,
                break_every=rng.choice([0, 600, 900]),
                half_width=rng.random() < 0.4,
                headless=k == headless,
                sections=rng.random() < 0.6,
            ),
            rng,
            f"copy{k}.txt",
            [pool.pop() for _ in range(5)] if rng.random() < 0.8 else rng.sample(ARTICLES, 5),
        )
        for k, (rate, layout) in enumerate(zip(rates, layouts, strict=True))
    ]


def damage(text: str, how: Damage, rng: Random, name: str, articles: list[list[str]] = ARTICLES) -> Damaged:
    """Return one damaged copy; other copies may have the same articles around and inside."""
    title = text.split("\n", 1)[0].removeprefix("# ")
    dateline = next((line for line in text.split("\n")[1:4] if re.fullmatch(r"（\d{4}年\d+月\d+日）", line)), "")
    parts = parts_of(text)
    kept, touched, texts = _lose(parts, how, rng)
    texts = {k: _misread(part, how, rng) for k, part in texts.items()}
    if how.sections:
        texts = _misnumber(parts, texts, rng)
        kept, touched = kept & set(texts), touched & set(texts)
    articles = list(articles)
    paragraphs = _with_articles([texts[k] for k in sorted(texts)], how, rng, articles)
    head = [] if how.headless else [title, *([dateline] if dateline else [])]
    lines = _laid_out(head, paragraphs, how, rng)
    if how.around:
        lines = [*_before(how, rng, articles), *lines, *_after(rng, articles)]
    body = "\n".join(lines)
    body = body.translate(HALF) if how.half_width else body
    return Damaged(Copy(name, "txt", tuple(Line(line) for line in body.split("\n")), ""), kept, touched)


def _lose(parts: list[Part], how: Damage, rng: Random) -> tuple[set[int], set[int], dict[int, str]]:
    clauses = [k for k, part in enumerate(parts) if part.kind == "clause"]
    gone = set(range(rng.randrange(2, 7))) if how.headless else set()
    gone |= set(rng.sample(clauses, min(how.lost, len(clauses) // 6)))
    texts = {k: part.text for k, part in enumerate(parts) if k not in gone}
    kept = set(texts)
    long = [k for k in clauses if k in texts and len(texts[k]) > 60]
    for k in rng.sample(long, min(how.truncated, len(long) // 6)):
        cut = rng.randrange(len(texts[k]) // 4, 3 * len(texts[k]) // 4)
        texts[k] = (
            texts[k][:cut] if rng.random() < 0.7 else texts[k][: texts[k].rfind("。", 0, cut) + 1] or texts[k][:cut]
        )
        kept.discard(k)
    return kept, set(texts), texts


def _misread(text: str, how: Damage, rng: Random) -> str:
    for _ in range(_count(len(text) * how.paraphrases / 1000, rng)):
        text = _paraphrased(text, rng)
    for _ in range(_count(len(text) * how.glyphs / 1000, rng)):
        places = [(i, b) for a, b in (*GLYPHS, *((b, a) for a, b in GLYPHS)) for i in range(len(text)) if text[i] == a]
        if places:
            i, char = rng.choice(places)
            text = text[:i] + char + text[i + 1 :]
    return text


def _count(expected: float, rng: Random) -> int:
    return int(expected) + (rng.random() < expected % 1)


def _paraphrased(text: str, rng: Random) -> str:
    label = match_label(text)
    begin = label.end if label else 0
    body = text[begin:]
    kind = rng.random()
    if kind < 0.6:
        found = [
            (m.start(), a, b)
            for one, two in SYNONYMS
            for a, b in ((one, two), (two, one))
            for m in re.finditer(a, body)
        ]
        if found:
            i, old, new = rng.choice(found)
            body = body[:i] + new + body[i + len(old) :]
    elif kind < 0.75 and len(body) > 20:
        i = rng.randrange(5, len(body) - 5)
        body = body[:i] + body[i + rng.choice([1, 2, 2, 4]) :]
    elif kind < 0.9 and len(body) > 20:
        i = rng.randrange(5, len(body) - 5)
        body = body[:i] + rng.choice(ADDED) + body[i:]
    else:
        marks = [i for i in range(4, len(body) - 1) if body[i] in "，。、；"]
        if marks:
            i = rng.choice(marks)
            body = body[:i] + rng.choice([m for m in "，。、；" if m != body[i]]) + body[i + 1 :]
    return text[:begin] + body


def _misnumber(parts: list[Part], texts: dict[int, str], rng: Random) -> dict[int, str]:
    """Lose one section heading, misprint the number of another."""
    sections = [
        k
        for k in texts
        if parts[k].kind == "heading" and (label := match_label(parts[k].text)) and label.family is Family.HAN
    ]
    texts = dict(texts)
    if len(sections) > 2 and rng.random() < 0.6:
        del texts[sections.pop(rng.randrange(1, len(sections)))]
    if len(sections) > 2:
        k = rng.choice(sections[1:])
        label = match_label(texts[k])
        number = label.number if label else 1
        wrong = rng.choice([n for n in (number - 1, number + 1) if n > 0])
        texts[k] = f"{to_chinese(wrong)}、" + texts[k][texts[k].index("、") + 1 :]
    return texts


def _with_articles(paragraphs: list[str], how: Damage, rng: Random, articles: list[list[str]]) -> list[str]:
    result = list(paragraphs)
    for _ in range(how.inside):
        article = articles.pop()
        long = [k for k, text in enumerate(result) if len(text) > 80 and not text.startswith("|")]
        if rng.random() < 0.5 and long:
            k = rng.choice(long)
            cut = rng.randrange(30, len(result[k]) - 30)
            result[k : k + 1] = [result[k][:cut], *article, result[k][cut:]]
        else:
            k = rng.randrange(1, len(result))
            result[k:k] = article
    return result


def _laid_out(head: list[str], paragraphs: list[str], how: Damage, rng: Random) -> list[str]:
    if how.layout == "columns":
        return _in_columns(head, paragraphs, how, rng)
    if how.layout == "pages":
        return _on_pages(head, paragraphs, rng)
    lines: list[str] = [*head, ""]
    room = how.break_every
    for text in paragraphs:
        while how.break_every and len(text) > max(room, HEADING) and not text.startswith("|"):
            lines += [text[:room], ""]
            text, room = text[room:], how.break_every
        room -= len(text)
        lines += [text] if text.startswith("|") else [text, ""]
    return lines


def _in_columns(head: list[str], paragraphs: list[str], how: Damage, rng: Random) -> list[str]:
    """Narrow lines, a blank line between paragraphs, and one wherever a column ends."""
    width = rng.randrange(14, 21)
    lines = [*head, ""]
    for text in paragraphs:
        if text.startswith("|"):
            lines.append(text)
            continue
        first = width - 2
        lines.append(text[:first])
        lines += _wrapped(text[first:], width)
        lines.append("")
    every = rng.randrange(35, 60)
    for at in range(len(lines) - len(lines) % every, every - 1, -every):
        lines.insert(at, "")
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """No line begins with a closing mark."""
    lines = []
    while text:
        end = width + (text[width : width + 1] in set("，。、；：）”》") if len(text) > width else 0)
        lines.append(text[:end])
        text = text[end:]
    return lines


def _on_pages(head: list[str], paragraphs: list[str], rng: Random) -> list[str]:
    """Long lines without blank lines between paragraphs; a page number in the middle of the text on every page."""
    width = rng.randrange(30, 42)
    lines = list(head)
    for text in paragraphs:
        lines += [text] if text.startswith("|") else ["　　" + text[: width - 2], *_wrapped(text[width - 2 :], width)]
    every = rng.randrange(25, 40)
    for number, at in enumerate(range(every, len(lines), every + 3), 1):
        lines[at:at] = ["", f"- {number} -", ""]
    return lines


def _before(how: Damage, rng: Random, articles: list[list[str]]) -> list[str]:
    if how.headless:
        return []
    lines = []
    for text in rng.sample(MASTHEAD, 5):
        lines += [text, ""]
    if rng.random() < 0.5:
        for text in articles.pop():
            lines += [text, ""]
    return lines


def _after(rng: Random, articles: list[list[str]]) -> list[str]:
    lines = ["", "（新华社北京9月22日电）", ""]
    for article in (articles.pop(), articles.pop()):
        for text in article:
            lines += [text, ""]
    return lines


def quoting(text: str, seed: int) -> str:
    """Return a document of a lower level that takes over half of the sentences word for word and rewords the rest."""
    rng = Random(seed)
    how = Damage(paraphrases=25.0)
    paragraphs = []
    for part in parts_of(text):
        sentences = re.findall(r"[^。；]+[。；]?", part.text)
        kept = [sentence for sentence in sentences if rng.random() < 0.5]
        paragraphs += ["".join(s if rng.random() < 0.7 else _misread(s, how, rng) for s in kept)]
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)
