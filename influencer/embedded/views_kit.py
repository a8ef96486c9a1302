from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from core.kit.form_pages import FormPage
from core.kit.returning import go_back, way_back, with_way_back
from core.kit.toasts import toast, warn
from core.lists.views import show_cell, show_list
from core.people.requests import PersonRequest
from influencer.embedded import kit as parts
from influencer.embedded import kit_acting as acting
from influencer.embedded import kit_parts


@login_not_required
@require_safe
@never_cache
def kit(request: PersonRequest) -> HttpResponse:
    """Every shared part of the kit in both themes, for developers; those that act in frames of their own."""
    parts.only_for_developers()
    sides = [[(theme, sample, sample.html(request)) for sample in kit_parts.samples(theme)] for theme in parts.THEMES]
    return render(request, "embedded/kit.html", {"rows": list(zip(*sides, strict=True)), "themes": parts.THEMES})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]  # its stub knows no further arguments
def kit_acting(request: PersonRequest, theme: str) -> HttpResponse:
    """The parts that act, once, in one theme. What is sent here is answered and forgotten."""
    parts.only_for_developers()
    if theme not in parts.THEMES:
        raise Http404
    if "palette" in request.GET:
        words = request.GET.get("q", "")
        return render(request, "home/_search.html", {"groups": acting.found(request.path, words), "words": words})
    if "cell" in (request.POST or request.GET):
        return _cell(request)
    if "key" in request.POST:
        return _comment(request)
    if request.method == "POST" and "words" not in request.POST:
        return _list_act(request)
    return _page(request, theme)


def _page(request: PersonRequest, theme: str) -> HttpResponse:
    sent = request.POST or None
    form = acting.ActingForm(sent, request.FILES or None, auto_id="acting-%s")
    if sent and form.is_valid():
        return _said(request, "Everything has arrived.")
    context = {
        "theme_here": theme, "form": form, "thread": acting.thread(request.path, by=request.user),
        "palette": {"search_url": f"{request.path}?palette=1"},
    }  # fmt: skip
    of = acting.people_list(request.path)
    status = 422 if form.errors else 200
    return show_list(request, of, list(acting.PEOPLE), "embedded/kit_acting.html", context, status=status)


def _cell(request: PersonRequest) -> HttpResponse:
    """A cell in its place."""
    number = (request.POST or request.GET).get("cell", "")
    row = next((each for each in acting.PEOPLE if str(each.pk) == number), None)
    if row is None:
        raise Http404
    sent = request.POST or None
    form = acting.CellForm(sent, initial={"place": row.place, "cell": row.pk}, auto_id=f"place-{row.pk}-%s")
    if sent and form.is_valid():
        return _said(request, f"{row} is in {form.cleaned_data['place']}.")
    page = FormPage(title=row.name, up=[("Shared parts", request.path)])
    return show_cell(request, form, page, cell=f"{row.pk}-place")


def _comment(request: PersonRequest) -> HttpResponse:
    form = acting.comment_form(request.POST)
    is_right = form.is_valid()
    said = form.cleaned_data["text"] if is_right else ""
    if is_right:
        toast(request, "The comment is posted.", undo=request.path)
    shown = acting.thread(request.path, by=request.user, said=said, form=None if is_right else form)
    status = 200 if is_right else 422
    return render(request, "comments/_thread.html", {"thread": shown, "oob": True}, status=status)


def _list_act(request: PersonRequest) -> HttpResponse:
    """Several rows at once, a new one in one line, or undo."""
    if request.POST.get("do") == "greet":
        chosen = len(request.POST.getlist("pk"))
        return _said(request, f"{chosen} people are greeted.") if chosen else _refused(request, "Nobody was selected.")
    if name := request.POST.get("name", "").strip():
        return _said(request, f"“{name}” is on the list.")
    if "name" in request.POST:
        return _refused(request, "Please enter a name.")
    toast(request, "It is as it was.")
    return go_back(request, request.path)


def _said(request: PersonRequest, text: str) -> HttpResponse:
    toast(request, text, undo=with_way_back(request.path, way_back(request)))
    return go_back(request, request.path)


def _refused(request: PersonRequest, text: str) -> HttpResponse:
    warn(request, text)
    return go_back(request, request.path)
