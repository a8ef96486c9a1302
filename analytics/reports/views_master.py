from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analytics.reports import access, master_services, queries
from analytics.reports.forms_master import MasterForm
from analytics.reports.ground_picture import GroundPicture
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.kit.uploads import too_large
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability


@once
def report_master(request: PersonRequest, slug: str) -> HttpResponse:
    """The company's own slides: which are used, what they look like, and another file in their place."""
    program = access.get_reporting(request.user, slug, Ability.MAKE_REPORTS)
    former = queries.master_of(program)
    form = MasterForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and too_large(request):
        form.fields["file"].error_messages["required"] = _("The file is larger than 20 MB.")
    if form.is_valid():
        try:
            given = master_services.set_master(program, form.cleaned_data["file"], form.offers, by=request.user)
        except ValidationError as full:
            form.add_error("file", full)
        else:
            known, way = (former, "restore") if former else (given, "remove")
            undo = reverse(f"analytics:report_master_{way}", args=[slug, known.pk])
            toast(request, _("Slides of reports use “%(name)s” from now on.") % {"name": given}, undo=undo)
            return redirect("analytics:report_master", slug)
    page = FormPage(
        title=_("Slides of your company"),
        lead=_(
            "Reports as PowerPoint take their layouts, colors and fonts from your company's file. Charts stay charts "
            "that one can edit, and no figure changes."
        ),
        submit=_("Use this file"),
        up=[(_("Reports"), reverse("analytics:reports", args=[slug]))],
    )
    return form_page(
        request,
        form,
        page,
        template="analytics/reports/report_master.html",
        program=program,
        master=former,
        picture=GroundPicture(former.offers) if former else None,
        newest=queries.newest_report(program) if former else None,
    )


@require_POST
def report_master_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    master_services.remove_master(access.get_master(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:report_master_restore", args=[slug, pk])
    toast(request, _("Slides of reports have the standard look again."), undo=undo)
    return redirect("analytics:report_master", slug)


@require_POST
def report_master_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    master = master_services.restore_master(access.get_master(request.user, slug, pk), by=request.user)
    toast(request, _("Slides of reports use “%(name)s” from now on.") % {"name": master})
    return redirect("analytics:report_master", slug)
