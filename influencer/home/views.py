from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from core.kit import colour, languages, limits
from core.kit.characters import visible
from core.kit.returning import go_to, with_way_back
from core.kit.toasts import warn
from core.people import services as people
from core.people.forms import FirstAdministratorForm
from core.people.queries import site_is_empty
from core.people.requests import PersonRequest
from core.people.signing_in import sign_in
from influencer.home import pages, queries
from influencer.home import search as searching
from programs.membership import access as membership
from programs.membership.access import Ability

FIRST_TRIES = 30  # an hour, of everybody together: an operator may have chosen a short word


@login_not_required
def start(request: PersonRequest) -> HttpResponse:
    """The first page after signing in: the home of the program used last, or of the only one. It is answered right
    here: leading there would cost a phone another way to the site and back."""
    if not request.user.is_authenticated:
        if site_is_empty():
            return redirect("home:first")
        return go_to(with_way_back(reverse("account_login"), reverse("home:start")))
    programs = list(membership.roles_by_program(request.user))
    if not programs:
        if request.user.is_superuser:
            return go_to(reverse("operate:health" if queries.site_has_programs() else "operate:programs"))
        return render(request, "home/start.html", queries.without_program(request.user))
    last = request.session.get("program")
    chosen = next((each for each in programs if each.slug == last), programs[0])
    return program(request, chosen.slug)


@login_not_required
def first(request: PersonRequest) -> HttpResponse:
    """An empty site: create the first administrator, then the first program."""
    if not site_is_empty():
        return redirect("home:start")
    if request.method == "POST" and not limits.is_within("first", FIRST_TRIES, 3600):
        return render(request, "home/first.html", {"form": FirstAdministratorForm(), "is_over": True}, status=429)
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("email", "name", "password")}
        try:
            user = people.create_first_administrator(**values, language=languages.current())
        except people.SiteHasPeople:
            warn(request, _("Somebody else was faster: this site already has an administrator. Please sign in."))
            return redirect("home:start")
        return sign_in(request, user, then=reverse("programs:program_new"))
    return render(request, "home/first.html", {"form": form})


def program(request: PersonRequest, slug: str) -> HttpResponse:
    """What needs me today, per role."""
    program = membership.get_program(request.user, slug, Ability.ENTER)
    role = membership.main_role(request.user, program) or ""
    template, context = pages.home_of(role)(request.user, program)
    return render(request, template, {"program": program, "role": role, **context})


def search(request: PersonRequest, slug: str) -> HttpResponse:
    """Pages, actions and things of the program whose name contains the words."""
    program = membership.get_program(request.user, slug)
    words = visible(request.GET.get("q", ""))[:80]
    found = searching.search(request.user, program, words)
    template = "home/_search.html" if request.htmx else "home/search.html"
    return render(request, template, {"program": program, "groups": found, "words": words})


@cache_control(private=True, max_age=30 * 24 * 3600)  # the colour stands in the address
def accent(request: PersonRequest, slug: str) -> HttpResponse:
    """The program's own colour as a stylesheet, moved until it is readable in light and dark."""
    program = membership.get_program(request.user, slug, Ability.ENTER)
    return HttpResponse(colour.stylesheet(program.accent) if program.accent else "", content_type="text/css")
