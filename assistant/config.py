"""Settings, from YINGDA_* variables and `.env`."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    wechat_api_url: str = "https://api.weixin.qq.com"
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
    wecom_api_url: str = "https://qyapi.weixin.qq.com"
    telegram_token: SecretStr = SecretStr("")
    """Of the bot; the channel is off as long as this is empty."""
    telegram_api_url: str = "https://api.telegram.org"
    telegram_proxy: SecretStr = SecretStr("")
    """http://, https:// or socks5://; may hold a password."""
    telegram_webhook_secret: SecretStr = SecretStr("")
    """Empty: the bot asks for messages by itself; else messages come to /telegram with this secret in the header."""
