from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit import rooms
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from influencer.operate import access, services
from influencer.operate.frame import show
from influencer.operate.state import state


@require_safe
def health(request: PersonRequest) -> HttpResponse:
    """Whether everything is running; what is not, why, and what happens by itself."""
    access.require_administrator(request.user)
    return show(request, "health", "health", {"state": state(), "now": timezone.localtime()})


@require_POST
def job_run(request: PersonRequest, name: str) -> HttpResponse:
    """Send a periodic job now."""
    access.require_administrator(request.user)
    line = next((line for room in rooms.every() for line in room.timetable if line.task.name == name), None)
    if line is None:
        raise Http404
    try:
        services.run_job(line, by=request.user)
    except services.NobodyTakesIt:
        warn(request, _("The broker is not responding. The job will run automatically once it is back."))
    else:
        toast(request, _("“%(job)s” was sent to a worker.") % {"job": line.label})
    return redirect("operate:health")
