"""Telegram as the process runs it: settings become a channel that polls, or that is pushed to."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI

from assistant.config import Settings
from assistant.desk import Desk
from bots.live import Health
from bots.telegram.attending import Attendant, Sides
from bots.telegram.channel import TelegramChannel
from bots.telegram.client import Access, Client
from bots.telegram.failures import CHANNEL
from bots.telegram.intake import Intake
from bots.telegram.polling import Pace, Poller
from bots.telegram.state import State
from bots.telegram.webhook import Webhook

DRAIN_S = 8.0
"""So long may what is in hand take at the end; the rest waits in the spool."""


class Telegram:
    """The channel of one bot; see `LiveChannel`."""

    name = CHANNEL

    def __init__(self, access: Access, desk: Desk, clock: Callable[[], datetime], *, most_mb: int = 10) -> None:
        self._calls = Client(access)
        self._access = access
        self.state = State(clock)
        self.channel = TelegramChannel(self._calls)
        attendant = Attendant(Sides(desk, self._calls, clock, most_mb))
        self.intake = Intake(desk, attendant, clock)
        self.source: Poller | Webhook = Poller(Client(access), self.intake, self.state, Pace())

    def polls(self, pace: Pace) -> "Telegram":
        """Ask for updates at another pace."""
        self.source = Poller(Client(self._access), self.intake, self.state, pace)
        return self

    def is_pushed(self, secret: str, public_url: str) -> "Telegram":
        """Let the platform push updates, with a secret, to the address of these pages."""
        self.source = Webhook(self._calls, self.intake, self.state, secret, public_url)
        return self

    def register(self, app: FastAPI) -> None:
        """Add the address that the platform posts to, where it is to do so."""
        if isinstance(self.source, Webhook):
            self.source.register(app)

    def start(self) -> None:
        """Begin; a platform that cannot be reached is no error here."""
        self.source.start()

    def stop(self) -> None:
        """Finish what is in hand, within ten seconds."""
        self.source.stop()
        self.intake.stop(DRAIN_S)
        self._calls.close()

    def health(self) -> Health:
        """Say how the channel is."""
        return self.state.health()


def open_telegram(settings: Settings, desk: Desk, clock: Callable[[], datetime]) -> Telegram | None:
    """Return the channel, None where no token is set; nothing is opened yet."""
    token = settings.telegram_token.get_secret_value().strip()
    if not token:
        return None
    access = Access(token, settings.telegram_api_url, settings.telegram_proxy.get_secret_value())
    telegram = Telegram(access, desk, clock, most_mb=max(settings.photo_mb, settings.voice_mb))
    secret = settings.telegram_webhook_secret.get_secret_value()
    return telegram.is_pushed(secret, settings.public_url) if secret else telegram
