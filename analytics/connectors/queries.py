"""What is selected of connections."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import ngettext

from analytics.channels.queries import own_accounts
from analytics.connectors import access
from analytics.connectors.models import Connection, Look
from analytics.imports import access as imports
from analytics.metrics.models import Grain, Metric, Post, Reading, Segment
from core.kit.kept import Kept
from programs.generations.models import Participant, ParticipantState
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

DAYS = 90
LOOKS = 10


def with_state(connections: QuerySet[Connection]) -> QuerySet[Connection]:
    """Each with what its last look said, how many posts are known and the newest number of followers. One query."""
    last = Look.objects.filter(connection=OuterRef("pk")).order_by("-at", "-pk")
    posts = Post.objects.filter(account=OuterRef("account")).order_by().values("account").annotate(n=Count("pk"))
    followers = _followers().filter(program=OuterRef("program"), account=OuterRef("account")).order_by("-period_start")
    return connections.annotate(
        last_code=Subquery(last.values("code")[:1]),
        known_posts=Subquery(posts.values("n")),
        followers=Subquery(followers.values("value")[:1]),
    ).order_by("account__kind", "account__network", "pk")


def looks_of(connection: Connection) -> QuerySet[Look]:
    """The last ones, the newest first."""
    return connection.looks.order_by("-at", "-pk")[:LOOKS]


def followers_of(connection: Connection) -> dict[date, int]:
    """Day by day, as far as somebody looked."""
    rows = _followers().filter(
        program=connection.program_id,
        account=connection.account_id,
        period_start__gte=timezone.localdate() - timedelta(days=DAYS),
    )
    return dict(rows.order_by("period_start").values_list("period_start", "value"))


def _followers() -> QuerySet[Reading]:
    return Reading.objects.filter(
        metric=Metric.FOLLOWERS_TOTAL, grain=Grain.DAY, segment=Segment.ALL, post__isnull=True
    )


def is_wanted(connection: Connection) -> bool:
    """Whether its figures may be fetched now: a person takes part, does not pause, and agrees; a program goes on."""
    user, program = connection.account.user, connection.program
    if program.archived_at is not None:
        return False
    if user is None:
        return True
    rests = Participant.objects.filter(program=program, user=user, state=ParticipantState.PAUSED).exists()
    return user.is_active and not rests and imports.OWN in access.may_connect(user, program)


def is_given(connection: Connection) -> bool:
    """Whether what somebody lets this site read of the company's page still holds: it ends with their role."""
    if not connection.permit_sealed or connection.account.user_id is not None:
        return True
    giver = connection.made_by
    return giver is not None and giver.is_active and imports.COMPANY in imports.may_import(giver, connection.program)


def kept(user: "User", program: Program) -> Iterator[Kept]:
    """The accounts a person has connected."""
    connected = Connection.objects.filter(account__in=own_accounts(user, program))
    yield Kept(connected, lambda n: ngettext("connected account", "connected accounts", n))


def brought_by(program: Any, person: Any) -> QuerySet[Look]:
    """Looks that brought figures of somebody's own."""
    return Look.objects.filter(connection__program=program, connection__account__user=person, code="")
