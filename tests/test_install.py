"""The wheel, in an environment of its own without any extra: what a person gets who installs without torch."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("assistant", "bots")
SERVE_WITHIN_S = 120
pytestmark = pytest.mark.slow


class Place:
    """A folder with an environment, an index and nothing of the source tree but the corpus."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.bin = home / "venv" / "bin"
        own = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "YINGDA_"))}
        self.env = own | {
            "YINGDA_CORPUS": str(ROOT / "corpus"),
            "YINGDA_INDEX": str(home / "index"),
            "YINGDA_DATABASE_URL": f"sqlite:///{home / 'yingda.sqlite3'}",
        }

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [str(self.bin / command[0]), *command[1:]],
            cwd=self.home, env=self.env, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def slim(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("slim"))
    source = place.home / "source"
    # A copy: setuptools leaves its build folder beside what it builds.
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / file, source)
    subprocess.run([sys.executable, "-m", "venv", str(place.bin.parent)], check=True)
    place.run("python", "-m", "pip", "install", "--quiet", str(source))
    place.run("yingda", "build")
    return place


def test_every_file_beside_the_code_is_in_the_wheel(slim: Place):
    """Templates, static files and the bundled model are not Python, so setuptools must be told of each kind."""
    installed = Path(slim.run("python", "-c", "import assistant; print(assistant.__path__[0])").strip()).parent
    assert ROOT not in installed.parents
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file())
    wanted = [file.relative_to(ROOT) for file in files if "__pycache__" not in file.parts]
    assert len(wanted) > 50
    assert [file for file in wanted if not (installed / file).is_file()] == []


def test_torch_is_not_there(slim: Place):
    code = "from importlib.util import find_spec; print(find_spec('torch'), find_spec('sentence_transformers'))"
    assert slim.run("python", "-c", code).split() == ["None", "None"]


def test_a_question_is_answered_without_torch(slim: Place):
    shown = json.loads(slim.run("yingda", "ask", "村里一年要演练几回", "--region", "云南省", "--json"))
    assert shown["decision"] == "answer"
    assert {citation["unit"] for citation in shown["citations"]} >= {"yunnan-2025/17", "central-2024/13"}


@pytest.fixture
def served(slim: Place) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    command = [str(slim.bin / "yingda"), "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=slim.home, env=slim.env)  # noqa: S603 - our own command
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=120)


def fetched(address: str) -> str:
    end = time.monotonic() + SERVE_WITHIN_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as response:  # noqa: S310 - our own server
                return str(response.read().decode())
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def test_the_chat_page_is_served_with_its_style(served: str):
    assert json.loads(fetched(served + "/healthz"))["ok"] is True
    assert "<form" in fetched(served + "/")
    assert "{" in fetched(served + "/static/page.css")
