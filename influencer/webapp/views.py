"""The site as an app on the phone: it can be installed, says so when there is no connection, and takes shared links."""

import re
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.kit import product
from core.kit.returning import go_to
from core.kit.toasts import warn
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can, roles_by_program

LINK = re.compile(r"https?://[^\s<>\"]+")
LONGEST = 400  # what the log takes for a link
SIZES = (192, 512)
# What the page without a connection is made of, and nothing else: the worker keeps no page of anybody.
PARTS = ("css/site.css", "js/theme.js", "js/app.js", "js/arrived.js", "img/favicon.svg", "vendor/icons.svg")


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How the app is called and looks, and that it takes links from other apps."""
    icons = [
        {"src": static(f"img/app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in SIZES
        for purpose in ("any", "maskable")
    ]
    return JsonResponse(
        {
            "id": "/",
            "name": product.NAME,
            "short_name": product.NAME,
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#f1f4f3",
            "theme_color": "#f1f4f3",
            "icons": icons,
            "share_target": {
                "action": reverse("webapp:share"),
                "method": "GET",
                "params": {"title": "title", "text": "text", "url": "url"},
            },
        },
        content_type="application/manifest+json",
    )


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. A new release has other parts, so it is another worker."""
    parts = [reverse("webapp:offline"), reverse("webapp:unsent"), *(static(part) for part in PARTS)]
    page = _offline() + _unsent()
    edition = sha256(f"{parts}{page}".encode()).hexdigest()[:12]
    context = {
        "parts": parts,
        "offline": parts[0],
        "unsent": parts[1],
        "share": reverse("webapp:share"),
        "edition": edition,
    }
    context["icon"] = static(f"img/app-{SIZES[0]}.png")
    return render(request, "webapp/worker.js", context, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """For everybody the same, in every language: nothing of a person or a session stands in it."""
    return HttpResponse(_offline())


@login_not_required
@require_safe
def unsent(request: HttpRequest) -> HttpResponse:
    """In the place of what a form would have answered, when nobody did. The same for everybody too."""
    return HttpResponse(_unsent())


@require_safe
def share(request: PersonRequest) -> HttpResponse:
    """What another app hands over: to the log, with the link filled in. Nothing is logged by looking."""
    programs = [each for each in roles_by_program(request.user) if can(request.user, Ability.TAKE_PART, each)]
    if not programs:
        warn(request, _("Only people who take part in a program can log activities. Nothing you shared was stored."))
        return redirect("home:start")
    program = next((each for each in programs if each.slug == request.session.get("program")), programs[0])
    words = " ".join(request.GET.get(name, "") for name in ("url", "text", "title"))
    found = LINK.search(words)
    link = found[0].rstrip(").,;!?…»”“'")[:LONGEST] if found else ""
    if not link:
        warn(request, _("No link was shared. You can type what you did."))
    address = reverse("analytics:activity_new", args=[program.slug])
    return go_to(f"{address}?{urlencode({'url': link})}" if link else address)


def _offline() -> str:
    """Made without the request, so that it holds nothing of it; around the texts stands the site's own language."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("webapp/offline.html", {"languages": settings.LANGUAGES})


def _unsent() -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("webapp/unsent.html", {"languages": settings.LANGUAGES})
