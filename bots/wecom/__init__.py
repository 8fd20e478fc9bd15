"""WeCom (企业微信): a self-built app's callback, messages and cards."""

from bots.wecom.channel import LiveWeCom, open_wecom

__all__ = ["LiveWeCom", "open_wecom"]
