"""What happened, why, and what to do: one sentence per error."""

from collections.abc import Callable

from assistant.errors import YingdaError
from assistant.wording.exports import TITLES
from assistant.wording.terms import action_words, role_words, state_words

SENTENCES = {
    "BadInput": "输入的内容无法使用，请检查后再试。",
    "MissingFile": "找不到文件“{path}”，请检查路径是否写对、是否有读取权限。",
    "EmptyFile": "文件“{path}”里没有文字，请换一份有内容的文件。",
    "TooLarge": "文件“{path}”太大（上限{limit}），请拆分后再导入。",
    "UnknownFormat": "认不出文件“{path}”的格式，目前能读 txt、md、html、docx 和带文字的 pdf；doc、wps、ofd 请先另存为 docx 或 pdf。",
    "WrongEncoding": "文件“{path}”的文字编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8 后再导入。",
    "NotChinese": "文件“{path}”里几乎没有汉字，可能选错了文件。",
    "EncryptedFile": "文件“{path}”设有密码，请先去掉密码再导入。",
    "ScannedFile": "文件“{path}”是扫描件，没有文字层。请找文字版；或在程序目录运行 make ocr 装上识别组件，再加 --ocr 导入，识别结果会标明“未校对”。",
    "DamagedFile": "文件“{path}”不完整或已损坏，请重新获取后再导入。",
    "NoTitle": "在{copies}里没有找到标题，请用 --title 写明文件标题。",
    "NoClauses": "在“{path}”里没有找到任何条款，请确认它是意见、预案、规定一类的文件。",
    "BadSetting": "设置 {names} 的值不对，请按说明书的设置表改正（环境变量或 .env 文件）。",
    "BadIdentifier": "文件编号“{id}”不合规则：只能用小写字母、数字和连字符，例如 yunnan-2025。",
    "ServerDatabase": "数据库在 PostgreSQL 服务器上，请用它自带的工具：备份用 pg_dump -Fc，恢复用 pg_restore --clean；备份时服务不用停。这个命令只管 SQLite 文件。",
    "UnknownRule": "规则表里没有“{region}”在{on}适用的“{rule}”，请在规则表里补上这一条。",
    "UnknownCase": "没有编号为“{number}”的记录，请核对编号。",
    "NotAllowed": "这件事（{action}）要{role}来办，您现在的身份办不了。要是弄错了，请找管理员核对您的身份。",
    "SamePerson": "{number}要{action}，得换一个人来：谁整改的、谁负责的，不能自己销号；谁申请延期，不能自己批。",
    "NotReleased": "{number}这一户还没有同意返回，没有记。要等值班领导发“可以回去了”。",
    "WrongState": "{number}现在是“{state}”，不能{action}。发“看 {number}”可以看它走到了哪一步。",
    "UnknownMedia": "这个文件打不开：能收的是照片（jpg、png、webp）和语音。请拍一张照片，或者用文字说一说。",
    "MissingMedia": "这张照片（或语音）不在了，或者只给发的人和当地工作人员看。",
    "MediaTooLarge": "这个文件太大了（上限{limit}），没有收下。请改发一张小一点的照片，或者用文字说一说。",
    "DamagedMedia": "这张照片没有传完整，打不开。请再发一次；要是急，先用文字说清楚在哪里、出了什么事。",
    "HeicPicture": "这张照片是苹果手机的 HEIC 格式，这里打不开。请截个屏，把截图发来；要是急，先用文字说清楚。",
    "TooManyFiles": "您这一小时发的照片和语音太多了，这一个没有收。请过一会儿再发；急的话，先用文字说清楚在哪里、出了什么事。",
    "MediaNotKept": "照片（或语音）没有收下：系统这会儿存不了东西。写的话照样在办；照片请过一会儿再发，急的话先用文字说清楚在哪里、出了什么事。",
    "MissingReason": "{number}要{action}，请把原因一起写上，再发一次。",
    "BadPlace": "“{place}”不像一个地点，请从省往下写，用斜杠隔开，例如 云南省/示例州/示例县/示例镇/上河村。",
    "UnknownPlace": "地点表里没有“{place}”{near}。请核对写法，或者先用 yingda import places 导入地点。",
    "UnknownPerson": "没有叫“{name}”的人{near}。请核对姓名，或者先用 yingda import people 导入人员。",
    "SeveralPersons": "叫“{name}”的不止一个：{listed}。请改用编号，例如 #12。",
    "NoHeading": "在“{path}”的前 20 行里没有找到表头，至少要有这几列：{wanted}。",
    "RowRefused": "这一行没有导入，请按提示改正后再导入一次。",
    "UnknownHolidays": "{year}年的放假和调休安排还没有录入，分工作日、周末、节假日的轮班排不出来。等国务院办公厅的通知出来，请更新程序里的节假日表；这之前可以先按天导入值班表。",
    "BadRotation": "轮班文件“{path}”里的“{field}”没有写，或者写得不对，什么都没有改。请对照说明里的例子改正。",
    "DamagedCalendar": "“{path}”不是完整的日历文件（.ics），或者重复的次数多得不像值班表，什么都没有导入。",
    "NoRoster": "在“{path}”里没有认出值班表：至少要有日期和人名。可以参照 yingda export duty 导出的样子填。",
    "UnknownOrder": "没有第{number}号排班安排，或者它已经撤销了。",
    "UnknownTable": "认不出表格“{path}”的格式，目前能读 xlsx 和 csv；xls、et 请先另存为 xlsx。",
    "NotEmpty": "这个数据库里已经有内容，没有放入示例，原有内容没有改动。想试用示例，请把 YINGDA_DATABASE_URL 设成一个新文件再运行。",
    "NotBound": "{name}没有绑定过{channel}，不用解除。",
    "BadLink": "没能替您应答：{reason}。",
    "NotBlocked": "{name}没有被屏蔽，不用恢复。运行 yingda blocked 可以看名单。",
    "BadCap": "这条 CAP 预警用不了：{field}{reason}（{value}）。没有叫人，原文已经留着；请发布单位改正后重发，急的话先用“转发预警”手工转发。",
    "BadTerm": "{number}不能延到这个时间：要晚于现在的期限，也不能是过去的时间。请重新说一个日子，例如“申请延期到下周五 因为材料没到”。",
    "UnknownRegion": "没有“{region}”这个地区的资料。可选的地区：{known}。",
    "UnknownDocument": "没有编号为“{document}”的文件。",
    "UnknownUnit": "没有“{unit}”这一条，请核对文件编号和条款号。",
    "BadQuestion": "请用一两句话写下要问的事（不超过 {limit} 个字）。",
    "BadQuestionFile": "“{path}”第 {line} 行不是一条合格的问题记录，请按格式改正后再试。",
    "BadMessageFile": "“{path}”第 {line} 行不是一条合格的消息例句（标注缺少、写错或前后矛盾），请按格式改正后再试。",
    "BadDialogueFile": "“{path}”第 {line} 行不是一段合格的对话（缺少说话的人、说的话，或者写法不对），请按格式改正后再试。",
    "NotExportable": "现在还不能把{ledger}导出成 {format}：这份台账还没有做，或者里面没有位置、画不到地图上。现在能导出 hazards（隐患）、incidents（突发事件）、rewards（奖励）、warnings（预警叫应）、duty（值班表）、drills（演练）；geojson 只有前两份有，ics（日历）只有值班表有。",
    "ChannelUnready": "{names} 没有填，或者填得不对，{channel}用不了。请照说明书“接入微信、企业微信、Telegram”一节，在 .env 文件里补上，再重新启动；其他渠道照常使用。",
    "NoEndpoint": "还没有设置语言模型服务：请在环境变量或 .env 文件里写上 {names}（要密钥的再写 YINGDA_LLM_KEY）。不起草问法，其他功能照常使用。",
    "UnknownDraft": "文件“{document}”没有编号为 {numbers} 的草稿，请用 yingda drafts {document} 核对编号；这次没有改动任何草稿。",
    "UnknownMissed": "问题记录里没有第 {number} 号，请先运行 yingda missed --all 核对编号。",
    "AlreadySettled": "第 {number} 号问题已经在 {day} 处理过了，不用再处理。运行 yingda missed --all 可以看到。",
    "UnknownHandOver": "转人工的名单上没有第 {number} 号，请先运行 yingda hand-overs --all 核对编号。",
    "AlreadyAnswered": "第 {number} 号已经由{by}处理过了，没有重复发送。",
    "BadExplanations": "“{path}”第 {line} 行起的这一条通俗解释不合格式（{field}），请照文件开头的说明改正后再试。",
    "WorkFailed": "这件事没有做成，请稍后再试。",
    "DamagedDocument": "资料库里的文件“{document}”不完整或前后矛盾（{reason}），请修复后再试。",
    "QuoteMismatch": "引文“{unit}”与原文不一致，已停止显示。请运行 yingda build 重建索引。",
    "UnfoundedExplanations": "通俗解释“{names}”所依据的原话，在它写明的条款里对不上（条款没有了、改过了，或者地区不符），已停止显示。请对照原文改好 explanations.toml，再运行 yingda build。",
    "MissingIndex": "还没有建好索引（{path}），请先运行 yingda build。",
    "StaleIndex": "索引（{path}）与现在的资料库不一致，请运行 yingda build 更新。",
    "ForeignIndex": "索引（{path}）是用别的版本或别的模型建的，请运行 yingda build 重建。",
    "DamagedIndex": "索引（{path}）有文件缺失或被改动，请运行 yingda build 重建。",
    "MissingExtra": "这项功能需要另装组件，请在程序目录运行 make {extra}。",
    "MissingModel": "向量模型“{model}”无法加载，请检查 YINGDA_MODEL 设置；改为 bundled 可用自带模型。",
    "KeyRefused": "语言模型服务（{host}）不接受这个密钥，已停下。请检查 YINGDA_LLM_KEY；写好的草稿都在，改好后再运行会接着做。",
    "WriterFailed": "语言模型服务（{host}）接连没有答复（{reason}），已停下。请检查网络、YINGDA_LLM_URL 和 YINGDA_LLM_MODEL；写好的草稿都在，再运行会接着做。",
    "LimitReached": "已到这次的上限（{limit}），还有 {left} 条没有起草。写好的草稿都在，再运行一次会接着做。",
    "NobodyToTell": "突发事件 {numbers} 没有人可以通知：那里和上级都没有登记能收到消息的值班员、带班领导、应急负责人。请马上电话核实处置，再登记值班人员并发邀请码。",
    "DraftsMissing": "有 {left} 条没有写成问法，原因见上面的清单。写好的草稿都在，再运行一次只做这几条。",
    "DatabaseFailed": "数据库无法读写（{reason}），请检查磁盘空间、权限和 YINGDA_DATABASE_URL 设置；已有记录没有改动。",
    "NewerDatabase": "这个数据库是更新的版本用过的（第 {revision} 步，现在的程序只认到第 {known} 步），没有打开，内容没有改动。请换回新版本的程序，或者用升级前的备份：yingda restore 备份文件。",
    "SendingFailed": "消息暂时发不出去（{channel}：{reason}），稍后会自动再发。",
    "SendingPaused": "对方这会儿收到的消息太多，平台要求等一等（{channel}：{reason}），{wait_s}秒后会自动再发。",
    "SendingInDoubt": "消息发出去了，平台没有回音（{channel}：{reason}），对方可能收到，也可能没收到；会再发一次，并写明“重发”。",
    "RecipientGone": "对方已经不收这里的消息了（{channel}：{reason}），请打电话，或者换别的办法通知。",
    "SendingRefused": "消息发不到对方（{channel}：{reason}），不会再发，请用电话或者别的办法通知。",
    "MessagesStuck": "有 {failed} 条来信试了几次都没有办成（最近一条的原因：{error}），有 {undelivered} 条通知没有送到人。请值班人员看一看，打电话补上，并把原因告诉维护人员。",
    "CannotListen": "无法在 {host}:{port} 上启动（{reason}），可能端口已被占用，请换一个端口：yingda serve --port 8080。",
    "ReaderFailed": "读取“{path}”的程序中途停止（{reason}），请再试一次；还不行就把文件另存为 docx 或 txt。",
    "CannotWrite": "无法写入“{path}”（{reason}），请检查磁盘空间和权限；原有文件没有改动。",
}


LIMITS = {
    "limit_calls": "调用 {} 次",
    "limit_tokens": "{} 个 token",
    "limit_mb": "{} MB",
    "limit_pages": "{} 页",
    "limit_parts": "{} 个部件",
    "limit_rows": "{} 行",
    "limit_megapixels": "{} 百万像素",
}


REASONS = {
    "timeout": "超过时间没有答完",
    "connection": "连接不上或中途断开",
    "wrong": "这个链接不对，可能没有复制完整，没有记。请在聊天里直接回复“收到”，或者给镇里值班室打电话",
    "expired": "这个链接过期了，没有记。请在聊天里直接回复“收到”，或者给镇里值班室打电话",
    "used": "这个链接已经用过了，应答已经记下，不用再按。别的情况请在聊天里直接说",
    "over": "这次预警已经结束，不用再应答了",
    "402": "账户余额不足",
    "404": "地址或模型名不对",
    "429": "请求太多或额度用完",
    "too_large": "超过 1 MB",
    "no_xml": "不是完整的 XML",
    "doctype": "带有 DOCTYPE 声明，为了安全不读",
    "namespace": "的命名空间不是 CAP 1.2",
    "unknown_element": "不是这里该有的元素",
    "pair": "要有一个 valueName 和一个 value",
    "missing": "缺少或为空",
    "twice": "只能写一次",
    "choice": "的值不在规定的词里",
    "time": "的时间写法不对，要写成 2026-07-01T12:00:00+08:00",
    "plain": "不能为空，也不能有空格、逗号、< 和 &",
    "references": "的写法不对，要写成 发布者,编号,时间",
    "shape": "的坐标不对",
}
"""Why an endpoint gave no answer, or a CAP message is none; other statuses show as they are."""


SPOKEN: dict[str, Callable[[object], object]] = {
    "reason": lambda value: REASONS.get(str(value), value),
    "state": state_words,
    "action": action_words,
    "ledger": lambda value: TITLES.get(str(value), value),
    "role": role_words,
    "near": lambda value: f"，名字相近的有：{value}" if value else "",
}
"""Details that come as codes."""


class _Shown(dict[str, object]):
    """Details for a sentence; one that is missing shows as 未知 instead of failing the message."""

    def __missing__(self, key: str) -> str:
        if key == "limit":
            return next((LIMITS[name].format(self[name]) for name in LIMITS if name in self), "未知")
        return "未知"

    def __getitem__(self, key: str) -> object:
        value = super().__getitem__(key)
        return SPOKEN[key](value) if key in SPOKEN else value


def explain(error: YingdaError) -> str:
    """Return the sentence for an error, or for the nearest class above it that has one."""
    for kind in type(error).__mro__:
        if kind.__name__ in SENTENCES:
            return SENTENCES[kind.__name__].format_map(_Shown(error.details))
    return SENTENCES["WorkFailed"]
