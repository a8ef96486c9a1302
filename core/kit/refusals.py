"""Pages for what cannot be done, which keep what somebody typed."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.views.defaults import bad_request, page_not_found

from core.kit.returning import page_before
from core.kit.toasts import warn
from core.kit.word_fields import WordsInput, texts_of

MACHINERY = frozenset({"csrfmiddlewaretoken", "seen", "version", "based_on", "next", "once", "key", "state"})
WORDS = re.compile(r"[^\W\d_]{2}")  # numbers, days and marks are no text that somebody would miss
CHOICE = re.compile(r"[a-z0-9_.:-]{1,24}")  # what stands behind a button or a list: nobody has typed it
SECRET = re.compile(r"pass|secret|token|^code$", re.I)  # names of fields that no page shows again
EDIT, RESTORE = "_edit", "_restore"


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`. A text that is too long says so, and how it fits."""
    if isinstance(exception, RequestDataTooBig):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
        return render(request, "413.html", {"most": most}, status=413)
    request._mark_post_parse_error()  # type: ignore[attr-defined]  # the page looks into what cannot be read as well
    return bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler404`. Who sent a form gets back what they wrote, whether what it belonged to was deleted in the meantime,
    was never there, or is not theirs to see: the page is the same, and so says nothing."""
    words = typed(request) if hasattr(request, "user") else []
    if not words or not request.user.is_authenticated:
        return page_not_found(request, exception)
    return render(request, "404_sent.html", {"typed": words, "restore": _restore(request)}, status=404)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`. Words are handed back only where a page of ours sent them: nobody else's page puts its own
    into ours."""
    words = typed(request) if _is_ours(request) else []
    return HttpResponse(render_to_string("403_csrf.html", {"typed": words}), status=403)


def signed_out(request: HttpRequest, sign_in: str) -> HttpResponse | None:
    """Who sends a form after their session ended finds what they wrote, and a way to sign in beside it. None where
    nothing would be lost, and for what scripts send: they keep it themselves."""
    is_page = request.headers.get("Sec-Fetch-Mode") == "navigate"
    words = typed(request) if is_page and _is_ours(request) else []
    if not words:
        return None
    return render(request, "signed_out.html", {"typed": words, "sign_in": sign_in}, status=403)


def given_back(request: HttpRequest, said: str, back: HttpResponse, form: forms.BaseForm) -> HttpResponse:
    """It is too late for this form: why, and the words that were written into it. Who wrote none is only told."""
    words = [text for each in form for text in _texts(each) if WORDS.search(text)]
    if words:
        context = {"said": said, "typed": words, "back": back["Location"]}
        return render(request, "given_back.html", context, status=409)
    warn(request, said)
    return back


def _texts(field: forms.BoundField) -> list[str]:
    """What was typed into it, in each language."""
    if isinstance(field.field.widget, WordsInput):
        return list(texts_of(field.data).values())
    return [str(field.data or "")] if isinstance(field.field.widget, forms.TextInput | forms.Textarea) else []


def _is_ours(request: HttpRequest) -> bool:
    if not (origin := request.headers.get("origin")):
        return bool(page_before(request))
    try:
        return urlsplit(origin).netloc == request.get_host()
    except ValueError:  # no address at all
        return False


def typed(request: HttpRequest) -> list[str]:
    """What somebody wrote into the form they have sent: never passwords, nor files."""
    return list(_typed(request)) if request.method == "POST" else []


def _typed(request: HttpRequest) -> Iterator[str]:
    """Nothing of a body that cannot be read: there is no form in it."""
    try:
        sent = request.POST.lists()
    except (BadRequest, MultiPartParserError, RequestDataTooBig, TooManyFieldsSent, UnreadablePostError):
        return
    for name, values in sent:
        if name.rpartition("-")[2] not in MACHINERY and not SECRET.search(name):
            yield from (text for text in map(str, values) if WORDS.search(text) and not CHOICE.fullmatch(text))


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
