"""The official account (公众号、服务号): callback, passive replies, customer messages, templates."""

from bots.wechat.channel import open_wechat

__all__ = ["open_wechat"]
