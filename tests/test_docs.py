"""What the documents say is what there is: commands, settings, errors, extras, words."""

import ast
import inspect
import re
import tomllib
from pathlib import Path

import click
import pytest

from assistant import answers, citations, clauses, documents, errors, ports, store
from assistant import desk as desks
from assistant.cli.main import yingda
from assistant.config import Settings
from assistant.wording.errors import SENTENCES
from tests.world import Phone

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
READMES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")}
COMMANDS = {
    name: command
    for name in yingda.list_commands(click.Context(yingda))
    if (command := yingda.get_command(click.Context(yingda), name))
}
HOST = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:org|com|cn|io|net|dev)\b")

each_readme = pytest.mark.parametrize("readme", READMES.values(), ids=READMES.keys())


def rows(readme: str, name: str) -> list[list[str]]:
    """Return the cells of the table between <!-- name --> and the next <!-- -->, without its head."""
    part = readme.split(f"<!-- {name} -->")[1].split("<!--")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    # A bar inside code is written \| in Markdown.
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def long_options(command: click.Command) -> set[str]:
    """Return the options of a command, those of its subcommands included."""
    if isinstance(command, click.Group):
        return set().union(*map(long_options, command.commands.values()))
    named = {option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts}
    return {option for option in named if option.startswith("--")}


@each_readme
def test_the_table_of_commands_has_every_command_with_all_its_options(readme: str):
    described = {code(row[0])[0].split()[1]: set(re.findall(r"--[a-z-]+", row[0])) for row in rows(readme, "commands")}
    assert described == {name: long_options(command) for name, command in COMMANDS.items()}


@each_readme
def test_the_table_of_settings_has_every_setting_with_its_default(readme: str):
    described = {code(row[0])[0]: (code(row[1]) or [""])[0] for row in rows(readme, "settings")}
    fields = Settings.model_fields.items()
    assert described == {f"YINGDA_{name.upper()}": str(field.default) for name, field in fields}


@each_readme
def test_the_table_of_extras_has_every_extra(readme: str):
    assert {code(row[0])[0] for row in rows(readme, "extras")} == set(PROJECT["project"]["optional-dependencies"])


def shell_lines(readme: str) -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
    lines = (line.split(" #")[0].strip() for block in blocks for line in block.splitlines())
    return [line.split() for line in lines if line]


@each_readme
def test_the_commands_of_the_examples_exist(readme: str):
    lines = shell_lines(readme)
    assert ["make", "run"] in lines
    assert ["make", "test"] in lines
    for words in lines:
        if words[0] == "make":
            targets = [word for word in words[1:] if "=" not in word]
            assert [
                target for target in targets if not re.search(rf"^(?:\w+ )*{target}(?: \w+)*:", MAKEFILE, re.M)
            ] == []
        elif words[0] == "yingda":
            options = {word.split("=")[0] for word in words if word.startswith("--")}
            assert options <= long_options(COMMANDS[words[1]])


@each_readme
def test_every_link_to_a_file_leads_somewhere(readme: str):
    links = re.findall(r"\]\((?!http|#)([^)#]+)", readme)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@each_readme
def test_every_link_to_a_heading_leads_to_one(readme: str):
    headings = {re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in headlines(readme)}
    assert [anchor for anchor in re.findall(r"\]\(#([^)]+)\)", readme) if anchor not in headings] == []


def headlines(readme: str) -> list[str]:
    return [line for line in readme.splitlines() if line.startswith("#")]


@each_readme
def test_the_first_conversation_is_what_the_desk_says(readme: str, desk: desks.Desk):
    shown = readme.split("<!-- conversation -->")[1].split("<!--")[0].strip().removeprefix("```text").strip("`\n")
    _, *exchanges = re.split(r"^您：", shown, flags=re.MULTILINE)
    cadre = Phone(desk, "reader-of-the-readme")
    assert len(exchanges) >= 2
    for exchange in exchanges:
        message, _, reply = exchange.strip().partition("\n")
        assert reply == f"应答：{cadre.reads(message)}"


@each_readme
def test_the_arrows_are_those_of_the_import_contract(readme: str):
    drawn = readme.split("<!-- layers -->")[1].split("<!--")[0].strip().strip("`").split("\n")[1:-1]
    assert drawn == PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]


def error_classes() -> list[str]:
    found = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.YingdaError)]
    return [kind.__name__ for kind in found]


def test_every_error_stands_in_the_tree_and_has_its_sentence():
    tree = set(re.findall(r"[A-Z]\w+", errors.__doc__ or ""))
    assert [name for name in error_classes() if name not in tree] == []
    named = READMES["README.md"] + "".join(SENTENCES)
    assert [name for name in error_classes() if name != "YingdaError" and name not in named] == []


def test_no_sentence_is_left_of_an_error_that_is_gone():
    assert set(SENTENCES) <= set(error_classes())


def modules() -> list[Path]:
    found = sorted([*ROOT.glob("assistant/**/*.py"), *ROOT.glob("bots/**/*.py")])
    return [path for path in found if path.stem == "__init__" or not path.stem.startswith("_")]


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_public_module_says_what_it_is(module: Path):
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    assert len(docstring.split("\n")[0]) > 10


def glossary(readme: str) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in rows(readme, "glossary")]


def test_both_glossaries_have_the_same_terms_and_each_term_once():
    english, chinese = (glossary(readme) for readme in READMES.values())
    assert english == chinese
    assert len({term for term, _ in english}) == len({word for _, word in english}) == len(english) > 30


def public_classes() -> set[str]:
    spoken = (answers, citations, clauses, desks, documents, ports, store)
    classes = [kind for module in spoken for _, kind in inspect.getmembers(module, inspect.isclass)]
    return {kind.__name__ for kind in classes if kind.__module__.startswith("assistant.")}


def test_every_class_that_modules_share_is_in_the_glossary():
    described = {word for row in rows(READMES["README.md"], "glossary") for word in code(row[2])}
    assert public_classes() - described - set(error_classes()) == set()


@pytest.mark.parametrize("file", ["Makefile", "pyproject.toml", ".ci/run", *READMES, "CHANGELOG.md"])
def test_no_registry_or_machine_is_named(file: str):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert HOST.findall(text) == []
    assert re.findall(r"(?<![\w.~}])/(?:root|opt|work|farm|home)/", text) == []


def test_the_changelog_begins_with_what_is_unreleased():
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line[:3] == "## "]
    assert "Unreleased" in headings[0]
