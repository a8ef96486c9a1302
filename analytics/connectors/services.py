"""What people do with connections: begin one, look now, start again, end it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from analytics.channels import queries as channels
from analytics.channels import services as accounts
from analytics.channels.account_names import is_called
from analytics.channels.models import SEVERAL, Account
from analytics.connectors import permits, tasks
from analytics.connectors.granting import Permit
from analytics.connectors.models import Connection
from analytics.connectors.networks.base import Handle, Profile
from analytics.connectors.networks.known import needs_permit
from analytics.connectors.verbs import ConnectorsVerb
from analytics.imports import services as imports
from analytics.imports.access import OWN
from analytics.metrics.models import Reading
from core.journal import services as journal
from core.kit.wake import wake
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_SOURCES = 20  # feeds, or sources of figures, of one owner
REST = timedelta(minutes=10)  # between two looks that a person asks for
PERMIT_GONE = ("revoked", "ended", "withdrawn")


class ConnectedAlready(Exception):
    """Another account of this network is connected: it has to end first."""


class TooManySources(Exception):
    """So many feeds or JSON sources are looked at for one owner; one has to end first."""


class NeedsPermit(Exception):
    """Its owner has to sign in at the network first."""


class TooSoon(Exception):
    """The last look is a moment ago; `until` is when the next one may be asked for."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


@transaction.atomic
def connect(
    program: Program, place: Handle, profile: Profile, *, by: "User", whose: str, permit: Permit | None = None
) -> Connection:
    """From now on the figures of this account come by themselves. Twice the same account is one connection; a
    permission that is given anew takes the place of the one before."""
    account = _account_of(program, place, profile, by=by, whose=whose)
    values = {"host": place.host, "number": profile.number, "handle": profile.handle, "url": profile.url[:400]}
    more = values | {"program": program, "made_by": by, "due_at": timezone.now()} | _permitted(permit)
    try:
        with transaction.atomic():
            connection, is_new = Connection.objects.get_or_create(account=account, defaults=more)
    except IntegrityError:  # the same in another tab
        connection, is_new = Connection.objects.get(account=account), False
    if (connection.host, connection.number) != (place.host, profile.number):
        raise ConnectedAlready
    if is_new:
        _record(ConnectorsVerb.CONNECTED, connection, by=by)
    elif permit is not None:
        _give_anew(connection, permit, by=by)
    elif connection.stopped_for in PERMIT_GONE:  # what everybody sees needs no permission
        look_now(connection, by=by)
    wake(tasks.look, connection.pk)
    return connection


def _account_of(program: Program, place: Handle, profile: Profile, *, by: "User", whose: str) -> Account:
    """The one that this source is connected with already; else its own, where somebody may have several."""
    mine = {"kind": Account.Kind.PERSON, "user": by} if whose == OWN else {"kind": Account.Kind.COMPANY}
    all_of_them = Account.objects.filter(program=program, network=place.network, **mine)
    known = all_of_them.filter(connection__host=place.host, connection__number=profile.number).first()
    if known is not None:
        return known
    if whose != OWN and (page := _page_known(all_of_them, place, profile)) is not None:
        _learn(page, place, profile)
        return page
    is_further = whose != OWN and _is_further(all_of_them, profile)
    source = profile.number if place.network in SEVERAL or is_further else ""
    if source and all_of_them.filter(connection__isnull=False).count() >= MOST_SOURCES:
        raise TooManySources
    if whose == OWN:
        return accounts.ensure_personal_account(by, program, place.network, source=source, handle=profile.handle)
    account = accounts.ensure_company_account(program, place.network, profile.handle, source=source)
    _learn(account, place, profile)
    return account


def _page_known(all_of_them: QuerySet[Account], place: Handle, profile: Profile) -> Account | None:
    """A page of the company that was connected before, whatever it was called then; else one known from its files."""
    if number := _number(place, profile):
        by_number = all_of_them.filter(number=number, connection=None).first()
        if by_number is not None:
            return by_number
    of_files = all_of_them.filter(number="", connection=None, source__startswith="page:").order_by("pk")
    names = (profile.handle, _in_its_address(profile))
    return next((each for each in of_files if any(name and is_called(each, name) for name in names)), None)


def _number(place: Handle, profile: Profile) -> str:
    """What stays, with the server that counts it; a feed is known by its address."""
    return "" if place.network in SEVERAL else f"{place.host} {profile.number}"


def _learn(account: Account, place: Handle, profile: Profile) -> None:
    """What its files carry is the name in its address: so they find it, also where its own name is another."""
    accounts.call_by(account, profile.handle, _number(place, profile))
    if not account.owner_name and (name := _in_its_address(profile)):
        accounts.learn_owner(account, name)


def _in_its_address(profile: Profile) -> str:
    """Of a page of LinkedIn; without one of its own the address has its number."""
    name = profile.url.partition("linkedin.com/company/")[2].strip("/")
    return "" if name.isdecimal() else unquote(name)[:120]


def _is_further(all_of_them: QuerySet[Account], profile: Profile) -> bool:
    """Whether this is another page of the company than the one whose figures were fetched before: it has an account of
    its own. Figures of files alone are the first page's."""
    if all_of_them.filter(source=profile.number).exists():  # it was connected before
        return True
    first = all_of_them.filter(source="").first()
    if first is None:
        return False
    if Connection.objects.filter(account=first).exists():
        return True
    if first.number:
        return True
    if first.owner_name and (name := _in_its_address(profile)):
        return not (is_called(first, name) or is_called(first, profile.handle))
    by_looks = Reading.objects.filter(program=first.program_id, account=first, run_id__lt=0)
    return first.handle != profile.handle[:160] and by_looks.exists()


def _permitted(permit: Permit | None) -> dict[str, Any]:
    return {"permit_sealed": permit.sealed(), "permit_until": permit.ends_at} if permit else {}


def _give_anew(connection: Connection, permit: Permit, *, by: "User") -> None:
    """From now on it is read with what this person allows; a look that is under way with the former one is void."""
    connection = Connection.objects.select_for_update(of=("self",)).select_related("account").get(pk=connection.pk)
    was_stopped = bool(connection.stopped_for)
    before = permits.issuer_of(connection.permit_sealed)
    if connection.made_by_id != by.pk or (before is not None and before.sign_in.is_apart):
        permits.let_go_of(connection)
    values = _permitted(permit) | {"made_by": by, "due_at": timezone.now(), "stopped_for": "", "setbacks": 0}
    Connection.objects.filter(pk=connection.pk).update(**values, attempts=F("attempts") + 1, lease_until=None)
    if was_stopped:
        _record(ConnectorsVerb.STARTED, connection, by=by)


@transaction.atomic
def revoke(connection: Connection, *, by: "User") -> Connection:
    """The permission ends at once, here and at the network. What was fetched stays."""
    connection = Connection.objects.select_for_update(of=("self",)).select_related("account").get(pk=connection.pk)
    if connection.permit_sealed:
        permits.let_go_of(connection)
        # one more attempt: a worker that is at it stores nothing any more
        connection.permit_sealed, connection.permit_until, connection.attempts = "", None, connection.attempts + 1
        connection.due_at, connection.lease_until, connection.stopped_for = None, None, "revoked"
        connection.save()
        _record(ConnectorsVerb.ENDED, connection, by=by)
    return connection


@transaction.atomic
def look_now(connection: Connection, *, by: "User") -> Connection:
    """Look at once instead of at the appointed time; also begins again what the site had stopped."""
    connection = Connection.objects.select_for_update(of=("self",)).select_related("account").get(pk=connection.pk)
    now = timezone.now()
    if connection.stopped_for in PERMIT_GONE and needs_permit(connection.account.network):
        raise NeedsPermit
    if not connection.stopped_for and connection.fetched_at and connection.fetched_at + REST > now:
        raise TooSoon(connection.fetched_at + REST)
    was_stopped = bool(connection.stopped_for)
    connection.due_at, connection.stopped_for, connection.setbacks = now, "", 0
    connection.save(update_fields=["due_at", "stopped_for", "setbacks"])
    if was_stopped:
        _record(ConnectorsVerb.STARTED, connection, by=by)
    wake(tasks.look, connection.pk)
    return connection


@transaction.atomic
def disconnect(connection: Connection, *, by: "User", with_figures: bool) -> None:
    """End it. What it brought stays, or goes with everything else of the account."""
    account = connection.account
    if connection.stopped_for != "revoked":
        _record(ConnectorsVerb.ENDED, connection, by=by)
    permits.let_go_of(connection)
    connection.delete()
    if with_figures:
        imports.forget_account(account)


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    """Consent withdrawn or program left: nothing is fetched any more. The figures go with those of the imports."""
    mine = Connection.objects.filter(account__in=channels.own_accounts(user, program))
    for sealed in mine.exclude(permit_sealed="").values_list("permit_sealed", flat=True):
        permits.let_go(sealed)
    mine.delete()


@transaction.atomic
def end_permits(user: "User", program: Program) -> None:
    """Consent withdrawn: what rests here for thirty days does not stay open at the network as long. Who comes back
    signs in again."""
    _end_permits(Connection.objects.filter(account__in=channels.own_accounts(user, program)), "withdrawn")


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    """With the account: what it lets this site read of a company's page ends, here and at the network."""
    _end_permits(Connection.objects.filter(made_by=user), "ended")


def _end_permits(connections: QuerySet[Connection], why: str) -> None:
    """One more attempt: a worker that is at it stores nothing any more."""
    for connection in connections.exclude(permit_sealed="").select_for_update(of=("self",)).order_by("pk"):
        permits.let_go(connection.permit_sealed)
        over = {"permit_sealed": "", "permit_until": None, "due_at": None, "lease_until": None, "stopped_for": why}
        Connection.objects.filter(pk=connection.pk).update(**over, attempts=F("attempts") + 1)


def _record(verb: ConnectorsVerb, connection: Connection, *, by: "User") -> None:
    """The company's connections say who did it. A person's own are the person's own."""
    if connection.account.kind == Account.Kind.COMPANY:
        journal.record(verb, connection, by=by, program_id=connection.program_id)
