"""yingda import, people, places, grant, revoke, invite, unbind."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from assistant.cli.followup import json_option
from assistant.cli.options import LOCAL, now, settings
from assistant.desk.importing import import_households, import_people, import_places, import_routes, import_trainings
from assistant.desk.importing.rows import Importer
from assistant.errors import NotAllowed, NotBound, UnknownPlace
from assistant.events import Actor, Fact
from assistant.people import Grant, Person, Rank, Role
from assistant.people.importing import Outcome, Report
from assistant.permissions import PeopleAction, may, roles_for
from assistant.rules import load_rules
from assistant.store import Store, Work, binding, open_engine
from assistant.store import people as stored
from assistant.triage import Category
from assistant.wording import people as words
from assistant.wording.imports import report_lines
from assistant.wording.terms import ROLES

CONSOLE = "console"
IMPORTS = {
    "people": import_people,
    "places": import_places,
    "routes": import_routes,
    "households": import_households,
    "training": import_trainings,
}
by_option = click.option("--by", "by", default=None, help="办这件事的人（姓名），要有相应权限；不写就记为控制台")
region_option = click.option("--region", default=None, help="地区，例如 云南省/示例州/示例县/示例镇")


def open_store() -> Store:
    """Open the database of the settings."""
    return Store(open_engine(settings().database_url))


def actor_of(work: Work, by: str | None, action: PeopleAction, region: str) -> Actor:
    """Return who does something at the console; raises NotAllowed where somebody is named who may not."""
    if by is None:
        return Actor(CONSOLE, CONSOLE)
    person = stored.person_called(work.session, by)
    if not may(work.grants(person), action, region):
        raise NotAllowed(action=words.ACTIONS[action], role=" ".join(roles_for(action)))
    return Actor(f"person/{person.id}", CONSOLE)


@click.command(name="import")
@click.argument("kind", type=click.Choice(list(IMPORTS)))
@click.argument("file", type=click.Path(path_type=Path))
@region_option
@by_option
@click.option("--dry-run", "is_trial", is_flag=True, help="只试一遍，不存")
@json_option
def import_(kind: str, file: Path, region: str | None, by: str | None, is_trial: bool, as_json: bool) -> None:  # noqa: FBT001, PLR0913  (click flags)
    """从 xlsx、csv 表格导入人员、地点、派单规则、住户名册或培训名单，逐行报告。"""
    home = region or settings().region
    with open_store().work(now()) as work:
        grants = None if by is None else tuple(work.grants(stored.person_called(work.session, by)))
        actor = Actor(CONSOLE, CONSOLE) if by is None else Actor(_stream(work, by), CONSOLE)
        report = IMPORTS[kind](file, work, Importer(actor, home, grants), is_trial=is_trial)
        if is_trial:
            work.session.rollback()
    click.echo(json.dumps(_report(report), ensure_ascii=False) if as_json else "\n".join(report_lines(report)))
    if report.counts()[Outcome.REFUSED]:
        sys.exit(1)


def _stream(work: Work, by: str) -> str:
    return stored.stream(stored.person_called(work.session, by))


def _report(report: Report) -> dict[str, Any]:
    counts = {outcome.value: report.counts()[outcome] for outcome in Outcome}
    lines = [asdict(line) | {"about": dict(line.about)} for line in report.lines]
    return {"header": report.header, "unused": report.unused, "counts": counts, "rows": lines, "trial": report.is_trial}


@click.command()
@region_option
@click.option("--role", type=click.Choice([role.value for role in Role]), default=None, help="只列有这个岗位的人")
@click.option("--phones", is_flag=True, help="显示完整电话")
@json_option
def people(region: str | None, role: str | None, phones: bool, as_json: bool) -> None:  # noqa: FBT001  (click flags)
    """列出人员、岗位和绑定的渠道；电话默认隐去中间几位。"""
    with open_store().work(now()) as work:
        listed = [_listed(work, person) for person in stored.everybody(work.session)]
        chosen = [one for one in listed if _is_chosen(one, region, role)]
        if as_json:
            click.echo(json.dumps([words.person_fields(one, is_open=phones) for one in chosen], ensure_ascii=False))
        else:
            click.echo("\n".join(words.people_lines(chosen, is_open=phones)))


def _listed(work: Work, person: Person) -> words.Listed:
    channels = [one.channel for one in stored.identities(work.session) if one.person_id == person.id]
    return words.Listed(person, tuple(work.grants(person)), tuple(dict.fromkeys(channels)))


def _is_chosen(one: words.Listed, region: str | None, role: str | None) -> bool:
    regions = [one.person.region, *(grant.region for grant in one.grants)]
    return (region is None or any(path == region or path.startswith(f"{region}/") for path in regions)) and (
        role is None or any(grant.role == role for grant in one.grants)
    )


@click.command()
@json_option
def places(as_json: bool) -> None:  # noqa: FBT001  (a click flag)
    """列出地点，连同别名和地标。"""
    with open_store().work(now()) as work:
        tree, names = stored.places(work.session), stored.place_names(work.session)
        if as_json:
            click.echo(json.dumps(words.place_fields(tree, names), ensure_ascii=False))
        else:
            click.echo("\n".join(words.place_lines(tree, names)))


role_argument = click.argument("role", type=click.Choice([role.value for role in Role]))


@click.command()
@click.argument("name")
@role_argument
@region_option
@click.option("--rank", type=click.Choice([rank.value for rank in Rank]), default="A", show_default=True, help="A/B角")
@click.option(
    "--category", "categories", multiple=True, type=click.Choice([c.value for c in Category]), help="只管这几类"
)
@by_option
def grant(name: str, role: str, region: str | None, rank: str, categories: tuple[str, ...], by: str | None) -> None:  # noqa: PLR0913  (click options)
    """给一个人一个岗位。"""
    with open_store().work(now()) as work:
        person = stored.person_called(work.session, name)
        place = _place(work, region or person.region)
        actor = actor_of(work, by, PeopleAction.GRANT, place)
        held = next((g for g in work.grants(person) if (g.role, g.region) == (role, place)), None)
        given = held or Grant(person_id=person.id or 0, role=role, region=place)
        given.rank, given.categories = rank, ",".join(categories)
        work.session.add(given)
        stored.note(work.session, person, stored.granted(given), actor, work.now)
        click.echo(words.GRANTED.format(name=person.name, role=words.grant_words(given)))


def _place(work: Work, region: str) -> str:
    known = [place.path for place in stored.places(work.session)]
    if not region:
        raise UnknownPlace(place="", near="")
    return stored.known_place(region, known)


@click.command()
@click.argument("name")
@role_argument
@region_option
@by_option
def revoke(name: str, role: str, region: str | None, by: str | None) -> None:
    """收回一个人的岗位；不写地区就收回各处的。"""
    with open_store().work(now()) as work:
        person = stored.person_called(work.session, name)
        taken = [g for g in work.grants(person) if g.role == role and region in (None, g.region)]
        for given in taken:
            actor = actor_of(work, by, PeopleAction.GRANT, given.region)
            stored.note(work.session, person, Fact("revoked", {"role": role, "region": given.region}), actor, work.now)
            work.session.delete(given)
        said = words.REVOKED if taken else words.NOTHING_TO_REVOKE
        click.echo(said.format(name=person.name, role=ROLES[Role(role)]))


@click.command()
@click.argument("name")
@by_option
def invite(name: str, by: str | None) -> None:
    """给一个人发绑定码，只显示这一次。"""
    with open_store().work(now()) as work:
        person = stored.person_called(work.session, name)
        actor = actor_of(work, by, PeopleAction.INVITE, person.region)
        today = work.now.astimezone(LOCAL).date()
        until = work.now + load_rules().find("invitation.valid", person.region, today).duration
        code = binding.invite(work.session, person, until, actor, work.now)
        said = words.invited(person, code, until)
    click.echo(said)


@click.command()
@click.argument("name")
@click.option("--channel", default=None, help="只解除这个渠道的")
@by_option
def unbind(name: str, channel: str | None, by: str | None) -> None:
    """解除一个人的绑定，例如换了手机号、账号被盗。"""
    with open_store().work(now()) as work:
        person = stored.person_called(work.session, name)
        actor = actor_of(work, by, PeopleAction.UNBIND, person.region)
        count = binding.unbind(work.session, person, channel, actor, work.now)
        if not count:
            raise NotBound(name=person.name, channel=words.channel_name(channel))
        said = words.UNBOUND.format(name=person.name, count=count)
    click.echo(said)
