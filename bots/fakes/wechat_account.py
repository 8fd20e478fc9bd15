"""A fake official account (公众号): what it is, what it has sent and got, and who follows it."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bots.fakes.envelope import Secrets
from bots.fakes.faults import Called, Faults
from bots.fakes.showing import Screen
from bots.fakes.wechat_quotas import Subscriptions, Windows
from bots.fakes.wechat_tokens import Tokens

API_FAULTS = frozenset({"hang", "delay", "html", "errcode", "revoked", "lost_answer", "status"})
PUSH_FAULTS = frozenset({"duplicate", "lost_push"})
MEDIA_S = 3 * 86400.0
PUSH_S = 5.0
AES_KEY = "fakeAESKeyOfAnExampleAccount000000000000000"


@dataclass(frozen=True, slots=True)
class Media:
    """A file that was uploaded, by a user or by the account."""

    content: bytes
    media_type: str
    until: float


@dataclass(frozen=True, slots=True)
class Pushed:
    """One delivery of a message to the bot, and what came back."""

    user: str
    message_id: str
    at: float
    """Seconds of a clock that only goes on: when it was sent."""
    took_s: float
    status: int
    """0 where the bot did not answer in time."""
    reply: str = ""
    """The message within, as XML; empty where the bot said nothing."""


@dataclass(slots=True)
class Account:
    """One official account with its users, by openid."""

    app_id: str = "wx0fake0example0"
    app_secret: str = "fake-wechat-app-secret"  # noqa: S105 - of nobody
    token: str = "fakewechattoken"  # noqa: S105 - of nobody
    name: str = "gh_fake_example"
    clock: Callable[[], float] = time.time
    """Seconds since 1970; quotas and the times of messages go by it."""
    has_menus: bool = True
    """False refuses messages with choices, as test accounts do."""
    templates: dict[str, tuple[str, ...]] = field(default_factory=lambda: {"TEMPLATE-EXAMPLE": ("thing1",)})
    """The fields of each template that the account has."""
    callback: str = ""
    """Where the bot takes messages, such as http://127.0.0.1:8000/wechat."""
    push_s: float = PUSH_S
    """How long the platform waits for the bot."""
    pause_s: float = 0.0
    """How long it waits before it tries again."""
    calls: list[Called] = field(default_factory=list)
    pushes: list[Pushed] = field(default_factory=list)
    menu: dict[str, Any] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    screens: dict[str, Screen] = field(default_factory=dict)
    """Of everybody who has ever written to the account."""
    followers: set[str] = field(default_factory=set)
    faults: Faults = field(default_factory=lambda: Faults(API_FAULTS | PUSH_FAULTS))
    subscriptions: Subscriptions = field(default_factory=Subscriptions)
    windows: Windows = field(init=False)
    tokens: Tokens = field(init=False)

    def __post_init__(self) -> None:
        self.windows, self.tokens = Windows(self.clock), Tokens(self.clock)

    @property
    def secrets(self) -> Secrets:
        """What encrypts the callback."""
        return Secrets(self.token, AES_KEY, self.app_id)

    def keep(self, content: bytes, media_type: str) -> str:
        """Keep a file for three days, and return its name."""
        name = f"media-{secrets.token_hex(16)}"
        self.media[name] = Media(content, media_type, self.clock() + MEDIA_S)
        return name
