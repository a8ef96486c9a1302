from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from influencer.health import probes


@login_not_required
@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """This process answers. It asks nobody: restarting the web does not bring a database back."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Everything that a request needs is there. States only: no version, no host, no reason."""
    states = probes.ask(probes.ALL)
    well = set(states.values()) == {"ok"}
    return JsonResponse({"status": "ok" if well else "down", **states}, status=200 if well else 503)
