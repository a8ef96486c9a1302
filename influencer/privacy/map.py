"""The privacy map: what is stored about a person, why, who sees it, how long, and how it is erased."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.kit import languages
from core.kit.languages import localised
from core.kit.product import PACKAGES
from influencer.privacy.fields import personal_word

FILE = Path(__file__).resolve().parents[2] / "privacy_map.yaml"
BASIS = {
    "consent": _("consent, Art. 6(1)(a) GDPR"),
    "contract": _("contract, Art. 6(1)(b) GDPR"),
    "duty": _("legal duty, Art. 6(1)(c) GDPR"),
    "interest": _("legitimate interest, Art. 6(1)(f) GDPR"),
}
ERASURE = {
    "delete": _("is deleted"),
    "overwrite": _("is overwritten"),
    "pseudonym": _("only a pseudonym is kept"),
    "cascade": _("deleted with the record it belongs to"),
    "keep": _("stays; says nothing about a person on its own"),
}
SIGN_IN_APPS = ("account", "mfa", "usersessions", "sessions")  # of others, and they hold what is personal


@dataclass(frozen=True)
class FieldRule:
    """One personal field."""

    table: str
    name: str
    basis: str
    erasure: str
    _purpose: Any
    _sees: Any
    _retention: Any

    @property
    def label(self) -> str:
        return personal_word(self.table, self.name)

    @property
    def purpose(self) -> str:
        return localised(self._purpose)

    @property
    def sees(self) -> str:
        return localised(self._sees)

    @property
    def retention(self) -> str:
        return localised(self._retention)

    @property
    def basis_words(self) -> str:
        return str(BASIS[self.basis])

    @property
    def erasure_words(self) -> str:
        return str(ERASURE[self.erasure])


@dataclass(frozen=True)
class ModelRule:
    """One table: its personal fields, those that say nothing about a person, and which of these one has to know to
    read a row (`context`, e.g. the day of a figure)."""

    label: str
    person: str
    fields: tuple[FieldRule, ...]
    not_personal: frozenset[str]
    context: tuple[str, ...]
    _area: Any

    @property
    def area(self) -> str:
        return localised(self._area)

    @property
    def lines(self) -> list[tuple[str, FieldRule]]:
        """Fields that share purpose, audience and retention are one line to read."""
        return _lines(self.label, languages.current())

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)


@cache
def _lines(table: str, _language: str) -> list[tuple[str, FieldRule]]:
    """Worked out once for each language: the page of what is stored about oneself shows hundreds of them."""
    lines: dict[tuple[str, str, str], list[FieldRule]] = {}
    for field in rules()[table].fields:
        lines.setdefault((field.purpose, field.sees, field.retention), []).append(field)
    return [(capfirst(", ".join(field.label for field in group)), group[0]) for group in lines.values()]


@cache
def rules() -> dict[str, ModelRule]:
    """All tables by label, e.g. `programs.Participant`."""
    return {label: _rule(label, row) for label, row in yaml.safe_load(FILE.read_text()).items()}


def _rule(label: str, row: dict[str, Any]) -> ModelRule:
    fields = tuple(
        FieldRule(label, name, field["basis"], field["erasure"], field["purpose"], field["sees"], field["retention"])
        for name, field in (row.get("personal") or {}).items()
    )
    return ModelRule(
        label,
        row.get("person") or "",
        fields,
        frozenset(row.get("not_personal") or ()),
        tuple(row.get("context") or ()),
        row.get("area"),
    )


def unmapped() -> list[str]:
    """Fields of our tables that the map does not name, and names in the map that no table has."""
    problems = []
    for model in apps.get_models():
        if model._meta.app_label not in PACKAGES + SIGN_IN_APPS:
            continue
        label = f"{model._meta.app_label}.{model.__name__}"
        real = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
        rule = rules().get(label)
        known = {field.name for field in rule.fields} | rule.not_personal if rule else set()
        problems += [f"{label}.{name} is not in the privacy map" for name in sorted(real - known)]
        lost = set(rule.context) - rule.not_personal if rule else set()
        problems += [f"{label}.{name} is context and not among `not_personal`" for name in sorted(lost)]
        problems += [f"{label}.{name} is in the privacy map but not in the table" for name in sorted(known - real)]
    labels = {f"{m._meta.app_label}.{m.__name__}" for m in apps.get_models()}
    return problems + [f"{label} is in the privacy map but is no table" for label in sorted(rules().keys() - labels)]
