"""R18: no secret stands in a log; `tests/secrecy.py` looks through the log of the whole suite."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from assistant.config import Settings
from bots.redaction import Redaction, install, redacted, secrets_of

BOT = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake00"
KEY = "fake/app+secret=value"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    factory, hooks = logging.getLogRecordFactory(), (threading.excepthook, sys.excepthook)
    install(Settings(_env_file=None, wechat_secret=KEY, telegram_token=BOT, database_url="postgresql://y:pw-of-db@h/x"))
    yield
    logging.setLogRecordFactory(factory)
    threading.excepthook, sys.excepthook = hooks


@pytest.mark.parametrize(
    "text",
    [
        f"https://api.telegram.org/bot{BOT}/getUpdates",
        f"no answer of {BOT}",
        "https://api.weixin.qq.com/cgi-bin/message/custom/send?access_token=99_fakefakefake&x=1",
        '{"appid": "wx1", "secret": "fake-secret-value"}',
        "{'corpsecret': 'fake-secret-value'}",
        "postgresql://yingda:fake-password@db.example/x",
        "socks5://user:fake-password@proxy.example:1080",
        "POST /a/eyJjYWxsIjoiWUoyMDI2MDcwMS0wMSJ9.0123456789abcdef 200",
    ],
)
def test_r18_what_looks_like_a_secret_is_redacted_though_nobody_knows_it(text: str):
    for fake in ("AAFake", "99_fake", "fake-secret", "fake-password", "eyJ"):
        assert fake not in redacted(text)
    assert "＊＊" in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "12:30:00 message 4711 of telegram: busy",
        "secret is missing",
        "http://127.0.0.1:8000/healthz 200",
        "message 45009:reach max api daily quota limit of wecom",
        redacted(f"access_token={BOT}"),  # what is redacted stays as it is
    ],
)
def test_r18_what_is_no_secret_stays_readable(text: str):
    assert redacted(text) == text


def test_r18_a_known_secret_is_redacted_wherever_it_stands_and_however_it_is_spelt():
    assert redacted(f"a {KEY} b fake%2Fapp%2Bsecret%3Dvalue c", [KEY]) == "a ＊＊ b ＊＊ c"
    assert redacted("a short one", ["a"]) == "a short one"


def test_r18_every_secret_of_the_settings_is_known():
    fields = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    filled = {name: f"fake-value-of-{name}" for name in fields}
    known = secrets_of(Settings(_env_file=None, database_url="postgresql://y:pw-of-db@h/x", **filled))
    assert {*filled.values(), "pw-of-db"} == known


def test_r18_messages_arguments_and_tracebacks_of_any_logger_are_redacted(
    installed: None, caplog: pytest.LogCaptureFixture
):
    library = logging.getLogger("some.library")
    library.warning("GET %s with %r", f"https://x/bot{BOT}/getMe", {"password": "fake-password"})
    try:
        raise RuntimeError(f"refused: {KEY}")
    except RuntimeError:
        library.exception("failed with %s", "pw-of-db")
    library.warning("%d", "a mistake of the library with pw-of-db")
    assert len(caplog.records) == 3 and "Traceback" in caplog.text
    for secret in (BOT, KEY, "pw-of-db", "fake-password"):
        assert secret not in caplog.text


def test_r18_a_thread_that_ends_says_why_without_the_secret(installed: None, caplog: pytest.LogCaptureFixture):
    def fails() -> None:
        raise RuntimeError(f"refused: {KEY}")

    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    assert "refused: ＊＊" in caplog.text and KEY not in caplog.text


@pytest.mark.parametrize("name", ["httpx", "httpcore", "urllib3"])
def test_r18_libraries_that_write_addresses_write_warnings_alone(installed: None, name: str):
    assert logging.getLogger(name).getEffectiveLevel() >= logging.WARNING


def test_r18_a_record_that_was_redacted_is_not_changed_again():
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "of %s", (KEY,), None)
    redaction = Redaction([KEY])
    assert redaction.filter(record) and redaction.filter(record)
    assert record.getMessage() == "of ＊＊"
