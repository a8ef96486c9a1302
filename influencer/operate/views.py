from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from influencer.operate import access, services
from influencer.operate.forms import ReleaseForm
from influencer.operate.past_runs import past_runs
from influencer.operate.places import places, show
from influencer.operate.state import state


@require_safe
def health(request: PersonRequest) -> HttpResponse:
    """Whether everything is running; what is not, why, and what happens by itself."""
    access.require_administrator(request.user)
    return show(request, "health", "health", {"state": state(), "now": timezone.localtime()})


@require_safe
def job(request: PersonRequest, name: str) -> HttpResponse:
    """What became of a periodic job in its last periods."""
    line = access.get_job(request.user, name)
    return show(request, "health", "job", {"line": line, "runs": past_runs(line)})


@require_POST
def job_run(request: PersonRequest, name: str) -> HttpResponse:
    """Send a periodic job now."""
    line = access.get_job(request.user, name)
    try:
        services.run_job(line, by=request.user)
    except ValidationError as refusal:
        warn(request, " ".join(refusal.messages))
    except services.NobodyTakesIt:
        warn(request, _("The broker is not responding. The job will run automatically once it is back."))
    else:
        toast(request, _("“%(job)s” was sent to a worker.") % {"job": line.label})
    return redirect("operate:health")


@require_POST
def job_off(request: PersonRequest, name: str) -> HttpResponse:
    """The clock starts it no more, until it is switched on again."""
    line = access.get_job(request.user, name)
    try:
        services.switch_off(line, by=request.user)
    except ValidationError as refusal:
        warn(request, " ".join(refusal.messages))
    else:
        undo = reverse("operate:job_on", args=[name])
        toast(request, _("“%(job)s” is switched off.") % {"job": line.label}, undo=undo)
    return redirect("operate:health")


@require_POST
def job_on(request: PersonRequest, name: str) -> HttpResponse:
    line = access.get_job(request.user, name)
    services.switch_on(line, by=request.user)
    toast(request, _("“%(job)s” is switched on.") % {"job": line.label})
    return redirect("operate:health")


@require_http_methods(["GET", "HEAD", "POST"])
def site_release(request: PersonRequest) -> HttpResponse:
    """After a restore: what became of the mails from before, then everything goes on."""
    access.require_administrator(request.user)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.release(discards=form.cleaned_data["waiting"] == ReleaseForm.DISCARD, by=request.user)
        toast(request, _("The site is released. Everything continues."))
        return redirect("operate:health")
    page = FormPage(
        title=_("Release the site"),
        up=[(_("Health"), reverse("operate:health"))],
        lead=_(
            "The database was restored from a backup, or copied. Newsletters that were being sent are paused, and "
            "those that were due are drafts again. Reminders that went out after the backup was made can go out "
            "again. Do not release a copy that runs beside your site: it would write to the same people."
        ),
        submit=_("Release"),
    )
    return form_page(request, form, page, **dict[str, Any](places("health")))
