"""What stands on the page of a link by which a call is acknowledged."""

from assistant.wording.warnings import RECEIVED

TITLE = "预警应答"
BUTTON = RECEIVED
PRESS = "请看清楚内容，再按下面的“收到”。按了才算应答，光打开不算。"
ANSWERED = "您已经应答过了，不按也行；再按一次没有坏处。"
AFTER = "人手不够、不在岗、通知了几户，请在聊天里直接告诉我。"
SLOWLY = "打开得太快了，请过一分钟再试。急的话请直接给镇里值班室打电话。"
