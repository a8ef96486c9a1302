"""What an account's owner lets this site read with: kept, renewed, and its end.

The site never sees a password. What is kept is one sealed text with the tokens; a token that was renewed is kept before
it is used. A permission that ends here is ended at the network as well, by a row that outlives a network that is away.
"""

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from analytics.channels.models import Account, Network
from analytics.connectors import granting, tasks
from analytics.connectors.granting import Issuer, Permit, opened
from analytics.connectors.models import Connection, EndingPermit
from analytics.connectors.networks.base import Trouble
from analytics.imports.access import COMPANY, OWN
from core.kit.wake import wake
from core.people.secrets import SecretIsSealed, seal_anew

if TYPE_CHECKING:
    from core.people.models import User

EARLIER = 3600  # seconds before its end in which a token is renewed, where it can be
MOST_TRIES, AFTER_TROUBLE = 10, timedelta(hours=6)


def token_of(connection: Connection, **wiring: Any) -> str:
    """What to ask with now, renewed where it ends soon; nothing for networks that tell everybody. Raises `Trouble`."""
    if not connection.permit_sealed:
        return ""
    try:
        permit = opened(connection.permit_sealed)
    except SecretIsSealed:
        raise Trouble("ended") from None
    if permit.until and permit.refresh and permit.until < time.time() + EARLIER:
        permit = granting.renewed(permit, **wiring)
        _keep(connection, permit)
    if permit.until and permit.until < time.time():
        raise Trouble("ended")
    return permit.token


def _keep(connection: Connection, permit: Permit) -> None:
    """Unless it was taken back or given anew in the meantime."""
    sealed = permit.sealed()
    same = Connection.objects.filter(pk=connection.pk, permit_sealed=connection.permit_sealed)
    if same.update(permit_sealed=sealed, permit_until=permit.ends_at) != 1:
        raise Trouble("not_wanted")
    connection.permit_sealed = sealed


# --- the end --------------------------------------------------------------------------------------------------------


def let_go(sealed: str) -> None:
    """Within the caller's transaction, which forgets it: what opens the account is ended there as well."""
    if sealed:
        row = EndingPermit.objects.create(sealed=sealed, due_at=timezone.now())
        wake(tasks.end_permit, row.pk)


def let_go_of(connection: Connection) -> None:
    """The same for one account; what reads another page of the company for the same person goes on."""
    if not is_held_by_others(connection):
        let_go(connection.permit_sealed)


def is_held_by_others(connection: Connection) -> bool:
    """Whether its end at the network could end what reads another page of the company: then it runs out there by
    itself, and opens nothing here any more."""
    issuer = issuer_of(connection.permit_sealed) if connection.permit_sealed else None
    if issuer is None or issuer.sign_in.is_apart or connection.account.user_id is not None or not connection.made_by:
        return False
    return _on(issuer.network, connection.made_by).exclude(pk=connection.pk).filter(account__user=None).exists()


def ended_by_signing_in(person: "User") -> dict[str, str]:
    """LinkedIn lets a member's tokens stand side by side only while the same is asked for: signing in for the company's
    page ends what reads the own profile, and the other way round. What is asked together would be more than either
    needs, so it is said instead. Whose sign-in -> the account that it would end."""
    mine = _on(Network.LINKEDIN, person).select_related("account")
    ends = {Account.Kind.PERSON: COMPANY, Account.Kind.COMPANY: OWN}
    return {ends[Account.Kind(each.account.kind)]: each.handle for each in mine.order_by("-made_at")}


@transaction.atomic
def put_down(sealed: str, *, of: "User") -> None:
    """A permission that nothing came of. It is left to run out where its owner connected something else there: whether
    LinkedIn ends a member's other tokens with one of them is written nowhere, and what runs must go on."""
    issuer = issuer_of(sealed)
    if issuer is None or issuer.sign_in.is_apart or not _on(issuer.network, of).exists():
        let_go(sealed)


def issuer_of(sealed: str) -> Issuer | None:
    """Who gave it; nobody where no key of the site opens it any more."""
    try:
        return opened(sealed).issuer
    except SecretIsSealed:
        return None


def _on(network: str, person: "User") -> QuerySet[Connection]:
    """What this person lets the site read there."""
    return Connection.objects.filter(made_by=person, account__network=network).exclude(permit_sealed="")


def end(pk: int, **wiring: Any) -> None:
    """Tell the network that a permission has ended. Running this again does no harm: it is over already."""
    now = timezone.now()
    mine = EndingPermit.objects.filter(pk=pk, due_at__lte=now)
    if mine.update(due_at=now + AFTER_TROUBLE) != 1:
        return
    row = EndingPermit.objects.get(pk=pk)
    try:
        permit = opened(row.sealed)
        granting.revoke(permit, **wiring)
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
