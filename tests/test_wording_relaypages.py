"""Before a warning is relayed, its page says whom no message reaches for certain (R25)."""

from assistant.wording.relaypages import NO_CHANNEL, UNSURE, channels


def test_r25_whoever_has_the_official_account_alone_cannot_be_called_reliably():
    assert channels(("wechat",)) == UNSURE and "不保证叫得到" in UNSURE
    assert channels(("wecom", "wechat")) == "企业微信，微信"
    assert channels(()) == NO_CHANNEL
