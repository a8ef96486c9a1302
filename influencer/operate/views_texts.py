"""Imprint and privacy notice: written by administrators, read by everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.kit import markdown
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from influencer.operate import access, queries, services
from influencer.operate.forms import SiteTextForm
from influencer.operate.models import TextKind
from influencer.operate.places import show
from influencer.privacy import map as privacy_map


@require_safe
def texts(request: PersonRequest) -> HttpResponse:
    access.require_administrator(request.user)
    return show(request, "texts", "texts", {"rows": queries.texts()})


def text_edit(request: PersonRequest, kind: str) -> HttpResponse:
    access.require_administrator(request.user)
    if kind not in TextKind.values:
        raise Http404
    form = SiteTextForm(request.POST or None, initial=queries.text_of(kind))
    if request.method == "POST" and form.is_valid():
        services.change_text(kind, form.cleaned_data, by=request.user)
        toast(request, _("Saved. Everybody can read it now."))
        return redirect("operate:texts")
    context = {"form": form, "title": TextKind(kind).label}
    return show(request, "texts", "text_edit", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def imprint(request: PersonRequest) -> HttpResponse:
    """Who runs this site."""
    return render(request, "operate/imprint.html", {"text": markdown.render(queries.text_to_read(TextKind.IMPRINT))})


@login_not_required
@require_safe
def privacy_notice(request: PersonRequest) -> HttpResponse:
    """What the company says about data of people, and what signing in here stores."""
    rules = [rule for label, rule in privacy_map.rules().items() if label in queries.SIGN_IN_TABLES]
    context = {"text": markdown.render(queries.text_to_read(TextKind.PRIVACY)), "rules": rules}
    return render(request, "operate/privacy_notice.html", context)
