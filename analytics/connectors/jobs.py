"""Looking at accounts by the clock. One look at a time per account; figures and the note of the look are one
transaction, so that a worker that is killed leaves nothing half and the next one begins again."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from analytics.channels import services as accounts
from analytics.channels.models import Account
from analytics.connectors import asking, permits, queries, storing
from analytics.connectors.models import Connection, Look, Server
from analytics.connectors.networks.base import Ask, NetworkSource, Told, Trouble, lists_its_posts
from analytics.connectors.networks.known import NETWORKS, needs_permit
from analytics.connectors.news import ENDS_SOON, STOPPED
from analytics.connectors.verbs import ConnectorsVerb
from core.journal import services as journal
from core.news import services as news
from core.schedule.each import each
from programs.membership.access import Ability
from programs.membership.queries import people_with

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
AT_ONCE = 500  # connections that one sweep hands out
EVERY = timedelta(days=1)
SPREAD = 3600  # seconds over which the looks of a day lie
FIRST_PAUSE, MOST_DOUBLINGS = timedelta(minutes=5), 8
LONG = 600  # seconds that a whole server is left alone, until all of its accounts wait for the same moment
FINAL, TIMES = frozenset({"gone", "refused", "denied"}), 3  # a network has bad days: only what stays so is the end
AT_ONCE_FINAL = frozenset({"ended"})  # a permission does not come back by itself
REMINDED = timedelta(days=14)  # before a permission ends
FIRST_PAGES, PAGES, OLDER_PAGES = 25, 5, 15
PLACE_IS_GONE = ("refused", "gone")  # the network does not go on from there any more
PASSES = ("busy", "silent", "odd", "turn")
LOOKS_KEPT = timedelta(days=90)
NOT_ITS_FAULT = frozenset({"turn", "off", "not_listed", "not_wanted", "no_key", "too_old"})


def due() -> list[int]:
    """What is to be looked at now, the longest overdue first."""
    return list(_due().order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


def look(connection_id: int, **wiring: Any) -> None:
    """Ask for the figures of one account, if it is due and nobody else is at it. Running this again does no harm."""
    connection = _claim(connection_id)
    if connection is None:
        return
    if not queries.is_wanted(connection):
        _after_trouble(connection, Trouble("not_wanted"))
        return
    if not queries.is_given(connection):
        _after_trouble(connection, Trouble("ended"))
        return
    network = NETWORKS[connection.account.network]
    if not network.is_ready() and (needs_permit(connection.account.network) or not connection.permit_sealed):
        _after_trouble(connection, Trouble("no_key"))
        return
    is_first = connection.fetched_at is None
    since = storing.since(timezone.now(), is_first=is_first)
    try:
        access = permits.token_of(connection, **wiring)
        ask = asking.asker(network, access=access, is_wanted=_Still(connection), **wiring)
        told = network.tell(
            connection.host, connection.number, ask, since=since, pages=FIRST_PAGES if is_first else PAGES
        )
        told.is_whole, told.older_from = (
            told.is_whole or (is_first and bool(told.older_from)),
            told.older_from if is_first else "",
        )
        if connection.older_from:
            _add_older(connection, told, network, ask)
        if access:
            network.of_owner(connection.number, ask, told, since=since)
        if network.of_known is not lists_its_posts:
            told.posts += network.of_known(connection.number, ask, storing.known_posts(connection))
    except Trouble as trouble:
        _after_trouble(connection, trouble)
    else:
        _store(connection, told, network.scheme)


def _add_older(connection: Connection, told: Told, network: NetworkSource, ask: Ask) -> None:
    """What lay behind the pages of the looks before, as far back as the first one wanted to go."""
    since = storing.since(connection.made_at, is_first=True)
    try:
        older = network.tell(
            connection.host, connection.number, ask, since=since, pages=OLDER_PAGES, start=connection.older_from
        )
    except Trouble as trouble:
        if trouble.code not in (*PLACE_IS_GONE, *PASSES):
            raise
        is_over = trouble.code in PLACE_IS_GONE
        told.older_from, told.is_whole = "" if is_over else connection.older_from, told.is_whole and not is_over
    else:
        told.posts += older.posts
        told.left_out += older.left_out
        told.older_from = older.older_from if older.older_from != connection.older_from else ""


@dataclass(frozen=True)
class _Still:
    """Whether the connection is still wanted, asked in the midst of a look."""

    connection: Connection

    def __call__(self) -> bool:
        found = Connection.objects.select_related("account__user", "program").filter(pk=self.connection.pk).first()
        return found is not None and found.attempts == self.connection.attempts and queries.is_wanted(found)


def _due() -> QuerySet[Connection]:
    now = timezone.now()
    return Connection.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), due_at__lte=now)


def _claim(connection_id: int) -> Connection | None:
    """By the number of attempts: who waited for another worker's row sees that it was taken."""
    seen = _due().filter(pk=connection_id).values_list("attempts", flat=True).first()
    if seen is None:
        return None
    changes = {"lease_until": timezone.now() + LEASE, "attempts": F("attempts") + 1}
    if Connection.objects.filter(pk=connection_id, attempts=seen).update(**changes) != 1:
        return None
    return Connection.objects.select_related("account__user", "program").get(pk=connection_id)


@transaction.atomic
def _store(connection: Connection, told: Told, scheme: str) -> None:
    held = _hold(connection)
    if held is None:
        return
    if not queries.is_wanted(held):
        _put_off(held, Trouble("not_wanted"))
        return
    now = timezone.now()
    row = Look.objects.create(
        connection=held, at=now, posts=len(told.posts), left_out=told.left_out, is_whole=told.is_whole
    )
    counts = storing.store(held, row, told, scheme)
    row.posts_new, row.figures_new, row.figures_changed = counts.posts_new, counts.new, counts.changed
    row.save()
    held.older_from, held.goes_back_to = told.older_from, _oldest(held, told)
    held.handle, held.url = told.profile.handle, told.profile.url[:400]
    if held.account.kind == Account.Kind.COMPANY:  # charts of several pages say their names
        accounts.call_by(held.account, held.handle, held.account.number)
    held.fetched_at, held.due_at, held.lease_until, held.setbacks = now, next_look(held, now), None, 0
    held.save()


def _oldest(held: Connection, told: Told) -> datetime | None:
    """Up to which post everything is there, as long as older ones are to come."""
    found = [each.published_at for each in told.posts] + ([held.goes_back_to] if held.goes_back_to else [])
    return min(found) if told.older_from and found else None


def _after_trouble(connection: Connection, trouble: Trouble) -> None:
    with transaction.atomic():
        held = _hold(connection)
        if held is not None:
            _put_off(held, trouble)


def _hold(connection: Connection) -> Connection | None:
    """The row, as long as it is ours: not ended, and not taken over by another worker."""
    rows = Connection.objects.select_for_update(of=("self",)).select_related("account__user", "program")
    return rows.filter(pk=connection.pk, attempts=connection.attempts).first()


def _put_off(held: Connection, trouble: Trouble) -> None:
    now = timezone.now()
    held.lease_until = None
    if trouble.code == "turn":  # others are asking that server: no line on the page, only later
        seconds = trouble.pause_seconds or 0
        more = _share(held, SPREAD) if seconds > LONG else 0  # not all of them in the moment in which the day is over
        held.due_at = now + timedelta(seconds=seconds + more)
    elif trouble.code in NOT_ITS_FAULT:
        held.due_at = next_look(held, now)
    else:
        held.setbacks += 1
        usual = FIRST_PAUSE * 2 ** min(held.setbacks - 1, MOST_DOUBLINGS)
        pause = max(usual, timedelta(seconds=trouble.pause_seconds or 0))
        held.due_at = now + pause + timedelta(seconds=_share(held, _jitter(pause)))
    if trouble.code != "turn":
        # Never the server: of a small one the name tells whose account it is.
        log.info("connectors: %s gave nothing: %s", held.account.network, trouble.code)
        if trouble.code != "not_wanted":
            Look.objects.create(connection=held, at=now, code=trouble.code)
    if trouble.code in AT_ONCE_FINAL or (trouble.code in FINAL and _says_so_again(held, trouble.code)):
        _stop(held, trouble.code)
    held.save()


def _stop(held: Connection, code: str) -> None:
    """The account is gone or closed: it is not asked for any more, and who connected it is told once."""
    held.due_at, held.stopped_for = None, code
    if code in AT_ONCE_FINAL:  # nothing is kept that opens nothing, or that nobody here answers for any more
        permits.let_go(held.permit_sealed)
        held.permit_sealed, held.permit_until = "", None
    if held.account.kind == Account.Kind.COMPANY:
        journal.record(ConnectorsVerb.STOPPED, held, by=None, program_id=held.program_id)
    people = _whose(held)
    item = f"{held.pk}-{held.attempts}"
    news.tell(STOPPED, people, about=held.pk, item=item, program_id=held.program_id)


def _whose(connection: Connection) -> list[Any]:
    if connection.account.kind == Account.Kind.COMPANY:
        return [each.user for each in people_with(Ability.IMPORT_COMPANY, connection.program)]
    return [connection.account.user] if connection.account.user else []


def remind() -> None:
    """Two weeks before a permission ends, who gave it can renew it; each end is told once."""
    soon = Connection.objects.filter(permit_until__lte=timezone.now() + REMINDED, stopped_for="", due_at__isnull=False)
    rows = soon.exclude(permit_sealed="").select_related("account__user", "program").order_by("permit_until", "pk")
    each("connectors.remind", rows, _remind, key=lambda connection: connection.pk)


def _remind(connection: Connection) -> None:
    if queries.is_wanted(connection):
        item = f"{connection.pk}-{connection.permit_until:%Y-%m-%d}"
        news.tell(ENDS_SOON, _whose(connection), about=connection.pk, item=item, program_id=connection.program_id)


def _says_so_again(held: Connection, code: str) -> bool:
    last = held.looks.order_by("-at", "-pk").values_list("code", flat=True)[:TIMES]
    return list(last) == [code] * TIMES


def next_look(connection: Connection, now: datetime) -> datetime:
    """Tomorrow, each connection at its own moment of the same hour, so that the looks of all spread over it."""
    start = (now + EVERY).replace(minute=0, second=0, microsecond=0)
    return start + timedelta(seconds=_share(connection, SPREAD))


def _jitter(pause: timedelta) -> int:
    """Seconds over which those come again that were put off for the same reason: a quarter of the pause."""
    return min(SPREAD, max(60, round(pause.total_seconds()) // 4))


def _share(connection: Connection, seconds: int) -> int:
    return int.from_bytes(hashlib.sha256(f"connection {connection.pk}".encode()).digest()[:4]) % seconds


def retention() -> int:
    """Looks after three months; what they brought are figures like all others. Servers nobody asked for a day, since a
    small one's name tells whose account lies there."""
    now = timezone.now()
    count = Look.objects.filter(at__lt=now - LOOKS_KEPT).delete()[0]
    return count + Server.objects.filter(free_at__lt=now - EVERY).delete()[0]
