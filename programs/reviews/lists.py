"""The records of reviews as a list."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.lists.declared import Column, Empty, Filter, ListOf, Rows
from programs.membership.models import Program
from programs.reviews.kinds import ReviewKind

STATES = {"open": Q(closed_at=None), "closed": Q(closed_at__isnull=False), "todo": Q(still_open__gt=0)}


def records(program: Program, *, leads: bool) -> ListOf:
    return ListOf(
        label=_("Records"),
        columns=(
            Column(name="title", label=_("Review"), value=lambda row: row.milestone.title),
            Column(name="day", label=_("Date"), order=("milestone__on",), value=lambda row: row.milestone.on),
            Column(name="kind", label=_("Kind"), value=lambda row: row.get_kind_display()),
            Column(name="state", label=_("State"), order=("closed_at",), value=_state),
            Column(name="open", label=_("Open actions"), order=("still_open",), value=lambda row: row.still_open),
            Column(name="agreed", label=_("Agreed actions"), value=lambda row: row.agreed, is_only_in_file=True),
        ),
        filters=(
            Filter(
                name="kind",
                label=_("Kind"),
                choices=(("", _("all")), *ReviewKind.choices),
                narrow=lambda rows, value: rows.filter(kind=value),
            ),
            Filter(
                name="state",
                label=_("State"),
                choices=(
                    ("", _("all")),
                    ("open", _("open")),
                    ("closed", _("closed")),
                    ("todo", _("with open actions")),
                ),
                narrow=lambda rows, value: rows.filter(STATES[value]),
            ),
        ),
        search=_called,
        search_label=_("Find a review"),
        count=lambda n: ngettext("%(count)s review", "%(count)s reviews", n) % {"count": n},
        empty=_empty(program, leads=leads),
        sort="-day",
        per_page=25,
        row="programs/reviews/_review_row.html",
        anchor="review",
        name="reviews",
    )


def _empty(program: Program, *, leads: bool) -> Empty:
    if leads:
        return Empty(
            icon="clipboard-check",
            title=_("No review yet"),
            text=_(
                "A review takes an hour: what became of the last actions, a traffic light for six areas, what was "
                "decided, and who does what by when. A weekly meeting asks three questions."
            ),
            action_url=reverse("programs:review_new", args=[program.slug]),
            action_label=_("Plan a review"),
        )
    return Empty(
        icon="clipboard-check",
        title=_("No review yet"),
        text=_("Here you will find the minutes of every review you attended."),
        action_url=reverse("programs:decisions", args=[program.slug]),
        action_label=_("Read the decisions"),
    )


def _state(row: Any) -> str:
    return _("closed") if row.closed_at else _("open")


def _called(rows: Rows, words: str) -> Rows:
    for word in words.split():
        rows = rows.filter(Q(milestone__title__icontains=word) | Q(milestone__place__icontains=word))
    return rows
