"""What is said about signing in to the console (登录)."""

from datetime import datetime

from assistant.wording.moments import clock_time

CODE = (
    "登录码：{code}\n"
    "{until}以前有效，只能用一次。打开应答网页的“台账”，写姓名“{name}”和这个码。\n"
    "这个码不要告诉任何人，谁来要都不给；不是您自己要的，请马上找管理员。"
)
NOT_BOUND = "登录台账要先绑定身份。请把镇上给您的绑定码发来，例如：绑定 K7WMPQ3X。报隐患、问政策不用登录，直接发就行。"
NOT_STAFF = "台账只给管隐患和值班的人看，您现在的岗位看不了。报隐患、问进度不用登录，直接在这里发就行。"
REFUSED = "姓名或者登录码不对，或者码已经过期。请在聊天里再发“登录码”要一个新的。"
UNKNOWN_CODE = "请输入管理员给的邀请码，例如 K7WM-PQ3X。"
SLOWLY = "试得太多了，请过一分钟再试。"
EXPIRED_FORM = "这一页放得太久了，没有登录，也没有改动。请再写一次。"
STALE = "这一页放得太久，或者您已经退出，这一步没有做。请回到上一页，刷新以后再做。"


def code(shown: str, name: str, expires_at: datetime, now: datetime) -> str:
    """Return the reply to 登录码."""
    return CODE.format(code=shown, name=name, until=clock_time(expires_at, now))
