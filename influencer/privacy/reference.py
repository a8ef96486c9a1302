"""The generated page of the docs: roles, personal data and figures, as the code has them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import override

from analytics.kpis.definitions import definitions
from influencer.privacy import map as privacy_map
from influencer.privacy.words import ABILITIES
from programs.consents import notices
from programs.membership.access import ABILITIES_OF
from programs.membership.models import Role
from programs.membership.words import ROLES

FILE = Path(__file__).resolve().parents[2] / "docs/reference.md"


def text() -> str:
    """The page in English; `make docs` writes it, a test compares it."""
    with override("en"):
        return "\n".join([*_head(), *_roles(), *_consents(), *_figures(), *_data()]) + "\n"


def _head() -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield "Written by `make docs` from the code. Do not edit."


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    names = [str(column) for column in columns]
    yield ""
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"
    yield ""


def _roles() -> Iterator[str]:
    yield "\n## Roles and what they may do"
    roles = list(ABILITIES_OF)
    rows = (
        [words, *("yes" if ability in ABILITIES_OF[role] else "" for role in roles)] for ability, words in ABILITIES
    )
    yield from _table(["role", "in one sentence"], ([Role(role).label, about] for role, about in ROLES.items()))
    yield from _table(["may", *(str(Role(role).label) for role in roles)], rows)


def _consents() -> Iterator[str]:
    yield f"## Consents (notice version {notices.version()})"
    yield from _table(["purpose", "text"], ([purpose.title, purpose.text] for purpose in notices.every()))


def _figures() -> Iterator[str]:
    yield "## Figures"
    rows = ([d.name, d.definition, d.formula, d.formula_version, d.visibility] for d in definitions().values())
    yield from _table(["figure", "what it says", "formula", "version", "visible to"], rows)


def _data() -> Iterator[str]:
    yield "## Personal data"
    for rule in privacy_map.rules().values():
        if rule.fields:
            yield f"\n### {rule.area} (`{rule.label}`)"
            rows = ([f.name, f.purpose, f.basis_words, f.sees, f.retention, f.erasure_words] for f in rule.fields)
            yield from _table(["field", "purpose", "basis", "seen by", "kept", "erasure"], rows)
