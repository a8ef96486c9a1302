from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analytics.reports import access, queries
from analytics.reports import template_services as services
from analytics.reports.forms import TemplateForm
from analytics.reports.layouts import READY, known_blocks, rearranged
from analytics.reports.models import Report, ReportTemplate
from analytics.reports.reading import ShownReport
from analytics.reports.snapshot import freeze
from core.kit.form_pages import FormPage, form_page
from core.kit.sent_numbers import whole
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability
from programs.membership.models import Program


@require_safe
def report_templates(request: PersonRequest, slug: str) -> HttpResponse:
    """The program's own and the product's: each with its blocks in their order."""
    program = access.get_reporting(request.user, slug, Ability.MAKE_REPORTS)
    context = {"program": program, "own": queries.saved_templates(program), "ready": READY}
    return render(request, "analytics/reports/report_templates.html", context)


@once
def report_template_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_reporting(request.user, slug, Ability.MAKE_REPORTS)
    form = _form(program, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        template = services.save_template(program, by=request.user, **form.cleaned_data)
        toast(request, _("“%(name)s” is saved.") % {"name": template.name})
        return redirect("analytics:report_templates", slug)
    return _page(request, program, form)


def report_template_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    template = access.get_report_template(request.user, slug, pk)
    form = _form(template.program, request.POST if request.method == "POST" else None, template)
    if request.method == "POST" and form.is_valid():
        services.edit_template(template, by=request.user, **form.changes())
        toast(request, _("“%(name)s” is saved.") % {"name": template.name})
        return redirect("analytics:report_templates", slug)
    return _page(request, template.program, form, template)


@require_POST
def report_template_preview(request: PersonRequest, slug: str) -> HttpResponse:
    """The newest month in these blocks, above the form; also after a block was moved. Nothing is kept. `of` names the
    template that is being changed."""
    of = whole(request.GET.get("of", ""))
    template = access.get_report_template(request.user, slug, of) if of is not None else None
    program = access.get_reporting(request.user, slug, Ability.MAKE_REPORTS)
    sent = rearranged(request.POST, ())
    form = _form(program, sent, template)
    form.keep_seen(request.POST)
    scene = queries.scene_for_report(program)
    months = queries.months_to_report(scene)
    reading = None
    if months:
        blocks = known_blocks(sent.getlist("blocks"))
        data = freeze(scene, months[0], blocks=blocks)
        reading = ShownReport(Report(program=program, month=months[0], data=data, blocks=blocks, made_by=request.user))
    return _page(request, program, form, template, reading=reading)


@require_POST
def report_template_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    template = services.delete_template(access.get_report_template(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:report_template_restore", args=[slug, pk])
    toast(request, _("“%(name)s” is deleted. Reports made from it stay.") % {"name": template.name}, undo=undo)
    return redirect("analytics:report_templates", slug)


@require_POST
def report_template_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    template = access.get_report_template(request.user, slug, pk, is_deleted=True)
    services.restore_template(template, by=request.user)
    toast(request, _("“%(name)s” is restored.") % {"name": template.name})
    return redirect("analytics:report_templates", slug)


def _form(program: Program, data: Any, template: ReportTemplate | None = None) -> TemplateForm:
    preview = reverse("analytics:report_template_preview", args=[program.slug])
    if template is None:
        return TemplateForm(data, move_url=preview)
    now = {"name": template.name, "blocks": known_blocks(template.blocks)}
    return TemplateForm(data, initial=now, move_url=f"{preview}?of={template.pk}")


def _page(
    request: PersonRequest, program: Program, form: TemplateForm, template: ReportTemplate | None = None, **more: Any
) -> HttpResponse:
    reports, templates = (reverse(f"analytics:{name}", args=[program.slug]) for name in ("reports", "report_templates"))
    new = reverse("analytics:report_template_new", args=[program.slug])
    page = FormPage(
        title=_("Edit the template") if template else _("Create a template"),
        lead=_("A template says which blocks a report has, and their order. It never changes a figure."),
        action=reverse("analytics:report_template_edit", args=[program.slug, template.pk]) if template else new,
        up=[(_("Reports"), reports), (_("Templates"), templates)],
    )
    preview = form.fields["blocks"].move_url  # type: ignore[attr-defined]
    return form_page(
        request, form, page, template="analytics/reports/report_form.html", program=program, preview_url=preview, **more
    )
