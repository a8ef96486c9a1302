"""The list of imports: what each file brought, found by its name and by how it stands."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.channels.models import Account
from analytics.imports import access, pages
from analytics.imports.models import RunState
from analytics.imports.queries import AT_WORK
from core.lists.declared import Column, Empty, Filter, ListOf, Rows

if TYPE_CHECKING:
    from programs.membership.models import Program

PER_PAGE = 25
STATES = {
    "mine": (RunState.PREVIEW, RunState.QUESTION),
    "work": AT_WORK,
    "applied": (RunState.APPLIED,),
    "over": (RunState.UNDONE, RunState.DISCARDED),
    "wrong": (RunState.REFUSED, RunState.FAILED),
}


def imports(program: "Program", kinds: list[str]) -> ListOf:
    return ListOf(
        label=_("Imports"),
        columns=(
            Column(name="file", label=_("File"), order=("file_name", "created_at")),
            Column(name="state", label=_("State"), order=("state", "created_at")),
            Column(name="period", label=_("Period"), order=("window_end", "created_at")),
            Column(name="uploaded", label=_("Uploaded"), order=("created_at",)),
        ),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                choices=(
                    ("", _("all")),
                    ("mine", _("needs you")),
                    ("work", _("under way")),
                    ("applied", _("applied")),
                    ("over", _("undone or discarded")),
                    ("wrong", _("rejected or failed")),
                ),
                narrow=lambda runs, value: runs.filter(state__in=STATES[value]),
            ),
            *(_whose(kinds) if len(kinds) > 1 else ()),
        ),
        search=lambda runs, words: runs.filter(file_name__icontains=words),
        search_label=_("Find a file"),
        count=lambda n: ngettext("%(count)s import", "%(count)s imports", n) % {"count": n},
        per_page=PER_PAGE,
        row="analytics/imports/_run_row.html",
        anchor="run",
        pk=lambda row: row["run"].pk,
        as_shown=lambda runs: [pages.row(run) for run in runs],
        empty=_empty(program, kinds),
    )


def _whose(kinds: list[str]) -> tuple[Filter]:
    names = {
        access.OWN: _("my account"),
        access.COMPANY: _("company account"),
        access.RECORDS: _("lists of HR and sales"),
    }
    choices = (("", _("everybody")), *((kind, names[kind]) for kind in kinds))
    return (Filter(name="whose", label=_("Account"), choices=choices, narrow=_of_account),)


def _of_account(runs: Rows, value: str) -> Rows:
    of = {access.OWN: Account.Kind.PERSON, access.COMPANY: Account.Kind.COMPANY, access.RECORDS: Account.Kind.RECORDS}
    return runs.filter(account__kind=of[value])


def _empty(program: "Program", kinds: list[str]) -> Empty:
    own = _(
        "Export your figures in LinkedIn under Analytics and upload them here: you see what the file contains before "
        "anything is stored, and nobody else sees it."
    )
    company = _(
        "Export the company page's figures in LinkedIn under Analytics and upload them here: you see what the file "
        "contains before anything is stored."
    )
    return Empty(
        icon="file-import",
        title=_("No file has been uploaded yet"),
        text=own if access.OWN in kinds else company,
        action_url=reverse("analytics:import_new", args=[program.slug]),
        action_label=_("Upload a file"),
    )
