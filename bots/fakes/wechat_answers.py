"""What each interface of a fake official account answers; a bare number is an error code.

Source: developers.weixin.qq.com, 公众号 / 服务号 开发文档; codes: 全局返回码.
"""

import secrets
from collections.abc import Callable
from typing import Any

from bots.fakes.showing import Shown
from bots.fakes.wechat_account import Account, Media
from bots.fakes.wechat_tokens import LIFE_S, Token

Body = dict[str, Any]
Answer = Body | Media | int
TEXT_BYTES = 2048
THING_CHARACTERS = 20
TEMPLATES_A_DAY = 100_000
MENUS, MENU_BYTES = 3, 16
SUBMENUS, SUBMENU_BYTES = 5, 60
MENU_KEY_BYTES = 128
ERRORS = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40003: "invalid openid",
    40007: "invalid media_id",
    40008: "invalid message type",
    40013: "invalid appid",
    40016: "invalid button size",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40037: "invalid template_id",
    40125: "invalid appsecret",
    40164: "invalid ip 192.0.2.1 ipv6 ::ffff:192.0.2.1, not in whitelist",
    40200: "invalid account type",
    41001: "access_token missing",
    42001: "access_token expired",
    43004: "require subscribe",
    43101: "user refuse to accept the msg",
    44004: "empty content",
    45002: "content size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45047: "out of response count limit",
    47001: "data format error",
    47003: "argument invalid",
    48001: "api unauthorized",
}


def stable_token(account: Account, body: Body) -> Answer:
    """Return a token that other processes keep: the same one while it holds."""
    is_forced = body.get("force_refresh") is True
    return _refuses_app(account, body) or _handed(account.tokens.stable(is_forced=is_forced), account)


def classic_token(account: Account, body: Body) -> Answer:
    """Return a new token; the one before is worthless from then on."""
    return _refuses_app(account, body) or _handed(account.tokens.classic(), account)


def custom_send(account: Account, body: Body) -> Answer:
    """Show a customer message (客服消息) on a phone, inside the windows."""
    user, kind = str(body.get("touser")), body.get("msgtype")
    if kind not in SHOWN:
        return 40008
    code = _refuses_user(account, user) or (40200 if kind == "msgmenu" and not account.has_menus else 0)
    if code:
        return code
    shown = SHOWN[kind](body)
    if isinstance(shown, int):
        return shown
    if code := account.windows.spend(user):
        return code
    account.screens[user].show(shown)
    return {}


def template_send(account: Account, body: Body) -> Answer:
    """Show a template message (模板消息): no window, no button, one link."""
    user = str(body.get("touser"))
    code = _refuses_user(account, user) or _refuses_template(account, body)
    if not code and sum("template/send" in one.path for one in account.calls) >= TEMPLATES_A_DAY:
        code = 45009
    return code or _show_template(account, user, body)


def subscribe_send(account: Account, body: Body) -> Answer:
    """Show a subscription message (订阅通知), as often as the user has allowed it."""
    user, template = str(body.get("touser")), str(body.get("template_id"))
    code = _refuses_user(account, user) or _refuses_template(account, body)
    return code or account.subscriptions.spend(user, template) or _show_template(account, user, body)


def media_get(account: Account, body: Body) -> Answer:
    """Return a file that a user has sent, for three days."""
    found = account.media.get(str(body.get("media_id")))
    return 40007 if found is None or found.until <= account.clock() else found


def media_upload(account: Account, body: Body) -> Answer:
    """Keep a file that the account wants to send."""
    content, media_type = body.get("media", (b"", ""))
    if not content:
        return 44004
    return {
        "type": body.get("type"),
        "media_id": account.keep(content, media_type),
        "created_at": int(account.clock()),
    }


def menu_create(account: Account, body: Body) -> Answer:
    """Set the menu (自定义菜单)."""
    buttons = body.get("button") or []
    if not 0 < len(buttons) <= MENUS or any(len(one.get("sub_button", ())) > SUBMENUS for one in buttons):
        return 40016
    below = [sub for one in buttons for sub in one.get("sub_button", ())]
    names = [(one, MENU_BYTES) for one in buttons] + [(one, SUBMENU_BYTES) for one in below]
    if any(not 0 < len(one.get("name", "").encode()) <= most for one, most in names):
        return 40018
    if any(len(one.get("key", "").encode()) > MENU_KEY_BYTES for one, _ in names):
        return 40019
    account.menu = body
    return {}


def clear_quota(account: Account, body: Body) -> Answer:
    """Answer as the platform does; nobody should ever ask for it by machine."""
    return _refuses_app(account, {**body, "secret": account.app_secret}) or {}


ANSWERS: dict[str, Callable[[Account, Body], Answer]] = {
    "/cgi-bin/message/custom/send": custom_send,
    "/cgi-bin/message/template/send": template_send,
    "/cgi-bin/message/subscribe/bizsend": subscribe_send,
    "/cgi-bin/media/get": media_get,
    "/cgi-bin/media/upload": media_upload,
    "/cgi-bin/menu/create": menu_create,
    "/cgi-bin/clear_quota": clear_quota,
}
"""Those that a token opens."""
OPEN: dict[str, Callable[[Account, Body], Answer]] = {
    "/cgi-bin/stable_token": stable_token,
    "/cgi-bin/token": classic_token,
}


def _handed(token: Token | int, account: Account) -> Answer:
    if isinstance(token, int):
        return token
    return {"access_token": token.value, "expires_in": min(LIFE_S, int(token.until - account.clock()))}


def _refuses_app(account: Account, body: Body) -> int:
    if body.get("appid") != account.app_id:
        return 40013
    is_right = secrets.compare_digest(str(body.get("secret")), account.app_secret)
    return 0 if is_right else 40125


def _refuses_user(account: Account, user: str) -> int:
    if user not in account.screens:
        return 40003
    return 0 if user in account.followers else 43004


def _refuses_template(account: Account, body: Body) -> int:
    keys = account.templates.get(str(body.get("template_id")))
    if keys is None:
        return 40037
    values = {key: str(value.get("value", "")) for key, value in (body.get("data") or {}).items()}
    is_good = all(0 < len(values.get(key, "")) <= THING_CHARACTERS for key in keys)
    return 0 if is_good else 47003


def _show_template(account: Account, user: str, body: Body) -> Answer:
    text = "\n".join(str(value["value"]) for value in body["data"].values())
    account.screens[user].show(Shown(text, kind="template", url=body.get("url") or body.get("page") or ""))
    return {"msgid": secrets.randbits(40)}


def _text(body: Body) -> Shown | int:
    content = (body.get("text") or {}).get("content", "")
    if len(content.encode()) > TEXT_BYTES:
        return 45002
    return Shown(content) if content.strip() else 44004


def _msgmenu(body: Body) -> Shown | int:
    """Choices are links within one text; what is said when one is touched is its words."""
    menu = body.get("msgmenu") or {}
    choices = tuple((str(one["id"]), str(one["content"])) for one in menu.get("list") or ())
    text = "\n".join(part for part in (menu.get("head_content", ""), menu.get("tail_content", "")) if part)
    if not choices or not all(name and label for name, label in choices):
        return 47001
    if len(text.encode()) > TEXT_BYTES:
        return 45002
    return Shown(text, tuple(label for _, label in choices), "menu", names=tuple(name for name, _ in choices))


def _file(body: Body) -> Shown | int:
    kind = str(body["msgtype"])
    name = str((body.get(kind) or {}).get("media_id", ""))
    return Shown(name, kind=kind) if name else 40007


SHOWN: dict[Any, Callable[[Body], Shown | int]] = {"text": _text, "msgmenu": _msgmenu, "image": _file, "voice": _file}
