"""What the command line prints."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from assistant.citations import outline_label, parse_unit_id
from assistant.clauses import Outline
from assistant.clauses.labels import match_marks
from assistant.documents import Catalogue, Document
from assistant.ingest.blocks import Dropped
from assistant.ingest.report import IngestReport
from assistant.models.training import Trained
from assistant.search import BuildReport, Counterpart, Relation
from assistant.triage import Guard, Intent, Reading
from assistant.wording.answers import LEVELS, UNCHECKED
from assistant.wording.channels import NAMES
from assistant.wording.terms import CATEGORIES, URGENCIES

STEPS = {
    "ask": "正在答题",
    "read": "正在读取",
    "ocr": "正在识别",
    "documents": "正在处理文件",
    "index": "正在写入索引",
    "reader": "正在训练消息识别",
    "train": "正在训练",
    "draft": "正在起草问法",
}
SERVING = "应答已启动，请用浏览器打开 http://{host}:{port} （按 Ctrl+C 停止）"
FAKES = (
    "假平台已经开好，只在本机。把上面这些行写进 .env，再运行 yingda serve（{bot}）；"
    "然后用浏览器打开 {url} ，就能像拿着手机一样发消息（按 Ctrl+C 停止）"
)
MIGRATED = "数据库已经升级：第 {before} 步 → 第 {step} 步，原有记录都在。"
UP_TO_DATE = "数据库已经是最新的（第 {step} 步），不用升级。"
BACKED_UP = "备份已写好：{path} 。里面有大家的对话和身份，请妥善保管。"
RESTORED = "已经用 {path} 恢复。恢复之前的内容另存在 {kept} ，确认没有问题以后再删。"
RESTORED_NEW = "已经用 {path} 恢复。"
TICKED = "到时间该做的都做过了。"
CHECKS = {
    "corpus": "资料库",
    "model": "向量模型",
    "index": "索引",
    "reader": "消息识别",
    "explanations": "通俗解释",
    "database": "数据库",
    "incidents": "突发事件值守",
    "messages": "消息收发",
    **NAMES,
}
FILLED_IN = "该填的都填了；连不连得上，启动以后看 /healthz。"
UNWANTED = "没有启用。要用的话，照说明书“接入微信、企业微信、Telegram”一节填 {names}。"


def check_line(part: str, problem: str | None, note: str = "") -> str:
    """Return one line of `yingda check`."""
    said = note if problem is None else problem
    return f"{'正常' if problem is None else '有问题'}  {CHECKS[part]}{'：' + said if said else ''}"


DROPPED = {
    "masthead": "报头",
    "press": "报刊信息",
    "chrome": "网页附属文字",
    "page_number": "页码",
    "running_head": "页眉",
    "carried_over": "转版提示",
    "mark": "排版标记",
    "credit": "电头、来源",
    "foreign": "无关文章",
    "extra": "仅一份来源有、与其他来源不符的文字",
}
ODDITIES = {"missing": "缺", "repeated": "重复", "backwards": "倒退"}
EXCERPT = 24
MOST_MISSING = 8


def report_lines(report: IngestReport) -> list[str]:
    """Return the report of an ingest as a reviewer reads it."""
    lines = [
        f"已导入《{report.title}》，编号 {report.document}：{report.clauses} 条，{report.units} 个单元，{report.characters} 字。",
        f"副本 {len(report.copies)} 份：{'、'.join(report.copies)}",
    ]
    if report.variants:
        lines.append(f"异文 {report.variants} 处，见 sources/variants.md；没有把握的字占 {report.doubtful:.2%}。")
    lines += [
        f"序号已订正：{'、'.join(dict.fromkeys(label.rstrip('、') for label in printed))} → {chosen.rstrip('、')}"
        for printed, chosen in report.repairs
    ]
    lines += [f"序号{ODDITIES[f.oddity.value]}：{f.address} 处，{_numbers(f.numbers)}" for f in report.findings]
    lines += [_dropped(list(group)) for _, group in groupby(report.dropped, key=lambda d: (d.copy, d.reason))]
    if report.unread_pages:
        lines.append(f"没有文字层、未识别的页：{'、'.join(map(str, report.unread_pages))}。可加 --ocr 再导入。")
    if report.unchecked:
        lines.append("文字由扫描件识别，未经校对，回答时会注明。")
    return [*lines, f"请核对 corpus/{report.document}/text.md，然后运行 yingda build。"]


def _dropped(group: Sequence[Dropped]) -> str:
    """Return what was left out of one copy for one reason, in one stretch."""
    first, last = group[0], group[-1]
    count = sum(len(dropped.text) for dropped in group)
    where = f"{first.copy} 第 {first.first_line}" + (f"—{last.last_line}" if last.last_line > first.first_line else "")
    return f"未收入（{DROPPED.get(first.reason.value, first.reason.value)}，{where} 行，{count} 字）：{_excerpt(first.text)}"


def _numbers(numbers: Sequence[int]) -> str:
    shown = "、".join(map(str, numbers[:MOST_MISSING]))
    return shown if len(numbers) <= MOST_MISSING else f"{numbers[0]}—{numbers[-1]}"


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= EXCERPT else flat[:EXCERPT] + "……"


def build_line(report: BuildReport) -> str:
    """Return what a build did."""
    changed = f"更新 {len(report.rebuilt)} 份" if report.rebuilt else "没有变动"
    removed = f"，移除 {len(report.removed)} 份" if report.removed else ""
    return (
        f"索引已就绪：{report.documents} 份文件，{report.clauses} 条，{report.questions} 个问法；{changed}{removed}。"
    )


def trained_line(trained: Trained, folder: str) -> str:
    """Return what a training made."""
    return f"模型已写入 {folder}：{trained.pairs} 对文本，{trained.grams} 个词元，{trained.size / 1e6:.1f} MB。"


def figure_lines(table: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return one line per group: its name and its figures."""
    return [
        f"{group} " + " ".join(f"{name}={value:g}" for name, value in values.items()) for group, values in table.items()
    ]


def catalogue_lines(catalogue: Catalogue) -> list[str]:
    """Return one line per document."""
    return [
        f"{d.id}  《{d.title}》  {LEVELS[d.level]}{'  ' + d.region if d.region else ''}" for d in catalogue.values()
    ]


def outline_lines(document: Document, outline: Outline) -> list[str]:
    """Return a document's headings, indented by depth, with the ids of its clauses."""
    lines = [f"《{document.title}》{UNCHECKED if document.unchecked else ''}"]
    for unit in outline.units:
        heading = outline.heading(unit)
        if outline.is_clause(unit) or heading and unit.kind not in ("item", "row", "paragraph", "title"):
            lines.append(f"{'  ' * (unit.depth + 1)}{document.id}/{unit.address}  {heading}".rstrip())
    return lines


def unit_lines(document: Document, outline: Outline, address: str) -> list[str]:
    """Return one unit as printed: document, headings above, number, title and text."""
    start, end = outline.full_span(address)
    printed = [line[match_marks(line) :] for line in outline.text[start:end].split("\n")]
    above = [f"《{document.title}》{UNCHECKED if document.unchecked else ''}", *outline.path(address)]
    return [*above, *(line for line in printed if line.strip("|:- \t"))]


COUNTERPARTS = {
    Relation.HIGHER: "上位依据：",
    Relation.LOWER: "各地怎么落实：",
    Relation.BESIDE: "同级文件的对应条款：",
}
COUNTERPARTS_NEED_INDEX = "（对应条款要先建索引才能显示，请运行 yingda build。）"
MOST_COUNTERPARTS = 3
"""Of one document; --json has all."""


def counterpart_lines(
    counterparts: Sequence[Counterpart] | None, catalogue: Catalogue, outlines: Mapping[str, Outline]
) -> list[str]:
    """Return the counterparts of a clause under basis, implementation and siblings; None where there is no index."""
    if counterparts is None:
        return ["", COUNTERPARTS_NEED_INDEX]
    lines: list[str] = []
    for relation, opening in COUNTERPARTS.items():
        documents = dict.fromkeys(parse_unit_id(c.unit)[0] for c in counterparts if c.relation is relation)
        if documents:
            lines += ["", opening]
        highest_first = sorted(documents, key=lambda name: list(LEVELS).index(catalogue[name].level))
        for document in highest_first[::-1] if relation is Relation.HIGHER else highest_first:
            own = [c.unit for c in counterparts if parse_unit_id(c.unit)[0] == document]
            lines += [
                _counterpart_line(unit, catalogue[document], outlines[document]) for unit in own[:MOST_COUNTERPARTS]
            ]
    return lines


def _counterpart_line(unit: str, document: Document, outline: Outline) -> str:
    own = outline[parse_unit_id(unit)[1]]
    return f"  《{document.short_title}》{outline_label(outline, own)}{own.title}  {unit}"


INTENTS = {
    Intent.HAZARD: "隐患",
    Intent.INCIDENT: "突发事件",
    Intent.QUESTION: "提问",
    Intent.ACK: "应答预警",
    Intent.STATUS: "问进度",
    Intent.CANCEL: "撤回",
    Intent.HELP: "问用法",
    Intent.SMALLTALK: "闲聊",
}
CASUALTIES = {True: "有", False: "没有", None: "没说"}
GUARDS = {Guard.INJECTION: "想改变本服务的规则，不予理会", Guard.PRIVATE_DATA: "打听他人隐私，应当婉拒"}


def reading_lines(reading: Reading) -> list[str]:
    """Return what a message was read as, one thing a line."""
    lines = [f"意图：{INTENTS[reading.intent]}（把握 {reading.confidence:.0%}）"]
    if reading.category is not None and reading.urgency is not None:
        lines += [f"类别：{CATEGORIES[reading.category]}", f"紧急程度：{URGENCIES[reading.urgency]}"]
        lines.append(f"人员伤亡或被困：{CASUALTIES[reading.casualties]}")
    if reading.place is not None:
        lines.append(f"地点：{reading.place}")
    return lines if reading.guard is None else [*lines, f"注意：{GUARDS[reading.guard]}"]
