"""Photos that people ask the hosts to look at."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.event_photos import access, photo_reports, services
from community.event_photos.forms import PhotoFateForm, PhotoReportForm
from community.event_photos.models import PhotoFate
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest


@require_POST
def event_photo_report(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """One press is enough; a reason can be added with another one."""
    photo = access.get_photo_to_report(request.user, slug, pk, number)
    form = PhotoReportForm(request.POST)
    if request.GET.get("back") == "yes":
        photo_reports.withdraw(photo, by=request.user)
        toast(request, _("Your report is withdrawn."))
    elif form.is_valid():
        photo_reports.report(photo, reason=form.cleaned_data["reason"], by=request.user)
        toast(
            request,
            _("The hosts will look at the photo. Nobody learns that it was you."),
            undo=f"{request.path}?back=yes",
        )
    else:
        warn(request, _("Please keep the reason shorter."))
    return redirect("community:event_photos", slug, pk)


@require_POST
def event_photo_judge(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Hide the photo, or keep it; whoever reported it is told. Undo of the first is that of removing."""
    photo = access.get_photo_to_judge(request.user, slug, pk, number)
    form = PhotoFateForm(request.POST)
    if request.GET.get("back") == "yes":
        services.keep_no_longer(photo, by=request.user)
        toast(request, _("The photo waits for an answer again."))
    elif not form.is_valid():
        warn(request, _("This could not be read. Nothing has changed."))
    elif form.cleaned_data["fate"] == PhotoFate.HIDDEN:
        services.remove(photo, by=request.user)
        undo = f"{request.path.removesuffix('judge/')}remove/?back=yes"
        toast(request, _("Nobody sees the photo any more. The person who reported it is told."), undo=undo)
    else:
        services.keep(photo, by=request.user)
        toast(request, _("The photo stays. The person who reported it is told."), undo=f"{request.path}?back=yes")
    return redirect("community:event_photos", slug, pk)
