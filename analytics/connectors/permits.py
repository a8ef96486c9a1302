"""What an account's owner lets this site read with: signing in at the network (OAuth 2.0), and the end of it.

The site never sees a password. What is kept is one sealed text with the tokens; a token that was renewed is kept before
it is used. A permission that ends here is ended at the network as well, by a row that outlives a network that is away.
"""

import json
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from analytics.channels.models import Account
from analytics.connectors import asking, pace, tasks
from analytics.connectors.models import Connection, EndingPermit
from analytics.connectors.networks import linkedin
from analytics.connectors.networks.base import JSON, Trouble, read_json
from analytics.connectors.site_keys import LINKEDIN_ID, LINKEDIN_SECRET, site_key
from analytics.imports.access import COMPANY, OWN
from core.kit import fetch
from core.kit.wake import wake
from core.people.secrets import SecretIsSealed, seal, seal_anew, unseal

if TYPE_CHECKING:
    from core.people.models import User

EARLIER = 3600  # seconds before its end in which a token is renewed, where it can be
YEARS = 2 * 366 * 24 * 3600  # seconds; nothing holds so long
MOST_TRIES, AFTER_TROUBLE = 10, timedelta(hours=6)
ENDED = ("invalid_grant", "invalid_request", "access_denied")
NO_APP = ("unauthorized_client", "invalid_client")


@dataclass(frozen=True)
class Permit:
    """Times are seconds since 1970; without `refresh` its owner signs in again at the end."""

    token: str = field(repr=False)
    until: float
    refresh: str = field(default="", repr=False)
    refresh_until: float = 0

    @property
    def ends_at(self) -> datetime:
        return datetime.fromtimestamp(self.refresh_until if self.refresh else self.until, UTC)

    def sealed(self) -> str:
        return seal(json.dumps(asdict(self)))


def opened(sealed: str) -> Permit:
    return Permit(**json.loads(unseal(sealed)))


def begin() -> str:
    """What this browser must bring back."""
    return token_urlsafe(32)


def sign_in_url(state: str, kind: str) -> str:
    asked = {
        "response_type": "code", "client_id": site_key(LINKEDIN_ID), "redirect_uri": back_address(), "state": state,
        "scope": linkedin.SCOPES[kind],
    }  # fmt: skip
    return f"https://{linkedin.SIGN_IN}/oauth/v2/authorization?{urlencode(asked)}"


def of_code(code: str, **wiring: Any) -> Permit:
    """The tokens for what came back from the network. Raises `Trouble`."""
    return _given({"grant_type": "authorization_code", "code": code, "redirect_uri": back_address()}, None, **wiring)


def token_of(connection: Connection, **wiring: Any) -> str:
    """What to ask with now, renewed where it ends soon; nothing for networks that tell everybody. Raises `Trouble`."""
    if not connection.permit_sealed:
        return ""
    try:
        permit = opened(connection.permit_sealed)
    except SecretIsSealed:
        raise Trouble("ended") from None
    if permit.refresh and permit.until < time.time() + EARLIER:
        permit = _given({"grant_type": "refresh_token", "refresh_token": permit.refresh}, permit, **wiring)
        _keep(connection, permit)
    if permit.until < time.time():
        raise Trouble("ended")
    return permit.token


def _keep(connection: Connection, permit: Permit) -> None:
    """Unless it was taken back or given anew in the meantime."""
    sealed = permit.sealed()
    same = Connection.objects.filter(pk=connection.pk, permit_sealed=connection.permit_sealed)
    if same.update(permit_sealed=sealed, permit_until=permit.ends_at) != 1:
        raise Trouble("not_wanted")
    connection.permit_sealed = sealed


def _given(what: dict[str, str], before: Permit | None, **wiring: Any) -> Permit:
    told = _ask("accessToken", what, **wiring)
    token, seconds = told.get("access_token"), told.get("expires_in")
    refresh = told.get("refresh_token") or (before.refresh if before else "")
    refresh_seconds = told.get("refresh_token_expires_in")
    if not isinstance(token, str) or not token or not _is_time(seconds) or not isinstance(refresh, str):
        raise Trouble("odd")
    now = time.time()
    refresh_until = now + refresh_seconds if _is_time(refresh_seconds) else before.refresh_until if before else 0
    return Permit(token, now + seconds, refresh if refresh_until else "", refresh_until if refresh else 0)


def _is_time(seconds: Any) -> bool:
    return isinstance(seconds, int) and not isinstance(seconds, bool) and 0 < seconds <= YEARS


def _ask(what: str, given: dict[str, str], **wiring: Any) -> Any:
    ours = {"client_id": site_key(LINKEDIN_ID), "client_secret": site_key(LINKEDIN_SECRET)}
    pace.wait_for_turn(linkedin.SIGN_IN, linkedin.seconds_between)
    try:
        answer = fetch.fetch(
            f"https://{linkedin.SIGN_IN}/oauth/v2/{what}", types=(), method="POST",
            body=urlencode(given | ours).encode(), headers={"Content-Type": "application/x-www-form-urlencoded"},
            hosts=settings.CONNECTOR_HOSTS, seconds=asking.SECONDS, **wiring,
        )  # fmt: skip
    except fetch.NotFetched as error:
        raise Trouble(asking.SAYS.get(error.code, "odd")) from error
    if answer.status in (400, 401):
        why = _why(answer)
        raise Trouble("no_key" if why in NO_APP else "ended" if why in ENDED else "odd")
    if answer.status == 429:
        raise asking.busy(answer, linkedin.SIGN_IN)
    if not 200 <= answer.status < 300:
        raise Trouble("silent")
    if what == "revoke":
        return {}
    told = read_json(answer) if answer.content_type in JSON else None
    if not isinstance(told, dict):
        raise Trouble("odd")
    return told


def _why(answer: fetch.Fetched) -> object:
    try:
        told = read_json(answer)
    except Trouble:
        return None
    return told.get("error") if isinstance(told, dict) else None


def back_address() -> str:
    return f"{settings.SITE_URL}{reverse('analytics:connection_back')}"


# --- the end --------------------------------------------------------------------------------------------------------


def let_go(sealed: str) -> None:
    """Within the caller's transaction, which forgets it: what opens the account is ended there as well."""
    if sealed:
        row = EndingPermit.objects.create(sealed=sealed, due_at=timezone.now())
        wake(tasks.end_permit, row.pk)


def ended_by_signing_in(person: "User") -> dict[str, str]:
    """LinkedIn lets a member's tokens stand side by side only while the same is asked for: signing in for the company's
    page ends what reads the own profile, and the other way round. What is asked together would be more than either
    needs, so it is said instead. Whose sign-in -> the account that it would end."""
    mine = Connection.objects.filter(made_by=person).exclude(permit_sealed="").select_related("account")
    ends = {Account.Kind.PERSON: COMPANY, Account.Kind.COMPANY: OWN}
    return {ends[Account.Kind(each.account.kind)]: each.handle for each in mine.order_by("-made_at")}


@transaction.atomic
def put_down(sealed: str, *, of: "User") -> None:
    """A permission that nothing came of. It is left to run out where its owner connected something else: whether
    LinkedIn ends a member's other tokens with one of them is written nowhere, and what runs must go on."""
    if not Connection.objects.filter(made_by=of).exclude(permit_sealed="").exists():
        let_go(sealed)


def end(pk: int, **wiring: Any) -> None:
    """Tell the network that a permission has ended. Running this again does no harm: it is over already."""
    now = timezone.now()
    mine = EndingPermit.objects.filter(pk=pk, due_at__lte=now)
    if mine.update(due_at=now + AFTER_TROUBLE) != 1:
        return
    row = EndingPermit.objects.get(pk=pk)
    try:
        permit = opened(row.sealed)
        _ask("revoke", {"token": permit.refresh or permit.token}, **wiring)
    except SecretIsSealed:
        pass  # nobody can use it any more, not even this site
    except Trouble as trouble:
        if trouble.code not in ("ended", "off", "not_listed") and row.tries + 1 < MOST_TRIES:
            EndingPermit.objects.filter(pk=pk).update(tries=row.tries + 1)
            return
    row.delete()


def to_end() -> list[int]:
    return list(EndingPermit.objects.filter(due_at__lte=timezone.now()).values_list("pk", flat=True)[:100])


def reseal() -> tuple[int, int]:
    """Permissions under the first of the site's keys. How many that were, how many no key opens."""
    done = [_reseal(each) for each in Connection.objects.exclude(permit_sealed="")]
    return sum(done), len(done) - sum(done)


@transaction.atomic
def _reseal(connection: Connection) -> bool:
    try:
        sealed = seal_anew(connection.permit_sealed)
    except SecretIsSealed:
        return False
    same = Connection.objects.filter(pk=connection.pk, permit_sealed=connection.permit_sealed)
    same.update(permit_sealed=sealed)
    return True
