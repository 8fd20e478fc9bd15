"""A comparison as the fields of yingda ask --json."""

from assistant.answers import Comparison
from assistant.citations import Citation


def comparison_fields(comparison: Comparison) -> dict[str, object]:
    """Return the comparison as a program reads it; the centre's region is empty."""
    return {
        "matter": comparison.matter,
        "parties": [
            {
                "region": party.region,
                "level": party.level.value,
                "standing": party.standing.value,
                "quotes": [_quote(citation) for passage in party.passages for citation in passage.citations],
                "figures": [_quote(citation) for citation in party.figures],
                "without": party.without.value if party.without is not None else None,
            }
            for party in comparison.parties
        ],
        "rulings": [
            {
                "verdict": ruling.verdict.value,
                "subject": ruling.subject,
                "regions": ruling.regions,
                "numbers": ruling.numbers,
            }
            for ruling in comparison.rulings
        ],
        "differences": [
            {"region": difference.region, "lacking": difference.lacking, **_quote(difference.citation)}
            for difference in comparison.differences
        ],
        "not_held": comparison.not_held,
    }


def _quote(citation: Citation) -> dict[str, str]:
    return {"unit": citation.unit, "title": citation.title, "label": citation.label, "quote": citation.quote}
