"""Mentions as a list: by day, narrowed by tone, topic and company."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.listening.models import ListenedName, Mention
from core.lists.declared import Column, Empty, Filter, ListOf
from programs.membership.models import Program

UNRATED = "none"


def mentions(program: Program, names: Sequence[ListenedName], topics: Sequence[str]) -> ListOf:
    every = ("", _("all"))
    called = {each.pk: each.name for each in names}
    return ListOf(
        label=_("Mentions"),
        columns=(
            Column(name="title", label=_("Title"), value=lambda row: row.title),
            Column(name="link", label=_("Link"), value=lambda row: row.url, is_only_in_file=True),
            Column(name="source", label=_("Source"), order=("source", "-on"), value=lambda row: row.source),
            Column(
                name="companies",
                label=_("Companies"),
                value=lambda row: ", ".join(called[pk] for pk in row.names if pk in called),
                is_only_in_file=True,
            ),
            Column(name="topic", label=_("Topic"), value=lambda row: row.topic, is_only_in_file=True),
            Column(name="tone", label=_("Tone"), order=("tone", "-on"), value=_tone),
            Column(name="on", label=_("Day"), order=("on",), value=lambda row: row.on),
        ),
        filters=(
            Filter(
                name="tone",
                label=_("Tone"),
                choices=(every, (UNRATED, _("not set")), *Mention.Tone.choices),
                narrow=lambda rows, value: rows.filter(tone="" if value == UNRATED else value),
            ),
            Filter(
                name="topic",
                label=_("Topic"),
                choices=(every, *((each, each) for each in topics)),
                narrow=lambda rows, value: rows.filter(topic=value),
            ),
            Filter(
                name="company",
                label=_("Company"),
                choices=(every, *((str(each.pk), each.name) for each in names)),
                narrow=lambda rows, value: rows.filter(names__contains=[int(value)]),
            ),
        ),
        search=lambda rows, words: rows.filter(title__icontains=words) | rows.filter(source__icontains=words),
        search_label=_("Find a mention"),
        count=lambda n: ngettext("%(count)s mention", "%(count)s mentions", n) % {"count": n},
        row="analytics/listening/_mention.html",
        anchor="mention",
        name=_("Mentions"),
        empty=Empty(
            icon="ear",
            title=_("Nothing heard yet"),
            text=_("Add a feed, or a list of mentions from a file: each keeps link, title, day and source."),
            action_url=reverse("analytics:listening", args=[program.slug]),
            action_label=_("Listening"),
        ),
    )


def _tone(row: Any) -> str:
    return str(row.get_tone_display())
