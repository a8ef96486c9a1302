from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analytics.annotations import access, queries, services
from analytics.annotations.forms import NoteForm
from analytics.metrics.tabs import tabs_of
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can
from programs.membership.models import Program

PER_PAGE = 50


@require_safe
def timeline_notes(request: PersonRequest, slug: str) -> HttpResponse:
    """All notes, the newest first."""
    program = access.get_time_line(request.user, slug)
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "dashboard"),
        "page": Paginator(queries.notes_of(program), PER_PAGE).get_page(request.GET.get("page")),
        "may_edit": can(request.user, Ability.MANAGE_PROGRAM, program),
    }
    return render(request, "analytics/annotations/timeline_notes.html", context)


@once
def timeline_note_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_time_line(request.user, slug, Ability.MANAGE_PROGRAM)
    form = NoteForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        services.add_note(program, by=request.user, **form.cleaned_data)
        toast(request, _("Saved. It is marked on every chart over time."))
        return _to_list(program)
    return _form(request, program, form, _("Add a note"))


def timeline_note_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    note = access.get_timeline_note(request.user, slug, pk)
    form = NoteForm(request.POST if request.method == "POST" else None, program=note.program, note=note)
    if request.method == "POST" and form.is_valid():
        services.edit_note(note, by=request.user, **form.changes())
        toast(request, _("Saved."))
        return _to_list(note.program)
    gone = reverse("analytics:timeline_note_remove", args=[slug, pk])
    return _form(request, note.program, form, _("Edit the note"), remove_url=gone)


@require_POST
def timeline_note_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    note = services.remove_note(access.get_timeline_note(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:timeline_note_restore", args=[slug, pk])
    toast(
        request, _("“%(text)s” is removed from the charts. Reports that hold it keep it.") % {"text": note}, undo=undo
    )
    return _to_list(note.program)


@require_POST
def timeline_note_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    note = access.get_timeline_note(request.user, slug, pk, is_deleted=True)
    services.restore_note(note, by=request.user)
    toast(request, _("“%(text)s” is restored.") % {"text": note})
    return _to_list(note.program)


def _to_list(program: Program) -> HttpResponse:
    return go_to(reverse("analytics:timeline_notes", args=[program.slug]))


def _form(request: PersonRequest, program: Program, form: NoteForm, title: str, remove_url: str = "") -> HttpResponse:
    up = [
        (_("Figures"), reverse("analytics:dashboard", args=[program.slug])),
        (_("Notes on the time line"), reverse("analytics:timeline_notes", args=[program.slug])),
    ]
    shield = _("Everybody in the program who sees the figures of groups reads it. It names nobody’s figures.")
    page = FormPage(title=title, up=up, shield=shield)
    template = "analytics/annotations/timeline_note.html"
    return form_page(request, form, page, template=template, program=program, remove_url=remove_url)
