"""WeCom as the process runs it (企业微信渠道)."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from fastapi import FastAPI

from assistant.config import Settings
from assistant.desk import Desk
from assistant.errors import BadSetting, DatabaseFailed
from bots.live import Health
from bots.vendor.calls import CallFailed, Calls, TokenCall
from bots.vendor.envelope import Envelope
from bots.wecom.attending import Attendant
from bots.wecom.callback import Callback
from bots.wecom.reading import CHANNEL
from bots.wecom.sending import WeComChannel
from bots.wecom.state import State
from bots.wecom.work import Workbench

TOKEN, APP = "/cgi-bin/gettoken", "/cgi-bin/agent/get"
PROBE_S = 60.0
"""So often the platform is asked whether it is there, while it is not."""
log = logging.getLogger(__name__)


class LiveWeCom:
    """See `bots.live.LiveChannel`."""

    name = CHANNEL

    def __init__(self, settings: Settings, envelope: Envelope, desk: Desk, clock: Callable[[], datetime]) -> None:
        company, secret = settings.wecom_corp_id, settings.wecom_secret.get_secret_value()
        query = {"corpid": company, "corpsecret": secret}
        self._calls = Calls(settings.wecom_api_url, TokenCall("GET", TOKEN, query=query))
        self._state, self._agent, self._clock = State(), str(settings.wecom_agent_id), clock
        self.channel = WeComChannel(self._calls, settings.wecom_agent_id, self._state, clock)
        attendant = Attendant(desk, self._calls, self._state, clock)
        self._bench = Workbench(desk, attendant, self.channel, clock)
        self._callback = Callback(envelope, company, self._bench, clock)
        self._stopped = Event()

    def register(self, app: FastAPI) -> None:
        """Add the callback address."""
        self._callback.register(app)

    def start(self) -> None:
        """Attend to what was left, and see whether the platform is there; neither is waited for."""
        Thread(target=self._watch, name="wecom-watch", daemon=True).start()
        try:
            self._bench.resume()
        except DatabaseFailed as error:
            log.warning("what was left of wecom: %s", error)

    def stop(self) -> None:
        """Finish what is in hand."""
        self._stopped.set()
        self._bench.stop()
        self._callback.close()
        self._calls.close()

    def health(self) -> Health:
        """Say how the last calls went."""
        return self._state.health()

    def _watch(self) -> None:
        """Ask for the app itself at the start, and while something is wrong: a wrong key or address shows at once."""
        is_asked = False
        while not self._stopped.is_set():
            if not is_asked or not self._state.health().ok:
                is_asked = True
                self._ask()
            self._stopped.wait(PROBE_S)

    def _ask(self) -> None:
        try:
            self._calls.get(APP, {"agentid": self._agent})
        except CallFailed as error:
            log.warning("wecom: %s", error)
            self._state.failed(error, self._clock())
        else:
            self._state.works()


def open_wecom(settings: Settings, desk: Desk, clock: Callable[[], datetime]) -> LiveWeCom | None:
    """Return the channel; None where it is switched off.

    Raises: BadSetting where a setting is missing or has another form: plain callbacks are refused.
    """
    if not settings.wecom_corp_id:
        return None
    missing = [name for name in ("wecom_agent_id", "wecom_secret") if not _value(settings, name)]
    try:
        token, key = _value(settings, "wecom_token"), _value(settings, "wecom_aes_key")
        envelope = Envelope(token, key, settings.wecom_corp_id)
    except ValueError as error:
        raise BadSetting(names="wecom_token、wecom_aes_key") from error
    if missing:
        raise BadSetting(names="、".join(missing))
    return LiveWeCom(settings, envelope, desk, clock)


def _value(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    return value.get_secret_value() if hasattr(value, "get_secret_value") else str(value or "")
