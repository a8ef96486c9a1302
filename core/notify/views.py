from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.notify import providers, tokens
from core.schedule import fence


@csrf_exempt  # a server calls, with a signature and without cookies
@login_not_required
@require_http_methods(["HEAD", "POST"])
def events(request: HttpRequest, secret: str) -> HttpResponse:
    """The mail provider tells what became of mails. Behind the fence it is asked to tell again later: by then the site
    knows whether it is the site."""
    if providers.listens_to() is None or not tokens.is_events_secret(secret):
        raise Http404
    if request.method == "HEAD":  # some ask whether anybody is there before they tell
        return HttpResponse()
    if fence.is_up():
        return HttpResponse(status=503)
    providers.listen(request)
    return HttpResponse(status=204)
