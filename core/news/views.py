"""The inbox: what is new, in bundles; read, muted or followed from the row itself."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.kit.returning import go_to
from core.kit.toasts import toast
from core.news import access, inbox, queries, services, wishes
from core.news.forms import MomentForm, StateForm
from core.news.models import Way
from core.news.views_wishes import undo_of
from core.notify import bounces
from core.people.requests import PersonRequest


@require_safe
def inbox_list(request: PersonRequest) -> HttpResponse:
    """What is new first; everything of a month one step away. Looking changes nothing."""
    show_all = request.GET.get("show") == "all"
    bundles = queries.inbox_of(request.user, only_new=not show_all)
    context: dict[str, Any] = {"page": inbox.page(request.user, bundles, show_all=show_all)}
    return render(request, "news/inbox.html", context)


@login_not_required
@require_safe
def bell(request: PersonRequest) -> HttpResponse:
    """The bell of an open page, asked for once a minute. Who is signed out meanwhile keeps the page as it is."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    return render(request, "news/_bell.html")


@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    """Everything is read; undo makes new again what was new."""
    form = MomentForm(request.GET)
    if "moment" in request.GET and form.is_valid():
        services.unread_again(request.user, form.cleaned_data["moment"])
        toast(request, _("Marked as unread again."))
    else:
        moment = services.read(request.user)
        toast(request, _("Everything is marked as read."), undo=_new_again(moment.isoformat()))
    return redirect("news:inbox")


@require_POST
def bundle_read(request: PersonRequest, pk: int) -> HttpResponse:
    """One bundle is read, by its menu or by following it."""
    told = access.get_bundle(request.user, pk)
    moment = services.read(request.user, kind=told.news.kind, about=told.about)
    if "quiet" in request.GET:  # the page itself says so while it leads there
        return HttpResponse(status=204)
    toast(request, _("Marked as read."), undo=_new_again(moment.isoformat()))
    return redirect("news:inbox")


@require_POST
def bundle_hush(request: PersonRequest, pk: int) -> HttpResponse:
    """Nothing more about this one thing."""
    told = access.get_bundle(request.user, pk)
    form = StateForm(request.GET)
    if told.news.hush is None:
        return redirect("news:inbox")
    if "to" in request.GET and form.is_valid():
        told.news.hush(request.user, told.about, form.cleaned_data["to"])
        toast(request, _("You will hear about it as before."))
        return redirect("news:inbox")
    before = told.news.hush(request.user, told.about, "")
    services.read(request.user, about=told.about, kind=told.news.kind)
    undo = f"{reverse('news:hush', args=[pk])}?{urlencode({'to': before})}"
    muted = _("Turned off: %(kind)s") if told.news.hush_label else _("Muted: %(title)s")
    toast(request, muted % {"title": told.title, "kind": f"{told.news.label}, {told.told[-1].place}"}, undo=undo)
    return redirect("news:inbox")


@require_POST
def bundle_mute(request: PersonRequest, pk: int) -> HttpResponse:
    """No more news of this kind, in no way."""
    told = access.get_bundle(request.user, pk)
    before = undo_of(request.user)
    mail = wishes.usual(told.news).mail if told.news.has_own_mail else Way.NEVER
    wishes.choose(request.user, {told.news.kind: wishes.Ways(is_shown=False, mail=mail)})
    services.read(request.user, kind=told.news.kind)
    toast(request, _("Turned off: %(kind)s") % {"kind": told.news.label}, undo=before)
    return redirect("news:inbox")


@require_POST
def pause(request: PersonRequest) -> HttpResponse:
    """No more mails today; or rather yes."""
    on = "off" not in request.GET
    wishes.pause_today(request.user, on=on)
    if on:
        url = f"{reverse('news:pause')}?off=1"
        toast(request, _("You get no more emails from us today. Everything waits here."), undo=url)
    else:
        toast(request, _("You will hear from us as before."))
    return go_to(reverse("news:inbox"))


def _new_again(moment: str) -> str:
    return f"{reverse('news:read_all')}?{urlencode({'moment': moment})}"


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: PersonRequest) -> HttpResponse:
    """What is known of mails that come back from one's own address; the person says when it works again."""
    if request.method == "POST":
        bounces.try_again(request.user)
        toast(request, _("Noted: emails go to your address again."))
        return redirect("news:address")
    return render(request, "news/address.html", {"row": bounces.resting(request.user)})
