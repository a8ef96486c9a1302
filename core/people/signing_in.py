"""Signing somebody in without a password: right after it was chosen, or after an invitation was taken."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse

from core.people.models import User


def sign_in(request: HttpRequest, user: User, *, then: str) -> HttpResponse:
    """Through the one door: a second factor is asked for, a closed account stays out, and the person finds the
    sign-in in the list of devices. Leads to the address `then`."""
    answer: HttpResponse = perform_login(request, user, redirect_url=then)
    return answer
