"""Who writes newsletters hears, once, that a sending was stopped because too many addresses were rejected, or that as
many came back after it was out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.newsletters.models import Issue, IssueState, Obstacle
from core.kit.rooms import News, Told
from core.kit.sent_numbers import whole
from core.news import services as inbox
from core.people.models import User
from programs.membership import access
from programs.membership.access import Ability
from programs.membership.queries import people_with

HELD, RETURNED = "newsletters.held", "newsletters.returned"


def held(issue: Issue) -> None:
    _tell(HELD, issue)


def returned(issue: Issue) -> None:
    _tell(RETURNED, issue)


def _tell(kind: str, issue: Issue) -> None:
    writers = [row.user for row in people_with(Ability.WRITE_NEWSLETTERS, issue.program)]
    inbox.tell(kind, writers, about=issue.pk, item=issue.pk, program_id=issue.program_id)


def _look(person: User, rows: Sequence[Any]) -> Mapping[int, Told]:
    """Only while it is on hold for this reason, or out with it: afterwards there is nothing to do any more."""
    ids = [whole(row.about) or 0 for row in rows]
    on_hold = Q(state=IssueState.PAUSED, obstacle__startswith=Obstacle.FAILURES)
    found = Issue.objects.filter(on_hold | Q(state=IssueState.SENT, obstacle=Obstacle.RETURNED), pk__in=ids)
    issues = {each.pk: each for each in found.select_related("program")}
    told = {}
    for row in rows:
        issue = issues.get(whole(row.about) or 0)
        if issue is not None and access.can(person, Ability.WRITE_NEWSLETTERS, issue.program):
            url = reverse("community:issue_progress", args=[issue.program.slug, issue.pk])
            told[row.pk] = Told(issue.subject or str(issue.number), url, program=issue.program.name)
    return told


def _writes(person: User) -> bool:
    return any(access.can(person, Ability.WRITE_NEWSLETTERS, program) for program in access.roles_by_program(person))


NEWS = (
    News(
        HELD,
        _("The sending of a newsletter was stopped"),
        _("Newsletter"),
        75,
        ngettext_lazy(
            "Sending “%(title)s” was stopped: too many addresses were rejected",
            "Sending “%(title)s” was stopped: too many addresses were rejected",
            "count",
        ),
        _("You are receiving this email because you write the newsletter of this program."),
        _look,
        mail="now",
        icon="player-pause",
        concerns=_writes,
    ),
    News(
        RETURNED,
        _("Many emails of a newsletter came back"),
        _("Newsletter"),
        76,
        ngettext_lazy(
            "Many emails of “%(title)s” came back after they were sent",
            "Many emails of “%(title)s” came back after they were sent",
            "count",
        ),
        _("You are receiving this email because you write the newsletter of this program."),
        _look,
        mail="now",
        icon="mail-off",
        concerns=_writes,
    ),
)
