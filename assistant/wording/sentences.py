"""Fixed sentences of the conversation."""

from collections.abc import Iterable

from assistant.documents import Document, Level
from assistant.handovers import HandOver
from assistant.incidents import advise
from assistant.triage import Danger
from assistant.wording.advice import advice_text
from assistant.wording.answers import LEVELS

HELP = (
    "您好，这里是“应答”。看到隐患，直接写什么东西怎么了、在哪里，照片、定位也行，我登记好转给人去办；问办到哪一步，回“查进度”。\n"
    "要问应急管理的规定（预案、演练、值班、转移避险、隐患排查等），用平常话问，回答都是文件原文，写明出自哪一条；查不到会直说。\n"
    "还可以发：“全文”看整条，“出处”看文件来源，“说人话”听通俗解释，“下一条”“上一条”接着看，“上位依据是哪条”“北京对应哪一条”“我们这儿怎么落实”看上下级和外地的对应条款，“有哪些文件”看目录，“地区 云南省”换地区，“我是干部”换身份；答得不对请回复“没答到”，想请人来答请回复“转人工”。\n"
    "人有危险时请先打电话：火警119，急救120，报警110。"
)
NOT_TAKEN = (
    "您的消息没有收下：系统这会儿存不了东西。请过一会儿再发一次。\n"
    "人有危险，不要等，请直接打电话：火警119，急救120，报警110。"
)
LATER = (
    "您的消息已经收下了，不过这会儿办不了，稍后会接着办，不用重发；过几分钟再来看。\n"
    "人有危险，不要等，请直接打电话：火警119，急救120，报警110。"
)
STILL_TRYING = (
    "系统这会儿很慢，您的消息还在存，不知道存下了没有。过一分钟再来看，没有回音就再发一次。\n"
    "人有危险，不要等，请直接打电话：火警119，急救120，报警110。"
)
GIVEN_UP = (
    "您的消息收下了，系统试了几次都没有办成，已经记下来请值班人员看。急的事请直接给村里、镇里打电话。\n"
    "人有危险，不要等，请直接打电话：火警119，急救120，报警110。"
)
CALL = "人有危险，不要等，请直接打电话：火警119，急救120，报警110。"
TOO_FAST = (
    "您发得太快了，刚才这一条我没有收，前面收下的都在。请过几分钟再发。\n"
    f"{CALL}在这里写明“着火了”“有人被困”，我照样马上收。"
)
SAID_BEFORE = f"同样的话我已经收到好几遍，都记下了，不用再发。有新的情况，请换句话告诉我。\n{CALL}"
DANGER_BEFORE = (
    "同样的险情我已经收到好几遍，都记下了，不用再发。我不能替您打电话，还没打的请马上打。情况有变化，请换句话告诉我。"
)
OUR_OWN_WORDS = f"这是我刚才发给您的话，不用发回来。有什么事，请直接写。\n{CALL}"
AGAIN = "（重发）"
WELCOME = "不客气。还有要问的，直接发给我就行。"
EXAMPLES = ("村里一年要演练几回", "预警来了怎么通知到人", "云南意见第十七条", "有哪些文件")
HAND_OVER = "转人工"
AFTER_ANSWER = ("全文", "出处", "下一条", "没答到")
AFTER_REFUSAL = ("有哪些文件", "帮助")
AFTER_MARK = (HAND_OVER, "帮助")
OFFER = (
    "想请人来答，回复“转人工”，我把这个问题记给值班人员；也可以问村（社区）、乡镇（街道）的应急工作人员，或者打12345。"
)
MARKED = "谢谢您告诉我，已经记下来用来改进，不记您是谁。您可以换个说法再问一次；想请人来答，回复“转人工”。"
MARKED_ALREADY = "这一条已经记过了，谢谢您。您可以换个说法再问一次；想请人来答，回复“转人工”。"
NOTHING_TO_MARK = "您还没有问过问题。请直接写下要问的事，哪里答得不对，再告诉我。"
HANDED_OVER = (
    "您的问题已经记到值班台的名单上，等值班人员来答。答复来了会出现在这个对话里，请过些时候再来看；什么时候能答，我说不准。\n"
    "人有危险、情况紧急，不要等，请马上打电话：火警119，急救120，报警110。"
)
HANDED_OVER_ALREADY = "这个问题已经在值班台的名单上了，不用再发；答复来了会出现在这个对话里。\n人有危险、情况紧急，不要等，请马上打电话：火警119，急救120，报警110。"
NOTHING_TO_HAND_OVER = (
    "请先用一两句话写下要问的事，发出来，再回复“转人工”，我就记给值班人员。\n"
    "人有危险、情况紧急，不要等，请马上打电话：火警119，急救120，报警110。"
)
DUTY_REPLY = "值班人员（{by}）答复您：\n{reply}\n（您问的是：{question}。这是值班人员的话，不是文件原文。）"
ASKED_AFTER = "{question}（前面说的是：{topic}）"
LONGEST_REMINDER = 60
"""Characters of the asker's own question that a reply repeats."""
NOTHING_CITED = "还没有查过条款。请先问一个问题，或者直接说文件和条款号，例如“云南意见第十七条”。"
NO_EXPLANATION = "{label}还没有写好通俗解释，不敢随意替文件说话。回复“全文”可以看整条原文，“出处”可以看是哪里发的。"
NO_CLAUSE_BESIDE = "这一条已经是文件的开头或结尾，没有再往前或往后的条款了。"
REGION_SET = "好的，以后按“{region}”适用的文件回答您。"
ASKER_SET = "好的，以后按{asker}的需要回答您。"
ASKERS = {"villager": "村民", "cadre": "干部", "trainer": "教员"}
DANGER = {kind: advice_text(advise("", kind, "")) for kind in Danger}
DOCUMENTS = "目前收有这些文件："


def danger_advice(kind: Danger) -> str:
    """Return what a person in danger is told at once."""
    return DANGER[kind]


def duty_reply(answered: HandOver) -> str:
    """Return what a person of the duty desk has answered, with what it answers."""
    question = answered.question.rstrip("。？！?!")
    reminder = question if len(question) <= LONGEST_REMINDER else question[:LONGEST_REMINDER] + "……"
    return DUTY_REPLY.format(by=answered.by, reply=answered.reply, question=reminder)


def document_list(documents: Iterable[Document]) -> str:
    """Return the catalogue as a message, highest level first."""
    order = list(Level)
    lines = [
        f"{number}．《{document.title}》（{LEVELS[document.level]}{'，' + document.region if document.region else ''}）"
        for number, document in enumerate(sorted(documents, key=lambda d: (order.index(d.level), d.id)), 1)
    ]
    return "\n".join([DOCUMENTS, *lines])
