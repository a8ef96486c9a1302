"""How somebody wants to hear from us, on one page."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import BadRequest
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.kit.toasts import toast
from core.news import kinds, last_week, queries, wishes
from core.news.forms import PresetForm, StateForm, WishesForm
from core.people.requests import PersonRequest
from core.push.queries import devices_of

if TYPE_CHECKING:
    from core.people.models import User

SALT = "news.wishes"


def settings(request: PersonRequest) -> HttpResponse:
    """Kinds of news and the ways they come, and the hours in which a mail may come. Each change is sent as it is made;
    without scripts there is a button."""
    page = _page(request, request.POST if request.method == "POST" else None)
    form = page["form"]
    if request.method == "POST" and form.is_valid():
        before = undo_of(request.user)
        _keep_hours(request.user, form)
        wishes.choose(request.user, form.wishes)
        toast(request, _("Saved."), undo=before)
        return redirect("news:settings")
    return render(request, "news/settings.html", page, status=422 if form.errors else 200)


def _page(request: PersonRequest, posted: QueryDict | None) -> dict[str, Any]:
    offered, ways = kinds.for_person(request.user), wishes.of(request.user)
    own, hours = devices_of(request.user, request.session.session_key), wishes.hours_of(request.user)
    form = WishesForm(posted, offered=offered, wishes=ways, hours=hours, push=own is not None)
    would = last_week.sentences(request.user, ways, offered)
    return {"form": form, "preset": wishes.preset_of(ways, offered), "own": own, "would": would}


def _keep_hours(person: "User", form: WishesForm) -> None:
    wishes.choose_hours(person, **form.chosen_hours)


@require_POST
def settings_preset(request: PersonRequest) -> HttpResponse:
    """Every kind at once: calm, normal, everything. The hours that stand on the page are kept along with it."""
    preset = PresetForm(request.POST)
    if not preset.is_valid():
        raise BadRequest
    page = _page(request, request.POST)
    if "start" in request.POST and not page["form"].is_valid():
        return render(request, "news/settings.html", page, status=422)
    before, name = undo_of(request.user), preset.cleaned_data["preset"]
    if "start" in request.POST:
        _keep_hours(request.user, page["form"])
    wishes.choose(request.user, {each.kind: wishes.preset(name, each) for each in kinds.for_person(request.user)})
    toast(request, _("Saved."), undo=before)
    return redirect("news:settings")


@require_POST
def settings_undo(request: PersonRequest) -> HttpResponse:
    """As it was before; only the person for whom it was signed can ask for it."""
    form = StateForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    try:
        state = signing.loads(form.cleaned_data["to"], salt=f"{SALT}.{request.user.pk}")
    except signing.BadSignature as error:
        raise BadRequest from error
    wishes.restore(request.user, state)
    toast(request, _("Everything is as it was before."))
    return redirect("news:settings")


@csrf_exempt  # the link itself is the permission, and a mail program that posts has no cookies
@login_not_required
def off(request: PersonRequest, token: str) -> HttpResponse:
    """GET shows a question and changes nothing: scanners open links. POST switches off, twice as good as once."""
    asked = queries.mails_off(token)
    if asked is None:
        return render(request, "news/off_invalid.html", status=404)
    if request.method == "POST":
        wishes.mails_off(asked.person, of_kinds=asked.kinds, way=asked.way)
    return render(request, "news/off.html", {"asked": asked, "is_off": request.method == "POST"})


def undo_of(person: "User") -> str:
    """An address that brings back what is chosen now."""
    state = signing.dumps(wishes.kept(person), salt=f"{SALT}.{person.pk}", compress=True)
    return f"{reverse('news:settings_undo')}?{urlencode({'to': state})}"
