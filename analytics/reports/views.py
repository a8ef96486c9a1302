from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analytics.dashboards.charts import Scene
from analytics.dashboards.words import month_name
from analytics.metrics.tabs import tabs_of
from analytics.reports import access, files, opened, pdf, queries, services, sharing, spots, template_services
from analytics.reports.forms import ReportForm
from analytics.reports.headline import suggested_headline
from analytics.reports.layouts import STANDARD, Block, known_blocks, rearranged
from analytics.reports.models import Report
from analytics.reports.pages import panel_of, readings_of, sending
from analytics.reports.reading import ShownReport
from analytics.reports.snapshot import freeze
from analytics.reports.verbs import ReportsVerb
from core.comments.thread import thread_on
from core.journal import services as journal
from core.kit import languages, page_cache
from core.kit.chart_pictures import picture_file
from core.kit.downloads import as_file
from core.kit.form_pages import FormPage, form_page
from core.kit.forms import Form
from core.kit.toasts import toast
from core.kit.word_fields import texts_of
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can
from programs.membership.models import Program


def reports(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_reporting(request.user, slug)
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "reports"),
        "readings": readings_of(program, request.user),
        "sending": sending(program),
        "may_make": can(request.user, Ability.MAKE_REPORTS, program),
    }
    return render(request, "analytics/reports/reports.html", context)


@once
def report_new(request: PersonRequest, slug: str) -> HttpResponse:
    """Choose the month, write the headline, freeze."""
    program = access.get_reporting(request.user, slug, Ability.MAKE_REPORTS)
    scene = queries.scene_for_report(program)
    months = queries.months_to_report(scene)
    if not months:
        return render(request, "analytics/reports/report_new.html", {"program": program})
    data = request.POST if request.method == "POST" else None
    form = _form(scene, months, data, initial=_begun(request, scene, months))
    if request.method == "POST" and form.is_valid():
        asked, month, with_cost, words = _written(scene, form)
        report = services.make_report(asked, month, words, by=request.user, with_cost=with_cost)
        if form.cleaned_data["keep_as"]:
            blocks = form.cleaned_data["blocks"]
            template_services.save_template(program, form.cleaned_data["keep_as"], blocks, by=request.user)
        toast(request, _("The report is frozen. Its figures will not change."))
        return redirect("analytics:report_detail", slug, report.pk)
    return _new_page(request, program, form)


@require_POST
def report_preview(request: PersonRequest, slug: str) -> HttpResponse:
    """The page as it would be frozen now, below the form with what was typed. Nothing is kept. A template that was
    pressed, or a block that was moved, has its effect in both."""
    program = access.get_reporting(request.user, slug, Ability.MAKE_REPORTS)
    scene = queries.scene_for_report(program)
    months = queries.months_to_report(scene)
    form = _form(scene, months, rearranged(request.POST, queries.templates_to_start_from(program)))
    if not form.is_valid():
        return _new_page(request, program, form)
    asked, month, with_cost, words = _written(scene, form)
    data = freeze(asked, month, with_cost=with_cost, blocks=words.get("blocks", ()))
    unkept = Report(program=program, month=month, data=data, made_by=request.user, **words)
    return _new_page(request, program, form, reading=ShownReport(unkept))


def _form(scene: Scene, months: list[date], data: Any, **more: Any) -> ReportForm:
    program = scene.program
    preview = reverse("analytics:report_preview", args=[program.slug])
    templates = queries.templates_to_start_from(program)
    generations = queries.generations_to_report(scene)
    form = ReportForm(data, months=months, templates=templates, move_url=preview, generations=generations, **more)
    form.fields["month"].widget.attrs["hx-get"] = reverse("analytics:report_new", args=[program.slug])
    return form


def _written(scene: Scene, form: ReportForm) -> tuple[Scene, date, bool, dict[str, Any]]:
    words = dict(form.cleaned_data)
    month, with_cost = words.pop("month"), Block.COST in words["blocks"]
    words.pop("keep_as")
    if generation := words.pop("generation"):
        scene = queries.scene_for_report(scene.program, generation)
    months = queries.months_to_report(scene)
    words["headline"] = _own_or_suggested(scene, months, month, texts_of(words["headline"]))
    return scene, month, with_cost, words


def _new_page(request: PersonRequest, program: Program, form: ReportForm, **more: Any) -> HttpResponse:
    page = FormPage(
        title=_("Create a report"),
        lead=_(
            "The figures are taken from what is published, then frozen. You add the headline and the decision you need."
        ),
        submit=_("Freeze the report"),
        action=reverse("analytics:report_new", args=[program.slug]),
        up=[(_("Reports"), reverse("analytics:reports", args=[program.slug]))],
    )
    preview = reverse("analytics:report_preview", args=[program.slug])
    return form_page(
        request, form, page, template="analytics/reports/report_form.html", program=program, preview_url=preview, **more
    )


def _begun(request: PersonRequest, scene: Scene, months: list[date]) -> dict[str, object]:
    """What the form begins with. After another month was chosen: its suggestion, beside what was typed already."""
    typed = ReportForm(request.GET, months=months)
    chosen = next((month for month in months if month.isoformat() == request.GET.get("month")), months[0])
    value = {name: typed[name].value() for name in ("headline", "decision", "decision_until", "notes", "keep_as")}
    value["generation"] = request.GET.get("generation", "")
    return value | {
        "blocks": known_blocks(request.GET.getlist("blocks")) or STANDARD,
        "month": chosen.isoformat(),
        "headline": _own_or_suggested(scene, months, chosen, texts_of(value["headline"])),
    }


def _own_or_suggested(scene: Scene, months: list[date], month: date, headline: dict[str, str]) -> dict[str, str]:
    """A headline that was suggested for another month says nothing about this one; one's own words stay."""
    found = _suggestions(scene, month)
    if not any(headline.values()):
        return found
    others = [_suggestions(scene, other) for other in months if other != month]
    return {
        code: found[code] if any(text == other[code] for other in others) else text for code, text in headline.items()
    }


def _suggestions(scene: Scene, month: date) -> dict[str, str]:
    data = freeze(scene, month)
    headline = {}
    for language in languages.codes():
        with translation.override(language):
            headline[language] = suggested_headline(data)
    return headline


def report_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Read in sixty seconds. That somebody opened it is written down."""
    report = access.get_report(request.user, slug, pk)
    journal.record_view(ReportsVerb.READ, report, by=request.user, number=report.number)
    page_cache.changed(report.program_id)
    return report_page(request, report)


def report_page(request: PersonRequest, report: Report, *, refused: Form | None = None, **more: Any) -> HttpResponse:
    """The page of a report. A form that came back answers 422; 409 where somebody was faster (`overtaken`)."""
    program = report.program
    may_make = can(request.user, Ability.MAKE_REPORTS, program)
    context = {
        "program": program,
        "reading": ShownReport(report, reverse("analytics:report_detail", args=[program.slug, report.pk]) + "charts/"),
        "report": report,
        "thread": thread_on(request.user, spots.KIND, report.pk),
        "decision": panel_of(report, request.user, refused=refused, **more),
        "links": sharing.links_of(report),
        "others": [(other, month_name(other.month)) for other in queries.reports_beside(report)],
        "may_make": may_make,
        "openers": opened.openers_of(report) if may_make else [],
        "kinds": (("pptx", "PowerPoint"), ("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON")),
    }
    status = 409 if more.get("overtaken") else 422 if refused else 200
    return render(request, "analytics/reports/report_detail.html", context, status=status)


def report_pdf(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The same page as a file, in the reader's language, from the frozen figures alone."""
    report = access.get_report(request.user, slug, pk)
    program = report.program
    journal.record_view(ReportsVerb.DOWNLOADED, report, by=request.user, number=report.number)
    response = HttpResponse(pdf.make(report), content_type="application/pdf")
    return as_file(response, f"{program.slug}-{report.month:%Y-%m}-{report.edition}.pdf")


def report_data(request: PersonRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    """The same numbers to work with: a table, or JSON with everything the report is made of."""
    report = access.get_report(request.user, slug, pk)
    if kind not in files.KINDS:
        raise Http404
    journal.record_view(ReportsVerb.TAKEN_AS_DATA, report, by=request.user, number=report.number)
    return files.answer(report, kind)


def report_picture(request: PersonRequest, slug: str, pk: int, chart: str, kind: str) -> HttpResponse:
    """One chart of it as a picture, with its words in the file."""
    report = access.get_report(request.user, slug, pk)
    found = next((each for each in ShownReport(report).charts if each.id == chart), None)
    answer = picture_file(found, kind, f"{files.name_of(report)}-{chart}")
    journal.record_view(ReportsVerb.TAKEN_AS_DATA, report, by=request.user, number=report.number)
    return answer


@require_POST
def report_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    report = access.get_report(request.user, slug, pk, Ability.MAKE_REPORTS)
    services.delete_report(report, by=request.user)
    undo = reverse("analytics:report_restore", args=[slug, report.pk])
    toast(request, _("Report no. %(number)s is deleted.") % {"number": report.number}, undo=undo)
    return redirect("analytics:reports", slug)


@require_POST
def report_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    report = services.restore_report(access.get_deleted_report(request.user, slug, pk), by=request.user)
    toast(request, _("Report no. %(number)s is restored.") % {"number": report.number})
    return redirect("analytics:reports", slug)
