"""Settings, from YINGDA_* variables and `.env`."""

import re
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ADDRESSES = {
    "wechat_api_url": "https://api.weixin.qq.com",
    "wecom_api_url": "https://qyapi.weixin.qq.com",
    "telegram_api_url": "https://api.telegram.org",
}
"""The platforms' own, where no other is set."""
NEEDED = {
    "wechat": ("wechat_app_id", "wechat_secret", "wechat_token", "wechat_aes_key"),
    "wecom": ("wecom_corp_id", "wecom_agent_id", "wecom_secret", "wecom_token", "wecom_aes_key"),
    "telegram": ("telegram_token",),
}
"""Channel → the settings without which it cannot work, in the order in which an operator finds them."""
AES_KEY = re.compile(r"[A-Za-z0-9]{43}")
# as the platforms make them; 42 signs are a copy that lost its last one


class Settings(BaseSettings):
    """Every place and switch of the product; command-line options override them."""

    model_config = SettingsConfigDict(env_prefix="YINGDA_", env_file=".env", extra="ignore")

    corpus: Path = Path("corpus")
    index: Path = Path("indexes/main")
    database_url: str = "sqlite:///yingda.sqlite3"
    model: str = "bundled"
    """`bundled`, or the name or folder of any sentence-transformers model."""
    region: str = ""
    """Region of askers who have not chosen one, for example 云南省/示例州/示例县/示例镇."""
    llm_url: str = ""
    """An OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1; drafts questions for new documents, nothing else."""
    llm_model: str = ""
    llm_key: SecretStr = SecretStr("")
    llm_timeout_s: float = Field(default=120.0, gt=0)
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    """Where people reach the web pages; clause links in text-only channels start with it."""
    open311_key: SecretStr = SecretStr("")
    """Whoever sends it may file reports over Open311; without one nobody may."""
    log_days: int = Field(default=365, ge=1)
    """Days after which a question of the log that nobody has asked again may be removed."""
    heartbeat: str = ""
    """A file that is touched, or an http(s) address that is fetched, after every audit that finds nothing late."""
    media: Path = Path("media")
    """Folder of the photos and voice messages that people send; private, part of every backup."""
    photo_mb: int = Field(default=10, ge=1)
    voice_mb: int = Field(default=5, ge=1)
    wechat_app_id: str = ""
    """Of the official account (公众号 AppID); the channel is off as long as this is empty."""
    wechat_secret: SecretStr = SecretStr("")
    wechat_token: SecretStr = SecretStr("")
    """The Token of the callback (服务器配置)."""
    wechat_aes_key: SecretStr = SecretStr("")
    """The EncodingAESKey, 43 characters; plain mode is refused."""
    wechat_api_url: str = ""
    """Empty: the platform's own; another one for `yingda fake-vendors`, or a relay of one's own."""
    wechat_template: str = ""
    """A template message for calls outside the 48 hours: its id, a colon, and the field for our words (ID:thing1)."""
    wechat_subscription: str = ""
    """The same of a subscription message (订阅通知), which goes to who has allowed it; it is tried first."""
    wecom_corp_id: str = ""
    """企业ID; the channel is off as long as this is empty."""
    wecom_agent_id: int = 0
    wecom_secret: SecretStr = SecretStr("")
    wecom_token: SecretStr = SecretStr("")
    wecom_aes_key: SecretStr = SecretStr("")
    wecom_api_url: str = ""
    telegram_token: SecretStr = SecretStr("")
    """Of the bot; the channel is off as long as this is empty."""
    telegram_api_url: str = ""
    telegram_proxy: SecretStr = SecretStr("")
    """http://, https:// or socks5://; may hold a password."""
    telegram_webhook_secret: SecretStr = SecretStr("")
    """Empty: the bot asks for messages by itself; else messages come to /telegram with this secret in the header."""

    @model_validator(mode="after")
    def _with_addresses(self) -> Self:
        for name, address in ADDRESSES.items():
            if not getattr(self, name):
                setattr(self, name, address)
        return self


def is_wanted(settings: Settings, channel: str) -> bool:
    """Say whether anything is filled in for a channel: one that is half filled in was meant to work."""
    return any(_filled(settings, name) for name in NEEDED[channel])


def lacking(settings: Settings, channel: str) -> tuple[str, ...]:
    """Return the variables of a channel that are empty, or hold what cannot be right."""
    names = [name for name in NEEDED[channel] if not _is_good(name, _filled(settings, name))]
    return tuple(f"YINGDA_{name.upper()}" for name in names)


def _filled(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value or "")


def _is_good(name: str, value: str) -> bool:
    return bool(AES_KEY.fullmatch(value)) if name.endswith("_aes_key") else bool(value.strip())
