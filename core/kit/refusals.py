"""Pages for what cannot be done, which keep what somebody typed."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.defaults import bad_request, page_not_found

MACHINERY = frozenset({"csrfmiddlewaretoken", "seen", "version", "based_on", "next", "once", "key", "state"})
WORDS = re.compile(r"[^\W\d_]{2}")  # numbers, days and marks are no text that somebody would miss
EDIT, RESTORE = "_edit", "_restore"


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`. A text that is too long says so, and how it fits."""
    if isinstance(exception, RequestDataTooBig):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
        return render(request, "413.html", {"most": most}, status=413)
    return bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler404`. Who sent a form gets back what they wrote, whether what it belonged to was deleted in the meantime,
    was never there, or is not theirs to see: the page is the same, and so says nothing."""
    typed = list(_typed(request)) if request.method == "POST" and hasattr(request, "user") else []
    if not typed or not request.user.is_authenticated:
        return page_not_found(request, exception)
    return render(request, "404_sent.html", {"typed": typed, "restore": _restore(request)}, status=404)


def _typed(request: HttpRequest) -> Iterator[str]:
    """Nothing of a body that cannot be read: there is no form in it."""
    try:
        sent = request.POST.lists()
    except (MultiPartParserError, RequestDataTooBig, TooManyFieldsSent, UnreadablePostError):
        return
    for name, values in sent:
        if name.rpartition("-")[2] not in MACHINERY:
            yield from (str(value) for value in values if WORDS.search(str(value)))


def _restore(request: HttpRequest) -> str:
    """Where deleting is undone, by the names of our addresses; it asks once more who may."""
    match = request.resolver_match
    if match is None or not (match.url_name or "").endswith(EDIT):
        return ""
    name = match.view_name.removesuffix(EDIT) + RESTORE
    try:
        return reverse(name, args=match.args, kwargs=match.kwargs)
    except NoReverseMatch:
        return ""
