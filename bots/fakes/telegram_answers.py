"""The methods of the fake Bot API (接口): each refuses what the real one refuses.

Source: core.telegram.org/bots/api; descriptions as the server at github.com/tdlib/telegram-bot-api has them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bots.fakes.telegram_bot import FakeBot, Refused, markup

LONGEST = 4096
Params = Mapping[str, str]
Method = Callable[[FakeBot, Params], Any]


def get_me(bot: FakeBot, _params: Params) -> Any:
    """Return the bot."""
    return {**bot.user, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}


def send_message(bot: FakeBot, params: Params) -> Any:
    """Show a message; refuse one that is empty or too long, to somebody unknown, or to one who has blocked the bot."""
    chat, text = params.get("chat_id", ""), params.get("text", "")
    bot.unflooded(chat)
    if chat in bot.blocked:
        raise Refused(403, "Forbidden: bot was blocked by the user")
    if chat not in bot.screens:
        raise Refused(400, "Bad Request: chat not found")
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > LONGEST:
        raise Refused(400, "Bad Request: message is too long")
    message = {
        "message_id": bot.number(),
        "date": int(bot.clock()),
        "chat": {"id": int(chat), "type": "private" if int(chat) > 0 else "group"},
        "from": bot.user,
        "text": text,
    }
    keyboard = markup(params.get("reply_markup", ""))
    if keyboard:
        message["reply_markup"] = keyboard
    bot.shown(chat, message)
    return message


def edit_markup(bot: FakeBot, params: Params) -> Any:
    """Change the buttons under a message; refuse to change nothing."""
    message = bot.messages.get((params.get("chat_id", ""), int(params.get("message_id", "0"))))
    if message is None:
        raise Refused(400, "Bad Request: message to edit not found")
    keyboard = markup(params.get("reply_markup", ""))
    if keyboard == message.get("reply_markup"):
        raise Refused(400, "Bad Request: message is not modified")
    message["reply_markup"] = keyboard
    return message


def answer_press(bot: FakeBot, params: Params) -> Any:
    """Let a pressed button stop waiting, once."""
    name = params.get("callback_query_id", "")
    if name not in bot.presses:
        raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    bot.presses.discard(name)
    return True


def get_file(bot: FakeBot, params: Params) -> Any:
    """Return where a file can be fetched."""
    name = params.get("file_id", "")
    if name not in bot.files:
        raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    size = len(bot.files[name])
    return {"file_id": name, "file_unique_id": name, "file_size": size, "file_path": f"photos/{name}"}


def set_webhook(bot: FakeBot, params: Params) -> Any:
    """Post updates to an address from now on; the real platform takes https alone, here loopback will do."""
    url, secret = params.get("url", ""), params.get("secret_token", "")
    if not url.startswith(("https://", "http://127.0.0.1")):
        raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if not all(sign.isalnum() or sign in "_-" for sign in secret):
        raise Refused(400, "Bad Request: secret token contains unallowed characters")
    bot.webhook = {"url": url, "secret": secret}
    return True


def delete_webhook(bot: FakeBot, _params: Params) -> Any:
    """Keep updates until they are asked for."""
    bot.webhook = {}
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "editMessageReplyMarkup": edit_markup,
    "answerCallbackQuery": answer_press,
    "getFile": get_file,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
}
