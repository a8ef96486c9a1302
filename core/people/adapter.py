"""Accounts and their ways of signing in, as allauth asks for them."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from core.kit import limits
from core.kit.returning import is_ours
from core.people import queries, services
from core.people.models import User

HERE, EVERYWHERE = "login_failed_here", "login_failed"  # rates stand in ACCOUNT_RATE_LIMITS


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """People come by invitation: nobody can sign up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Where `next` may lead, by the same rule as on every other page."""
        return is_ours(url)

    def get_client_ip(self, request: HttpRequest) -> str:
        """allauth's own reading fails on a short header, and takes each IPv6 address for somebody else."""
        return limits.address_of(request)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names, only addresses."""

    def set_password(self, user: User, password: str) -> None:
        """Chosen, changed, or replaced with the link of a mail."""
        services.set_password(user, password, by=user)

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The new address, the line in the journal and the mails about it come together or not at all."""
        return bool(super().confirm_email(request, email_address))

    # --- links lead to the site's own address, whatever name the request came by ---------------------------------

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    # --- limits: per account wherever the tries come from, per address, and per account and address ---------------

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Whoever guesses from one place is stopped long before the account is: nobody locks others out from a desk."""
        account = self._get_login_attempts_cache_key(request, **credentials)
        used = []
        for action, key in ((HERE, _at(request, account)), (EVERYWHERE, account)):
            usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if not usage:
                raise self.validation_error("too_many_login_attempts")
            used += usage.usage
        self._login_failed_rl_usage = ratelimit.RateLimitUsage(used)  # given back when the password was right

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """The account, however its address was typed and by whatever name the site was called."""
        address = str(credentials.get("email", "")).strip().lower()
        user = queries.person_at(address)
        return f"account {user.pk}" if user else f"address {address}"

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """A new password was chosen with the link of a mail: the account begins anew, here and everywhere."""
        account = self._get_login_attempts_cache_key(request, **credentials)
        for action, key in ((HERE, _at(request, account)), (EVERYWHERE, account)):
            ratelimit.clear(request, app="allauth.account", action=action, key=key)


def _at(request: HttpRequest, account: str) -> str:
    return f"{account} from {ratelimit.get_ip(request)}"
