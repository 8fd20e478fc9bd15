"""The official account as the process runs it (公众号渠道): opened from settings, started lazily, ill without harm to others."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from fastapi import FastAPI

from assistant.config import Settings
from assistant.desk import Desk
from assistant.errors import YingdaError
from assistant.wording.channels import WECHAT_KEYS, WECHAT_WELL
from bots.live import Health
from bots.vendor.calls import CallFailed, Calls, TokenCall
from bots.vendor.envelope import Envelope
from bots.wechat.attending import Attendant
from bots.wechat.callback import Callback
from bots.wechat.reading import CHANNEL
from bots.wechat.sending import Messenger, Outside, Template
from bots.wechat.trouble import Trouble

TOKEN_PATH = "/cgi-bin/stable_token"  # noqa: S105 - an address
TIMEOUTS_S = (3.0, 10.0)
LOOK_S = 20.0
MEGABYTE = 1024 * 1024
log = logging.getLogger(__name__)


class WeChat:
    """One official account."""

    name = CHANNEL

    def __init__(self, settings: Settings, desk: Desk, clock: Callable[[], datetime]) -> None:
        """Open nothing yet; without complete keys the channel takes and sends nothing, and its health says so."""
        self._trouble = Trouble(clock)
        body = {
            "grant_type": "client_credential",
            "appid": settings.wechat_app_id,
            "secret": settings.wechat_secret.get_secret_value(),
        }
        self._calls = Calls(settings.wechat_api_url, TokenCall("POST", TOKEN_PATH, body=body), TIMEOUTS_S)
        self._attendant = Attendant(desk, self._calls, clock, max(settings.photo_mb, settings.voice_mb) * MEGABYTE)
        envelope = _envelope(settings)
        self._callback = Callback(desk, envelope, self._attendant, clock) if envelope else None
        outside = Outside(
            Template.of(settings.wechat_subscription), Template.of(settings.wechat_template), settings.public_url
        )
        self.channel = Messenger(self._calls, desk, clock, self._trouble, outside)
        self._stopped = Event()
        self._thread = Thread(target=self._look_after, name="wechat", daemon=True)

    def register(self, app: FastAPI) -> None:
        """Add the callback."""
        if self._callback is not None:
            self._callback.register(app)

    def start(self) -> None:
        """Begin to look after files that have not come, and after the token."""
        if self._callback is not None:
            self._thread.start()

    def stop(self) -> None:
        """Finish what is in hand."""
        self._stopped.set()
        if self._callback is not None:
            self._callback.close()
        if self._thread.is_alive():
            self._thread.join(LOOK_S / 2)
        self._calls.close()

    def health(self) -> Health:
        """Say how the channel is."""
        if self._callback is None:
            return Health(ok=False, what=WECHAT_KEYS)
        found = self._trouble.found
        return (
            Health(ok=True, what=WECHAT_WELL) if found is None else Health(ok=False, what=found.what, since=found.since)
        )

    def _look_after(self) -> None:
        while not self._stopped.is_set():
            self._look()
            self._stopped.wait(LOOK_S)

    def _look(self) -> None:
        """Fetch what is missing; where the channel is ill, see whether it still is."""
        try:
            token = self._calls.tokens.get()
            if self._trouble.found is not None and not self._trouble.stopped:
                self._calls.tokens.renewed(token)  # a call that sends nothing, and says whether we are let in
                self._trouble.clear()
            self._attendant.fetch_again()
        except CallFailed as error:
            self._trouble.note(error)
            log.warning("wechat: %s", error)
        except YingdaError as error:
            log.warning("wechat: %s", error)
        except Exception:  # the channel's outermost loop: the next look may do better
            log.exception("wechat")


def open_wechat(settings: Settings, desk: Desk, clock: Callable[[], datetime]) -> WeChat | None:
    """Return the channel; None where no account is named."""
    return WeChat(settings, desk, clock) if settings.wechat_app_id else None


def _envelope(settings: Settings) -> Envelope | None:
    """Return what opens callbacks; None where a key is missing: plain mode is refused."""
    if not settings.wechat_secret.get_secret_value():
        return None
    token, key = settings.wechat_token.get_secret_value(), settings.wechat_aes_key.get_secret_value()
    try:
        return Envelope(token, key, settings.wechat_app_id)
    except ValueError:
        return None
