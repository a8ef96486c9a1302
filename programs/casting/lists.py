"""Who has shown interest, as a list. It has no order but the drawn one, so nobody comes first. It has no file: names do
not leave. And its filters are not kept: they hold what people wrote, and would outlive it."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.kit.templatetags.ui import number
from core.lists.declared import Bulk, Column, Empty, Filter, ListOf, Rows
from programs.casting import pages, queries
from programs.casting.mix import Share
from programs.casting.models import Call, SeatFate


def interests(call: Call, found: dict[str, list[Share]]) -> ListOf:
    """`found`: what people gave, by dimension."""
    return ListOf(
        label=_("Who has shown interest"),
        columns=(Column(name="person", label=_("Who")), Column(name="fate", label=_("Decision"), is_number=True)),
        filters=(*(_given(name, shares) for name, shares in found.items() if shares), _of_fate()),
        search=_called,
        search_label=_("Name or topic"),
        count=_count,
        empty=Empty(
            icon="users",
            title=_("Nobody has shown interest yet"),
            text=_(
                "Share the public link or hang up the poster where people pass by: canteen, time clock, shop floor."
            ),
            action_url=reverse("programs:call", args=[call.pk]),
            action_label=_("View the call"),
        ),
        per_page=queries.INTERESTS_ON_A_PAGE,
        row="programs/casting/_candidate.html",
        row_class=lambda _row: "cand",
        anchor="interest",
        pk=lambda row: row.interest.key,
        as_shown=lambda rows: [pages.shown(row) for row in rows],
        bulk=(
            Bulk(name=SeatFate.SEAT.value, label=SeatFate.SEAT.label, icon="circle-check", key="p"),
            Bulk(name=SeatFate.WAITING.value, label=SeatFate.WAITING.label, icon="clock", key="w"),
            Bulk(name=SeatFate.NOT.value, label=SeatFate.NOT.label, icon="x", key="n"),
            Bulk(name="open", label=SeatFate.OPEN.label, icon="refresh", key="o"),
        ),
        bulk_url=reverse("programs:interests_decide", args=[call.program.slug, call.pk]),
        is_savable=False,
    )


def _count(shown: int) -> str:
    told = ngettext(
        "%(count)s person, in an order that is drawn every day",
        "%(count)s people, in an order that is drawn every day",
        shown,
    )
    return told % {"count": number(shown)}


def _given(name: str, shares: list[Share]) -> Filter:
    return Filter(
        name=name,
        label=pages.DIMENSIONS[name],
        choices=(("", _("all")), *((share.value, pages.label_of(name, share.value)) for share in shares[:50])),
        narrow=lambda rows, value: rows.filter(queries.having(name, value)),
    )


def _of_fate() -> Filter:
    known: list[Any] = [(fate.value or "open", fate.label) for fate in SeatFate]
    return Filter(
        name="fate",
        label=_("Decision"),
        choices=(("", _("all")), *known),
        narrow=lambda rows, value: rows.filter(queries.having("fate", value)),
    )


def _called(rows: Rows, words: str) -> Rows:
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(topics__icontains=word))
    return rows
