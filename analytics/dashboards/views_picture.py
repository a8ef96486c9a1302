from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from analytics.dashboards import picture


@login_not_required  # a mail program has no session; the address is signed, and the same for every reader
@require_safe
def mail_picture(request: HttpRequest, token: str) -> HttpResponse:
    """The chart that a newsletter showed on the day it was sent."""
    made = picture.find_picture(token)
    if made is None:
        raise Http404
    answer = HttpResponse(made, content_type="image/png")
    answer["Cache-Control"] = "public, max-age=86400"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
