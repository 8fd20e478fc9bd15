"""What is said of and over WeCom (企业微信)."""

WELL = "企业微信正常。"
DOWN = "企业微信出了问题：{why}。请照管理后台核对企业ID、Secret 和可信IP，并看看服务器能不能上网。"
CHOSEN = "已选：{label}"
BELOW = "请看上面的消息，再点下面的按钮。"
TIMES = "（第{count}次）"
GREETING = "你好"
"""What somebody who opens the app for the first time counts as having said."""
UNREADABLE = {"video": "[视频]", "shortvideo": "[视频]", "file": "[文件]", "link": "[链接]"}
"""What a message of another kind counts as having said."""
UNREADABLE_OTHER = "[消息]"
KINDS = {"image": "照片", "voice": "语音"}
NOT_FETCHED = (
    "您发的{kind}我没有收到：平台没有把它传过来。请再发一次；还是不行，就用文字写一写。\n"
    "人有危险，不要等，请直接打电话：火警119，急救120，报警110。"
)
NOT_KEPT = "您发的{kind}没有存下来。{why}"


def down(why: str) -> str:
    """Return what the operator is told; why: what the platform says."""
    return DOWN.format(why=why)


def chosen(label: str) -> str:
    """Return what stands on a button that was pressed."""
    return CHOSEN.format(label=label)


def times(count: int) -> str:
    """Return what tells a message from the same one a little earlier."""
    return TIMES.format(count=count)


def not_fetched(kind: str) -> str:
    """Return what is said of a picture or voice message that the platform did not hand over."""
    return NOT_FETCHED.format(kind=KINDS[kind])


def not_kept(kind: str, why: str) -> str:
    """Return what is said of one that came and is not kept; why: what `explain` says."""
    return NOT_KEPT.format(kind=KINDS[kind], why=why)
