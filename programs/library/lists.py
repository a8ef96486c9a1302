"""The library as a list: what the company made itself."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.kit.templatetags.ui import day as as_day
from core.lists.declared import Column, Empty, Filter, ListOf, Rows
from programs.library import queries
from programs.library.models import PlanTemplate
from programs.membership.models import Program


def library(program: Program) -> ListOf:
    return ListOf(
        label=_("Your own templates"),
        columns=(
            Column(
                name="title",
                label=_("Template"),
                value=lambda row: row.title,
                url=lambda row: reverse("programs:template_detail", args=[program.slug, row.ref]),
            ),
            Column(
                name="home",
                label=_("Origin"),
                order=("program__name", "-changed_at"),
                value=lambda row: _home(row, program),
            ),
            Column(
                name="phases",
                label=_("Phases"),
                order=("phase_count",),
                value=lambda row: row.phase_count,
                is_number=True,
            ),
            Column(
                name="items", label=_("Items"), order=("item_count",), value=lambda row: row.item_count, is_number=True
            ),
            Column(
                name="version", label=_("Version"), order=("version",), value=lambda row: row.version, is_number=True
            ),
            Column(name="changed", label=_("Changed"), order=("changed_at",), value=lambda row: as_day(row.changed_at)),
        ),
        filters=(
            Filter(
                name="from",
                label=_("Origin"),
                choices=(("", _("all my programs")), ("here", _("this program")), ("others", _("other programs"))),
                narrow=lambda rows, value: _from(rows, value, program),
            ),
            Filter(
                name="size",
                label=_("Size"),
                choices=(("", _("any")), ("one", _("one phase")), ("several", _("several phases"))),
                narrow=_of_size,
            ),
        ),
        search=queries.called,
        search_label=_("Title"),
        count=lambda n: ngettext("%(count)s template", "%(count)s templates", n) % {"count": n},
        pk=lambda row: row.ref,
        anchor="template",
        empty=Empty(
            icon="template",
            title=_("No template of your own yet"),
            text=_(
                "Keep what went well: save a phase with its checklist as a template, and the next program starts from "
                "your experience. People, days, comments and evidence are not included."
            ),
            action_url=reverse("programs:template_new", args=[program.slug]),
            action_label=_("Save phases as a template"),
        ),
    )


def _home(row: PlanTemplate, program: Program) -> str:
    return _("this program") if row.program_id == program.pk else row.program.name


def _from(rows: Rows, value: str, program: Program) -> Rows:
    return rows.filter(program=program) if value == "here" else rows.exclude(program=program)


def _of_size(rows: Rows, value: str) -> Rows:
    return rows.filter(phase_count=1) if value == "one" else rows.exclude(phase_count=1)
