"""What watches over all tests: no secret in any log (R18), no connection to another machine (R35)."""

import asyncio
import socket
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest
import requests
from pydantic import SecretStr

from assistant.config import Settings
from tests import offline, secrecy

ROOT = Path(__file__).parents[1]
pytest_plugins = ["pytester"]


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "8.8.8.8", "2001:db8::1", "::ffff:8.8.8.8", "0.0.0.0"])
def test_r35_no_test_reaches_another_machine(host: str):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as one, pytest.raises(offline.Online, match="R35"):
        one.connect((host, 80))


def test_r35_datagrams_are_connections_too():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, pytest.raises(offline.Online):
        one.sendto(b"?", ("8.8.8.8", 53))


def test_r35_names_of_other_machines_are_unknown():
    with pytest.raises(socket.gaierror, match="offline"):
        socket.create_connection(("api.telegram.org", 443))


@pytest.mark.parametrize("url", ["http://api.weixin.qq.com/cgi-bin/token", "http://192.0.2.1/"])
def test_r35_libraries_are_stopped_as_well(url: str):
    with pytest.raises((requests.ConnectionError, offline.Online)):
        requests.get(url, timeout=2)
    with pytest.raises((URLError, offline.Online)):
        urllib.request.urlopen(url, timeout=2)

    async def opened() -> None:
        await asyncio.open_connection(url.split("/")[2], 80)

    with pytest.raises((OSError, offline.Online)):
        asyncio.run(opened())


def test_r35_this_machine_may_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as one:
        assert one.getpeername()[0] == "127.0.0.1"
    with socket.socket(socket.AF_UNIX) as one, pytest.raises(FileNotFoundError):
        one.connect("/nowhere")


@pytest.mark.parametrize(
    "name", [name for name in Settings.model_fields if name.endswith("_api_url")], ids=lambda name: name
)
def test_r35_the_address_of_every_platform_is_a_setting(name: str):
    assert getattr(Settings(_env_file=None, **{name: "http://127.0.0.1:9"}), name) == "http://127.0.0.1:9"


def test_r18_a_secret_is_known_as_soon_as_it_is_made():
    SecretStr("made-up-just-now")
    Settings(_env_file=None, wecom_secret="made-up-in-settings")
    assert {"made-up-just-now", "made-up-in-settings"} <= secrecy.KNOWN
    assert secrecy.leaks("all is well\nrefused: made-up-just-now\n") == ["refused: ＊＊"]


WATCHED = """
from tests import secrecy
from tests.secrecy import pytest_runtest_makereport

secrecy.learn()
"""
LEAKING = """
import logging
from pydantic import SecretStr

def test_good():
    SecretStr("fake-secret-of-a-test")
    logging.getLogger("x").warning("refused")

def test_logs():
    logging.getLogger("x").warning("refused %s", "fake-secret-of-a-test")

def test_prints():
    print("access_token=99_fakefake")
"""


def test_r18_a_test_that_logs_or_prints_a_secret_fails(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeconftest(WATCHED)
    pytester.makepyfile(LEAKING)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    capsys.readouterr()  # pytester shows the run, secrets and all
    result.assert_outcomes(passed=3, errors=2)
    result.stdout.fnmatch_lines(["*has logged or printed a secret (R18)*", "WARNING*refused ＊＊", "access_token=＊＊"])
