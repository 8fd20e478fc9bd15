"""What a reporter reads while telling of a hazard; short, polite, and never more than is known."""

from collections.abc import Iterable

from assistant.dialogue import asides
from assistant.dialogue.talk import Draft, Prompt, Question, Wanted
from assistant.hazards import Hazard, HazardState
from assistant.incidents import Incident, IncidentState
from assistant.masking import mask
from assistant.ports import Incoming
from assistant.wording.showing import short_region
from assistant.wording.terms import CATEGORIES, STATES, URGENCIES

INCIDENT_STATES = {
    IncidentState.KNOWN: "已记下",
    IncidentState.PASSED_ON: "已转值守人员，等他们确认",
    IncidentState.ACKNOWLEDGED: "值守人员已接手",
    IncidentState.REPORTED: "已向上级报告",
    IncidentState.FINAL: "已办结",
    IncidentState.WITHDRAWN: "已按误报撤回",
}
HAZARD_STATES = STATES | {
    HazardState.REGISTERED: "已登记，正在安排人",
    HazardState.ACCEPTED: "已登记，正在安排人",
    HazardState.REOPENED: "已重新打开，正在安排人",
    HazardState.DUPLICATE: "和别人报的同一处并在一起办",
    HazardState.ASSIGNED: "已转给负责处理的人，等他接手",
    HazardState.SIGNED: "已有人接手处理",
    HazardState.RECTIFYING: "正在整改",
    HazardState.SUBMITTED: "说是整改完了，等另外的人去复查",
    HazardState.CLOSED: "整改完了，复查合格",
    HazardState.CALLED_BACK: "整改完了，复查合格",
}
"""How a reporter reads where a hazard stands: no word of the office."""
PHONES = "人有危险先打电话：火警119，急救120，报警110。"
WELCOME = "可以。您直接写：什么东西怎么了、在哪里，写一两句就行；也可以发照片、发定位。" + PHONES
ASK_MATTER = "您说。看到了什么情况、在哪里？写一两句就行，也可以发照片、发定位。"
ASK_MATTER_AGAIN = "这句我没看明白。请说清楚：什么东西怎么了、在哪里，例如“小学门口井盖没了”。不报了就回“取消”。"
ASK_MATTER_WITH_PHOTO = "收到了。我看不懂照片里的内容，请写一句：这是什么情况、在哪里？"
ASK_MATTER_WITH_VOICE = (
    "语音收到了，也存好了，可是我听不懂语音。请写一句：什么情况、在哪里？急的话请直接打电话。" + PHONES
)
ASK_MATTER_WITH_BOTH = "位置也收到了。照片里的内容我看不懂，请写一句：那里出了什么情况？"
ASK_MATTER_WITH_POINT = "位置收到了。那里出了什么情况？写一句就行，有照片也可以发。"
ASK_MATTER_WITH_PLACE = "地点记下了（{place}）。那里出了什么情况？写一句就行，有照片也可以发。"
ASK_MATTER_GO_ON = "“{text}”，您接着说，我听着：什么东西怎么了、在哪里？"
ASK_PLACE = "记下了（{category}）。在什么地方？说村组、路名或旁边有什么都行，也可以发定位。"
ASK_PLACE_AGAIN = "光说“{place}”，来的人怕找不到。是哪个村、哪条路，旁边有什么？也可以发定位。"
WHICH_WITHDRAW = "您有几条还没办完，要撤哪一条？"
STILL_REPAIRED = "还有一问：{number}（{short}）弄好了吗？弄好了回复 1，没弄好回复 2。"
SATISFIED = "谢谢您告诉我。{number}就此办结，记下了您的确认。"
REOPENED = "好，{number}已经重新打开，接着处理，有进展再告诉您。"
STILL_OPEN = "还有一问：{question}"
STILL_ASKS = {
    Wanted.MATTER: "您刚才要报的情况还没说：看到了什么、在哪里？不报了就回“取消”。",
    Wanted.PLACE: "您刚才报的（{text}）还差一样：在什么地方？不报了就回“取消”。",
}
REGISTERED = "{receipt}\n记的是：{matter}"
MATTER = "{category}，{urgency}；地点：{place}。"
BY_POINT = "见您发的定位"
NEXT_STEPS = "有照片、定位、新变化接着发，说错了直接说；想问办到哪一步，回“查进度”。"
SUPPLEMENTED = "补到{number}里了{what}。"
CHINESE_ONLY = (
    "我只看得懂中文。请用中文写一两句：什么东西怎么了、在哪里；也可以发照片、发定位，或者请身边的人帮着写。\n"
    "Please write in Chinese, or send a photo and your location. In danger, call 119 (fire), 120 (ambulance), 110 (police)."
)
WITH_YOU = (
    "您的难处我听到了，别一个人扛。现在就打心理援助热线12356，有人听您说；要是马上有危险，打110、120。"
    "先离开高处、水边，把药和刀放远，叫一个信得过的人来陪您。"
)
STILL_WITH_YOU = "我在，您接着说。也请现在就打12356，或者给信得过的人打个电话；马上有危险打110、120。"
OTHERS_REPORT = "别人报的，我只能告诉他本人，请他自己在这里回“查进度”。您看着还没弄好，把情况和地点发给我，我记上。"
ARRIVAL = "消防、救护几时到，我这里看不到，打119、120时可以直接问。您的话我已经转给值守人员。"
CALL_YOURSELF = "电话我打不了，要您自己打。119、120、110不要钱，欠费停机也能拨；实在拨不出，马上喊旁边的人帮着打。"
STANDS = "{number}现在：{state}。"
ANGRY = "您着急，我听到了。请说清是什么情况、在哪里，我马上登记、转给人去办；以前报过的，回“查进度”看办到哪一步。"
WHO_I_AM = "我是“应答”，自动回话的程序，不是真人。要报隐患、要问规定，直接说；想找真人，回“转人工”。"
PRAISED = "谢谢您告诉我。再看到隐患，接着发来。"
NO_MATTER = "没关系。有情况要报、有规定要问，直接说就行。"
NOT_MINE = "我这里收安全隐患，也答应急方面的规定；别的事请找村委会，或者打12345问。要是有危险，说清什么情况、在哪里，我马上登记。"
NOT_SURE = "没把握的事先别做！"
CARRY_OUT = "走不动就先喊隔壁、打电话叫人来背，接不上人就打119，说清几个人、在哪间屋；等的时候挪到屋里最结实、离险处最远的地方，进水就往高处挪。"
LEAVE_FIRST = "先喊人出来，人先走，东西不要管：拿不准就当真的办，搬错了还能搬回来。"
LEAVE_NOW = "屋里、下面有人的，现在就都搬出来，到稳当的地方去，不要等天亮、等人来。"
WAITING = "好，您先忙。刚才说的都留着，忙完接着说就行。"
THANKED = "不客气。{number}有变化会告诉您。"
THANKED_ALONE = "不客气。"
NOT_WRITTEN = "这个文件里没有写，我不乱说。想问值班的人，回“转人工”，我把话转过去。"
NOT_WRITTEN_FEAR = "文件里没有写到您这种情况，我不敢替您拿主意。看着不对劲，就先离开、再打电话；拿不准，回“转人工”请值班的人答您。人有危险先打119、120、110。"
NODDED = "好的，{number}（{state}）有变化会告诉您。"
CORRECTED = "改好了。{number}现在是：{matter}"
NOT_CORRECTED = "您是说哪里错了？请这样说：“不是……，是……”。"
PLACE_CORRECTED = "改好了，地点记成“{place}”。"
WITHDRAWN = "按您说的，{number}（{short}）已经撤回{reason}\n记录还留着，查得到。要是还得报，回“还是要报”就恢复。"
WITHDRAWN_BECAUSE = "，理由记的是：{reason}"
CONFIRM_WITHDRAW = "要撤回{number}（{short}）吗？"
WITHDRAW_OPTIONS = ("撤回", "不撤，留着")
KEPT = "好的，不撤。{number}还在：{state}。"
KEPT_DRAFT = "好的，留着，不撤。"
ALREADY_WITHDRAWN = "{number}早先已经撤回了。要是还得报，回“还是要报”就恢复。"
NOTHING_TO_WITHDRAW = "您现在没有正在填的，也没有能撤的记录。"
NOT_WITHDRAWABLE = "{number}现在是“{state}”，已经有人在办，不能自己撤。情况变了请写一句，我补进去告诉经办的人。"
DROPPED = "好的，刚才没填完的不报了，没有登记。以后看到隐患随时发来。"
JUST_ASKING = "好的，只是问问，不登记。真看到了随时发来。"
REINSTATED = "{number}恢复了，接着办：{state}。"
RECEIVED_DRAFT = "收到了。"
RECEIVED = "收到了，一个字没少。记在{number}里：{matter}现在：{state}。"
TIMING = "{number}现在：{state}。什么时候办好要由处理的人定，我不能替他们答应日子。{noted}有进展会告诉您；急的话请直接给值班室打电话。"
TIMING_NOTED = "您说的“{day}”我已经标出来，转给了值守人员。"
TIMING_TOLD = "您的话补进去了，也转给了值守人员。"
TIMING_STAFF = "{number}的报告人在问时间：“{text}”。请您看一下，能定就给个准话。"
WISH = "记下了，写在{number}里，经办的人看得到：{wishes}。"
WISH_FIRST = "记下了：{wishes}。"
ANONYMOUS = "可以不公开身份。派给处理人的内容里没有您的姓名、电话和账号；您的身份单独封存，只有专门授权的人因为办案、发奖才能打开，每打开一次都有记录。"
ANONYMOUS_KEPT = "按匿名办，您的姓名、电话不给别人看。"
ANONYMOUS_CASE = "{number}已经改成匿名。"
ANONYMOUS_ASK = "您要报什么情况？说清楚是什么、在哪里就行，不用留姓名电话。"
STATUS_NONE = "没有查到您报过的情况。要报隐患，直接写：什么东西怎么了、在哪里。"
STATUS_HEAD = "您报过的（最近{count}条）："
STATUS_ONE = "{number}：{category}，{place}，{at}报。现在：{state}{reason}。"
IN_HAND = "在{owner}手上{due}。"
IN_HAND_UNTIL = "，期限{due}"
STATUS_SIMILAR = "还有别人反映过同一处，您说的也记上了，一起办。"
STATUS_OTHER = "这个编号不是您报的。别人报的事、是谁报的，我都不能说；您自己报过的，随时可以问。"
IS_NOW = "这是现在正发生的事吗？是的话再说一下在哪里，我马上转给值守人员。"
NOW_OPTIONS = ("是，现在就有", "不是，只是问问")
WHICH_ASKED = "您回的“{number}”，是答哪一条？"
PRESSED_UNKNOWN = "这个按钮认不出来了。请把要说的话直接写给我。"
PRESSED_BY_ANOTHER = (
    "这条消息不是发给您的，按钮不算数。有情况请直接写给我；人有危险先打电话：火警119，急救120，报警110。"
)
PRESSED_LATE = "这条消息已经过了时间，按钮不算数了。有情况请直接写给我。"
STRAY_NUMBER = (
    "只收到一个数字，我这里没有等您选的问题。要报隐患请写一两句：什么情况、在哪里；回“菜单”看能办什么。" + PHONES
)
OUT_OF_RANGE = "请回复{numbers}里的一个数字。\n{prompt}"
SMALL_TALK = {
    "smalltalk": "我在。有情况要报、有规定要问，直接说就行。" + PHONES,
    "help": "您直接用平常话说就行：看到隐患就写“什么情况、在哪里”，要问规定就直接问。回“菜单”看还能办什么。",
    "ack": "好的，收到您的话。您现在没有等着答复的预警。有情况直接写给我。",
}
WORSE = "{number}已改成特急，马上告诉值守的人。您到了安全的地方，再说一句现在怎么样。"
GET_AWAY = "人先离远，叫旁边的人一起走！东西和车都不要管。"
WHETHER = "这种情况算隐患。是现在就有的吗？是的话说一下在哪里，我马上登记；只是问问也行。人已经头晕、受伤或者被困，先打120、119。"
IN_EARNEST = "要是真有人出事，告诉我在哪里，我马上转给值班人员；是开玩笑就不用理会下面的话。"
NOT_EARNEST = "像是玩笑或者演练，我先不登记。要是真有人出事，马上打火警119、急救120，再告诉我在哪里，我转给值班人员。"
RUMOUR = "我这里没有收到官方发布的这个消息，不能确认真假，请先不要传，以政府和应急、气象、水利、地震部门发布的为准。您自己看到水涨、山响、起火，就别等消息：人先离开，再打119，也告诉我在哪里。"
CRY = "别慌，出什么事了、在哪里？\n着火、有人被困：马上打119；有人受伤、昏迷：打120；有人行凶：打110。电话要您自己打，说清地点。"
EMOJI = "收到。有情况要报、有规定要问，直接打字或发语音就行。" + PHONES
ALARMING_EMOJI = "是不是遇到险情了？您在哪里、人要不要紧？写几个字就行。\n" + PHONES
NOT_YOURS = "办结、销号要经办人整改、另外的工作人员复查合格才行，谁也不能直接改。您这边能补充情况、说弄没弄好。"
REFUSED = {
    "injection": "我只做应急上的事：答规定、收隐患、传预警。我的规矩不能改，也不能换身份。有什么情况您照直说。",
    "private_data": "是谁反映的、别人的电话和姓名，我都不能说，也不说是或不是，对谁都一样。要找经办的部门，我可以帮您把话转给值班人员。",
}
STARTED = "您刚才报的还没登记完。"
PARKED = "您先前报的（{text}）还留着，人安全了再接着说。"
UNKNOWN_COMMAND = (
    "没有“{command}”这个命令。可以用：/report 报隐患，/status 查进度，/cancel 取消，/help 帮助；直接说话也行。"
)
MENU = "您好，我能帮您："
MENU_OPTIONS = ("报隐患", "查进度", "问规定", "转人工")
HAND_OVER_CHOICE = 4
MENU_END = "回数字，或者直接说。" + PHONES
MENU_ASK = "您问。用平常话就行，我按文件原文答，没有就直说。"
MENU_NONE = "没有0这一项。回1到{last}，或者直接说。已经登记的不受影响。"
SAME_SPOT = "有人反映过很像的一处：{short}（{at}）。和您说的是同一处吗？您说的我都已经记上了。"
SAME_SPOT_OPTIONS = ("是同一处", "不是")
QUESTIONS = {
    Question.SAME_SPOT: "和先前有人反映的是同一处吗？",
    Question.WITHDRAW: "要撤回吗？",
    Question.WHICH: WHICH_WITHDRAW,
    Question.MENU: MENU,
    Question.NOW: IS_NOW,
    Question.QUIZ: "题还没有答完，请接着答：",
}
"""The questions in short, asked again after something else was answered."""
JOINED = "好，并到一起办了，编号{main}。您补充的情况已经记上，有结果也会告诉您；查进度回“查进度”。"
NOT_JOINED = "好，分开办。您的是{number}。"
REMEMBER = "请记住：{never}"
ASK_INCIDENT_PLACE = "在什么地方？说清村组、路名或旁边有什么。"
BECAME_INCIDENT = "这件事按突发事件转给值守人员了，编号{number}。"
BECAUSE = "（{reason}）"
SILENT_DRAFT = (
    "有人报了一半没说完（{minutes}分钟没有回音），怕是真有事，请您想办法核实：{text}{place}。报的人在：{region}。"
)
CHAT = (
    (asides.WHO_ARE_YOU, WHO_I_AM),
    (asides.ANGER, ANGRY),
    (asides.SCOLDING, ANGRY),
    (asides.SORRY, NO_MATTER),
    (asides.EMPTY_ASK, NOT_MINE),
    (asides.PRAISE, PRAISED),
    (asides.THANKS, THANKED_ALONE),
    (asides.HEARSAY, RUMOUR),
)
"""What is said to words that neither report nor ask for a rule; the first that fits."""
LONGEST = 40
GRAVE = ("urgent", "emergency")
GRAVITY = ("", "routine", "urgent", "emergency")


def asks_matter(draft: Draft) -> str:
    """Return the question for the matter, after what was sent instead of it."""
    if draft.place:
        return ASK_MATTER_WITH_PLACE.format(place=draft.place)
    if draft.texts and not draft.attachments and not draft.location:
        return ASK_MATTER_GO_ON.format(text=draft.text)
    if draft.attachments and all(one.kind == "voice" for one in draft.attachments):
        return ASK_MATTER_WITH_VOICE
    if draft.attachments and draft.location:
        return ASK_MATTER_WITH_BOTH
    return ASK_MATTER_WITH_PHOTO if draft.attachments else ASK_MATTER_WITH_POINT


def gravity(urgency: str) -> int:
    """Return how grave an urgency is; nothing said is the least."""
    return GRAVITY.index(urgency)


def withdrawn(case: Hazard | Incident, reason: str) -> str:
    """Return that a report has been taken back, and the reason where one was given."""
    because = WITHDRAWN_BECAUSE.format(reason=clipped(reason)) if reason else "。"
    return WITHDRAWN.format(number=case.number, short=short(case), reason=because)


def added(incoming: Incoming, place: str) -> str:
    """Return what a supplement has brought, for the middle of a sentence."""
    kinds = {"image": "照片", "voice": "语音"}
    parts = list(dict.fromkeys(kinds[one.kind] for one in incoming.attachments))
    parts += ["定位"] if incoming.location else []
    parts += [f"地点：{place}"] if place else []
    return f"（{'、'.join(parts)}）" if parts else ""


def matter(case: Hazard | Incident) -> str:
    """Return kind, urgency and place of a case in one line."""
    return MATTER.format(
        category=CATEGORIES.get(case.category, "其他"),
        urgency=URGENCIES.get(case.urgency, "一般"),
        place=where(case),
    )


def where(case: Hazard | Incident) -> str:
    """Return where something is, in words."""
    if case.place:
        return case.place
    return BY_POINT if case.lat is not None else "还没说清"


def short(case: Hazard | Incident) -> str:
    """Return what a case is about, short enough for the middle of a sentence."""
    first = case.text.split("\n")[0]
    return clipped(first if case.place in first else f"{case.place} {first}")


def clipped(text: str) -> str:
    """Return the beginning of a text, with an ellipsis where more follows."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[:LONGEST] + "……"


def state(case: Hazard | Incident) -> str:
    """Return where a case stands, in words."""
    if isinstance(case, Hazard):
        return HAZARD_STATES[HazardState(case.state)]
    return INCIDENT_STATES[IncidentState(case.state)]


def still_asks(draft: Draft) -> str:
    """Return the question that a draft still waits for, after something else was answered."""
    wanted = draft.wanted
    return STILL_ASKS[wanted].format(text=clipped(draft.text)) if wanted else ""


def silent_draft(draft: Draft, region: str, minutes: int) -> str:
    """Return what the duty desk is told of a report that stopped in the middle; nothing says who wrote it."""
    place = f"，地点说的是“{draft.place}”" if draft.place else ""
    text, where = mask(clipped(draft.text)), short_region(region) or "不详"
    return SILENT_DRAFT.format(text=text, minutes=minutes, place=place, region=where)


def prompt_text(question: str, options: Iterable[str]) -> str:
    """Return a question with its numbered answers."""
    return "\n".join([question, "　".join(f"{number} {option}" for number, option in enumerate(options, 1))])


def out_of_range(prompt: Prompt) -> str:
    """Return what is said to a number that the prompt does not have."""
    numbers = "、".join(str(number) for number in range(1, len(prompt.options) + 1))
    return OUT_OF_RANGE.format(
        numbers=numbers, prompt="　".join(f"{n} {option}" for n, option in enumerate(prompt.options, 1))
    )
