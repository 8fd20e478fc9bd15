"""A phone with WeChat (微信): what is said on it reaches the bot as the platform sends it, encrypted and signed."""

import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

import requests

from bots.fakes.envelope import fields, xml
from bots.fakes.showing import Screen, Shown
from bots.fakes.wechat_account import PUSH_FAULTS, Account, Pushed
from bots.fakes.wechat_answers import TEXT_BYTES

UNAVAILABLE = "该公众号提供的服务出现故障，请稍后再试"
"""What WeChat itself shows when a bot answers nonsense, or nothing three times."""
TRIES = 3
GOOD = 200


@dataclass(frozen=True, slots=True)
class WeChatPhone:
    """One person's phone; every act returns when the bot has answered, or the platform has given up."""

    account: Account
    name: str
    """The openid."""

    @property
    def screen(self) -> Screen:
        """Everything that was shown on it."""
        return self.account.screens[self.name]

    def read(self, *, wait_s: float = 0.0) -> list[Shown]:
        """Return what came since the last look; wait so long for a first message."""
        return self.screen.read(wait_s=wait_s)

    def says(self, text: str, *, message_id: str = "") -> None:
        """Send a text."""
        self.account.windows.spoke(self.name)
        self._message({"MsgType": "text", "Content": text}, message_id)

    def presses(self, label: str) -> None:
        """Touch one of the choices of the last message that has it; that opens no window but the short one.

        Raises: ValueError where no message has it.
        """
        asked = next((one for one in reversed(self.screen.all()) if label in one.buttons), None)
        if asked is None:
            raise ValueError(label)
        self.account.windows.touched(self.name)
        name = asked.names[asked.buttons.index(label)]
        self._message({"MsgType": "text", "Content": label, "bizmsgmenuid": name})

    def sends_photo(self, content: bytes, media_type: str = "image/jpeg") -> None:
        """Send a picture."""
        self.account.windows.spoke(self.name)
        name = self.account.keep(content, media_type)
        self._message({"MsgType": "image", "PicUrl": "http://mmbiz.example/fake", "MediaId": name})

    def sends_voice(self, content: bytes, recognised: str = "") -> None:
        """Send a voice message; the platform recognises no words any more."""
        self.account.windows.spoke(self.name)
        name = self.account.keep(content, "audio/amr")
        self._message({"MsgType": "voice", "MediaId": name, "Format": "amr", "Recognition": recognised})

    def sends_location(self, lat: float, lon: float, label: str = "") -> None:
        """Send a point, in GCJ-02."""
        self.account.windows.spoke(self.name)
        point = {"Location_X": f"{lat:.6f}", "Location_Y": f"{lon:.6f}", "Scale": "16", "Label": label}
        self._message({"MsgType": "location", **point})

    def follows(self, scene: str = "") -> None:
        """Follow the account, by a code with a scene or without."""
        self.account.followers.add(self.name)
        self.account.windows.touched(self.name)
        self.event("subscribe", EventKey=f"qrscene_{scene}" if scene else "")

    def unfollows(self) -> None:
        """Follow the account no longer."""
        self.account.followers.discard(self.name)
        self.event("unsubscribe", EventKey="")

    def touches_menu(self, key: str) -> None:
        """Touch an entry of the account's menu."""
        self.account.windows.touched(self.name)
        self.event("CLICK", EventKey=key)

    def allows(self, template: str) -> None:
        """Allow one message of a template."""
        self.account.subscriptions.allow(self.name, template)
        self.event("subscribe_msg_popup_event")

    def event(self, event: str, **values: str) -> None:
        """Send any other event."""
        self._push({"MsgType": "event", "Event": event, **values}, f"{event}-{secrets.token_hex(4)}")

    def sends_raw(self, text: str) -> Pushed:
        """Send anything as the inside of a rightly signed message, once."""
        return self._deliver(self._sealed(text), "raw")

    def _message(self, values: dict[str, str], message_id: str = "") -> None:
        name = message_id or str(24_000_000_000_000_000 + secrets.randbits(50))
        self._push({**values, "MsgId": name}, name)

    def _push(self, values: dict[str, str], name: str) -> None:
        head = {
            "ToUserName": self.account.name,
            "FromUserName": self.name,
            "CreateTime": str(int(self.account.clock())),
        }
        sealed = self._sealed(xml(head | values))
        fault = self.account.faults.take("callback", PUSH_FAULTS.__contains__)
        if fault is not None and fault.kind == "duplicate":
            with ThreadPoolExecutor(TRIES) as together:
                delivered = list(together.map(lambda _: self._deliver(sealed, name), range(TRIES)))
            self._show(delivered[0])
            return
        if fault is not None and fault.kind == "lost_push":
            self._deliver(sealed, name)  # the answer never reaches the platform, which tries again
        self._show(self._try(sealed, name))

    def _try(self, sealed: str, name: str) -> Pushed:
        for _ in range(TRIES):
            delivered = self._deliver(sealed, name)
            if delivered.status == GOOD:
                break
            time.sleep(self.account.pause_s)
        return delivered

    def _deliver(self, sealed: str, name: str) -> Pushed:
        """Post once, with a time-out; the bot's answer is opened as the platform would."""
        at = time.monotonic()
        status, reply = 0, ""
        try:
            answer = requests.post(self._address(sealed), self._body(sealed), timeout=self.account.push_s)
            status, reply = answer.status_code, self._opened(answer.text) if answer.status_code == GOOD else ""
        except requests.RequestException:
            status = 0  # as the platform sees it: no answer in time
        pushed = Pushed(self.name, name, at, time.monotonic() - at, status, reply)
        self.account.pushes.append(pushed)
        return pushed

    def _sealed(self, text: str) -> str:
        return self.account.secrets.sealed(text)

    def _body(self, sealed: str) -> bytes:
        return xml({"ToUserName": self.account.name, "Encrypt": sealed}).encode()

    def _address(self, sealed: str) -> str:
        stamp, nonce = str(int(self.account.clock())), secrets.token_hex(5)
        keys = self.account.secrets
        query = {"signature": keys.signature(stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": self.name}
        signed = {"encrypt_type": "aes", "msg_signature": keys.signature(stamp, nonce, sealed)}
        return f"{self.account.callback}?{urlencode(query | signed)}"

    def _opened(self, body: str) -> str:
        if body.strip() in ("", "success"):
            return ""
        try:
            return self.account.secrets.answer(body)
        except (ValueError, KeyError, IndexError):
            return UNAVAILABLE

    def _show(self, pushed: Pushed) -> None:
        if pushed.status != GOOD:
            self.screen.show(Shown(UNAVAILABLE, kind="error"))
        elif pushed.reply:
            self.screen.show(_shown(pushed.reply, self.name, self.account.name))


def _shown(reply: str, user: str, account: str) -> Shown:
    """Return a passive reply as the phone shows it."""
    try:
        found = fields(reply)
    except ValueError:
        return Shown(UNAVAILABLE, kind="error")
    text = found.get("Content", "")
    is_right = (found.get("ToUserName"), found.get("FromUserName")) == (user, account)
    if not is_right or found.get("MsgType") != "text" or not 0 < len(text.encode()) <= TEXT_BYTES:
        return Shown(UNAVAILABLE, kind="error")
    return Shown(text)
