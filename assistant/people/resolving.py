"""From the words of a report to the most precise known place (地点): 河口村三组老粮站背后 → …/河口村/三组."""

import re
from collections.abc import Iterable, Sequence

from assistant.people.gazetteer import UPPER, Gazetteer, Hit, gazetteer, outermost, without_directions
from assistant.people.place import Place, PlaceLevel, PlaceName
from assistant.people.spelling import HAN, spelled
from assistant.people.tree import common, level_of, up_to
from assistant.rules import covers

# a settlement that nobody has put into the tree · near miss: 我们村 全村 集镇 乡下
UNKNOWN_VILLAGE = re.compile(
    rf"(?<![我咱俺你他本这那全该各邻])[{HAN}]{{1,4}}?(?<![们个我咱俺本这那全该各的在到是])(?:村|社区)(?![委里口头民子道])"
)
UNKNOWN_TOWN = re.compile(
    rf"[{HAN}]{{2,3}}?(?<![们个我咱俺本这那全该各的集城古老下家故])(?:镇|乡|街道)(?![上里政下亲村镇长])"
)


def resolve(words: str, region: str, places: Iterable[Place], names: Iterable[PlaceName]) -> str | None:
    """Return the path of the most precise place that the words name, None where they name none.

    region: the reporter's, which decides between places of one name; another township's place is meant only where
    the words name that township. Words that fit several places give the nearest place above these.
    """
    return resolve_in(gazetteer(places, names), words, region)


def resolve_in(known: Gazetteer, words: str, region: str) -> str | None:
    """Return what `resolve` does, from a gazetteer that has been gathered before."""
    text = without_directions(spelled(words))
    hits = known.exact(text)
    upper = [form.path for hit in hits for form in hit.forms if form.level in UPPER and not form.is_landmark]
    scope = _scope(up_to(region, PlaceLevel.TOWNSHIP), upper)
    if scope is None or (not upper and UNKNOWN_TOWN.search(_blanked(text, hits))):
        return None
    within = outermost(_within([*hits, *known.alike(text, hits, scope)], scope))
    paths = _candidates(text, _drop_foreign_groups(text, within), region if covers(scope, region) else scope)
    found = common(_deepest(paths)) if paths else (scope if upper else "")
    return found or None


def _scope(home: str, named: Sequence[str]) -> str | None:
    """Return the township in which to look: the reporter's, unless another is named; between two, what is above."""
    foreign = [path for path in named if not covers(path, home) and not covers(home, path)]
    if not foreign:
        deepest = max(named, key=len, default="")
        return deepest if covers(home, deepest) and deepest else home
    lowest = [path for path in foreign if not any(path != other and covers(path, other) for other in foreign)]
    own = [path for path in named if path == home]
    return common([*lowest, *own]) or None


def _within(hits: Iterable[Hit], scope: str) -> list[Hit]:
    kept = []
    for hit in hits:
        forms = tuple(f for f in hit.forms if covers(scope, f.path) and (f.is_landmark or f.level not in UPPER))
        if forms:
            kept.append(Hit(hit.start, hit.end, forms))
    return kept


def _drop_foreign_groups(text: str, hits: list[Hit]) -> list[Hit]:
    """大庙村三组 is not our 三组 where nobody knows 大庙村."""
    blanked = _blanked(text, hits)
    ends = {found.end() for found in UNKNOWN_VILLAGE.finditer(blanked)}
    return [hit for hit in hits if not (hit.forms[0].is_numbered and hit.start in ends)]


def _blanked(text: str, hits: Iterable[Hit]) -> str:
    signs = list(text)
    for hit in hits:
        signs[hit.start : hit.end] = " " * (hit.end - hit.start)
    return "".join(signs)


def _candidates(text: str, hits: list[Hit], region: str) -> list[str]:
    """Return the places that most of the hits speak for."""
    named = [{f.path for f in hit.forms} for hit in hits if any(f.is_settlement for f in hit.forms)]
    if named:
        spans = [{form.path for form in hit.forms} for hit in hits]
        fitting = {p for span in spans for p in span if all(any(covers(q, p) for q in name) for name in named)}
        if not fitting:
            return sorted(set().union(*named))
        spans = [kept for span in spans if (kept := span & fitting)]
    else:
        spans = [_without_village(hit, region) for hit in hits]
    spans = [_nearest_home(span, region) for span in spans]
    support = {p: sum(any(covers(q, p) for q in span) for span in spans) for span in spans for p in span}
    most = max(support.values(), default=0)
    return [path for path, count in support.items() if count == most]


def _without_village(hit: Hit, region: str) -> set[str]:
    """A numbered group whose village nobody named is the one of the reporter's own village, if of any."""
    village = up_to(region, PlaceLevel.VILLAGE)
    if not hit.forms[0].is_numbered:
        return {form.path for form in hit.forms}
    own = {form.path for form in hit.forms if covers(village, form.path)}
    return own if own and level_of(village) is PlaceLevel.VILLAGE else {village} - {""}


def _nearest_home(span: set[str], region: str) -> set[str]:
    village = up_to(region, PlaceLevel.VILLAGE)
    own = {path for path in span if covers(village, path)}
    return own or span


def _deepest(paths: list[str]) -> list[str]:
    return [path for path in paths if not any(path != other and covers(path, other) for other in paths)]
