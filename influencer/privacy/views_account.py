"""Deleting the own account, and taking it back."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.kit.toasts import toast
from core.people.requests import PersonRequest
from influencer.privacy import account_page, account_services


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def account_delete(request: PersonRequest) -> HttpResponse:
    """What goes, what stays, what stands in the way; asked only of who has just shown who it is."""
    user = request.user
    if user.erase_at:
        return redirect("privacy:account_leaving")
    said = ""
    if request.method == "POST":
        try:
            account_services.ask(user)
        except ValidationError as error:
            said = error.messages[0]
        else:
            logout(request)
            return redirect("privacy:account_asked")
    context = account_page.of(user) | {"said": said}
    return render(request, "privacy/account_delete.html", context, status=422 if said else 200)


@login_not_required
def account_asked(request: HttpRequest) -> HttpResponse:
    """The same for everybody who is signed out now: the mail has the way back."""
    return render(request, "privacy/account_asked.html")


def account_leaving(request: PersonRequest) -> HttpResponse:
    """Where every page leads within the two weeks: keep the account, or leave it at that."""
    if not request.user.erase_at:
        return redirect("home:start")
    return render(request, "privacy/account_leaving.html", {"due_on": request.user.erase_at})


@require_POST
def account_stay(request: PersonRequest) -> HttpResponse:
    if account_services.keep(request.user):
        toast(request, _("Your account stays, and everything is as it was."))
    return redirect("home:start")


@login_not_required
@never_cache
def account_keep(request: HttpRequest, token: str) -> HttpResponse:
    """With the link of the mail; looking at the page changes nothing."""
    user = account_page.who_keeps(token)
    if user is None:
        return render(request, "privacy/account_over.html", status=410)
    if request.method == "POST":
        account_services.keep(user)
        toast(request, _("Your account stays, and everything is as it was. Please sign in."))
        return redirect("account_login")
    return render(request, "privacy/account_keep.html", {"due_on": user.erase_at})
