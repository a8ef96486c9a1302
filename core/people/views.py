from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from core.kit import languages
from core.kit.returning import go_back, page_before
from core.kit.toasts import toast
from core.people import access, naming, services
from core.people.forms import ProfileForm, WelcomeForm
from core.people.requests import PersonRequest
from core.people.signing_in import sign_in
from core.people.welcome import person_of


def profile(request: PersonRequest) -> HttpResponse:
    """Name, language, time zone; the way to passwords, passkeys and sessions."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = services.change_profile(form.save(commit=False), by=request.user)
        with override(user.language):
            toast(request, _("Your profile is saved."))
        return redirect("people:profile")
    return render(request, "people/profile.html", {"form": form})


@require_safe
def find(request: PersonRequest, kind: str, target: int) -> HttpResponse:
    """People whom one may name at an object, by the beginning of a name: what a list below a field offers."""
    found = naming.people_found(request.user, kind, target, request.GET.get("q", ""))
    return JsonResponse({"people": [{"id": pk, "name": name} for pk, name in found]})


@login_not_required
def welcome(request: PersonRequest, token: str) -> HttpResponse:
    """The way in for somebody who was given an account: the name, a password, and the start page."""
    user = person_of(token)
    if user is None:
        return render(request, "people/welcome_over.html", status=410)
    form = WelcomeForm(request.POST or None, initial={"name": user.name})
    form.person = user
    if request.method == "POST" and form.is_valid():
        try:
            user = services.begin(user, **form.cleaned_data, language=languages.current())
        except services.HasBegun:
            return render(request, "people/welcome_over.html", status=410)
        return sign_in(request, user, then=reverse("home:start"))
    context = {"form": form, "person": user}
    return render(request, "people/welcome.html", context, status=422 if form.errors else 200)


@require_POST
def sign_in_end(request: PersonRequest, mark: str) -> HttpResponse:
    """Sign out one of the own devices; this one is signed out as anywhere else."""
    session = access.get_sign_in(request.user, mark)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    services.end_sign_in(session, by=request.user)
    toast(request, _("That device is signed out."))
    return redirect("usersessions_list")


@login_not_required
@require_POST
def set_language(request: PersonRequest) -> HttpResponse:
    """Switch the language: for visitors in a cookie, for a person in the profile."""
    language = request.POST.get("language", "")
    response = go_back(request, page_before(request))
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            services.change_language(request.user, language, by=request.user)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            httponly=True,
            secure=settings.HTTPS,
            samesite="Lax",
        )
    return response
