"""A person's own log as a list: by week, or in whatever order they like."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.activities.models import Activity
from core.kit.templatetags.ui import day, minutes
from core.lists.declared import Bulk, Column, Empty, Filter, ListOf

if TYPE_CHECKING:
    from programs.membership.models import Program


def history(program: "Program") -> ListOf:
    every = ("", _("all"))
    return ListOf(
        label=_("My activities"),
        columns=(
            Column(name="on", label=_("Day"), value=lambda row: row.on, is_only_in_file=True),
            Column(name="kind", label=_("Kind"), value=lambda row: row.get_kind_display(), is_only_in_file=True),
            Column(name="what", label=_("What"), order=("kind", "on"), value=lambda row: row.note),
            Column(name="channel", label=_("Channel"), value=_channel, is_only_in_file=True),
            Column(name="purpose", label=_("Content"), order=("purpose", "on"), value=_purpose),
            Column(name="label", label=_("Labelling"), value=lambda row: row.get_label_display(), is_only_in_file=True),
            Column(name="topics", label=_("Topics"), value=lambda row: ", ".join(row.topics), is_only_in_file=True),
            Column(name="link", label=_("Link"), value=lambda row: row.url, is_only_in_file=True),
            Column(
                name="minutes",
                label=_("Minutes"),
                order=("minutes", "on"),
                value=lambda row: row.minutes,
                is_number=True,
            ),
            Column(name="day", label=_("Day"), order=("on",)),
        ),
        filters=(
            Filter(name="kind", label=_("Kind"), choices=(every, *Activity.Kind.choices), narrow=_of_kind),
            Filter(
                name="purpose", label=_("Content"), choices=(every, *Activity.Purpose.choices), narrow=_with_purpose
            ),
        ),
        search=lambda rows, words: rows.filter(note__icontains=words) | rows.filter(url__icontains=words),
        search_label=_("Find an activity"),
        count=lambda n: ngettext("%(count)s activity", "%(count)s activities", n) % {"count": n},
        row="analytics/activities/_row.html",
        anchor="activity",
        group=_week,
        group_note=lambda row: minutes(row.week_minutes),
        bulk=(Bulk(name="delete", label=_("Delete"), icon="trash", key="n"),),
        bulk_url=reverse("analytics:activities_change", args=[program.slug]),
        name=_("My activities"),
        empty=Empty(
            icon="notebook",
            title=_("Your history starts with your first entry"),
            text=_(
                "Paste the link to a post, or tap a kind: it takes ten seconds. Only you see this; the program only "
                "sees group totals."
            ),
            action_url=reverse("analytics:activity_new", args=[program.slug]),
            action_label=_("Log an activity"),
        ),
    )


def _week(row: Any) -> str:
    return _("Week of %(monday)s") % {"monday": day(row.week, "long")}


def _channel(row: Activity) -> str:
    return row.get_channel_display()


def _purpose(row: Activity) -> str:
    return row.get_purpose_display()


def _of_kind(rows: Any, value: str) -> Any:
    return rows.filter(kind=value)


def _with_purpose(rows: Any, value: str) -> Any:
    return rows.filter(purpose=value)
