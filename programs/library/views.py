"""The library of a program: looking, saving, copying, exporting, importing, deleting."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.downloads import as_file
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.lists.views import show_list
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.library import access, lists, pages, queries, saving, services, starting, writing
from programs.library.adding import added
from programs.library.forms import SaveForm
from programs.membership.access import Ability, get_program
from programs.membership.tabs import tabs_of


@require_safe
def library(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    context = {
        "program": program,
        "supplied": pages.supplied(),
        "uses": pages.uses(request.user, program),
        "tabs": tabs_of("program", request.user, program, "programs:library"),
    }
    rows = queries.templates_of(request.user)
    return show_list(request, lists.library(program), rows, "programs/library/library.html", context)


@require_safe
def template_detail(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    opened = access.get_template(request.user, slug, ref)
    context = {"program": opened.program, "opened": opened}
    return render(request, "programs/library/template_detail.html", context)


@require_safe
def template_file(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    opened = access.get_template(request.user, slug, ref)
    content = opened.content | {"version": opened.version}
    response = HttpResponse(writing.write(content), content_type="application/yaml; charset=utf-8")
    return as_file(response, f"{opened.name}.yaml")


@once
def template_new(request: PersonRequest, slug: str) -> HttpResponse:
    """Phases of the program as a template, or an empty one."""
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    phases = queries.phases_of(program)
    form = SaveForm(request.POST or None, phases=phases, initial=saving.suggestion(phases, request.GET.get("phase")))
    if request.method == "POST" and form.is_valid():
        content = saving.content_of(list(form.cleaned_data["phases"])) or [starting.empty_phase()]
        fields = saving.fields_of(program) if form.cleaned_data["phases"] else []
        head = starting.head(form.cleaned_data["name"], form.cleaned_data["about"])
        row = added(
            request,
            lambda: services.add_template(program, head | {"phases": content, "fields": fields}, by=request.user),
        )
        return redirect("programs:template_detail", slug, row.ref) if row else redirect("programs:library", slug)
    page = FormPage(
        title=_("Save phases as a template"),
        lead=_("Titles, hints and weeks are kept. Owners, progress, reasons, evidence and comments stay here."),
        up=pages.above(program),
    )
    return form_page(request, form, page, program=program)


@once
@require_POST
def template_copy(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    opened = access.get_template(request.user, slug, ref)
    row = added(request, lambda: services.copy_template(opened.program, opened.content, by=request.user))
    if row is None:
        return redirect("programs:template_detail", slug, ref)
    toast(request, _("This is your own copy. Change it as you like."))
    return redirect("programs:template_detail", slug, row.ref)


@require_POST
def template_delete(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    row = access.get_own_template(request.user, slug, ref, deleted=True)
    services.delete_template(row, by=request.user)
    undo = reverse("programs:template_restore", args=[slug, ref])
    toast(request, _("“%(title)s” is deleted. Programs keep what they took from it.") % {"title": row.title}, undo=undo)
    return redirect("programs:library", slug)


@require_POST
def template_restore(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    row = access.get_own_template(request.user, slug, ref, deleted=True)
    services.restore_template(row, by=request.user)
    toast(request, _("“%(title)s” is restored.") % {"title": row.title})
    return redirect("programs:template_detail", slug, ref)
