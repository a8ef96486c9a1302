"""The figures of the product, by which a program's goals can be shown."""

from collections.abc import Iterator

from django.urls import reverse

from analytics.dashboards.words import said
from analytics.kpis.definitions import definitions
from analytics.kpis.queries import targets_of
from core.kit.named_figures import NamedFigure
from programs.membership.models import Program


def goal_figures(program: Program) -> Iterator[NamedFigure]:
    """With what the program aims at, where it does."""
    aims, url = targets_of(program), reverse("analytics:targets", args=[program.slug])
    for key, row in definitions().items():
        yield NamedFigure(key, row.name, said(key, aims[key]) if key in aims else "", url)
