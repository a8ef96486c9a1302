"""Four accounts under one hand, and an issue now and then: nobody else's subscription is read off."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.newsletters import jobs
from community.newsletters.checks import look_at
from community.newsletters.models import Delivery, DeliveryState, Issue, IssueState
from community.newsletters.queries import readers
from core.journal.models import Entry
from programs.consents.models import Purpose
from programs.consents.services import withdraw
from programs.membership.models import Membership
from tests.factories.newsletters import make_issue, make_readers, make_running, make_sent
from tests.world import client_of


@pytest.fixture
def many(world: Any) -> Any:
    Issue.objects.all().delete()
    Membership.objects.filter(program=world.program).delete()
    Membership.objects.create(program=world.program, user=world.manager, role="manager")
    people = make_readers(world.program, 23)
    Membership.objects.filter(program=world.program).update(since=timezone.now() - timedelta(days=90))
    return people


def progress(world: Any, issue: Issue) -> str:
    page = client_of("manager", world).get(f"/p/{world.program.slug}/newsletters/{issue.pk}/progress/")
    main = page.content.decode().split("<main", 1)[-1]
    return " ".join(re.sub(r"<[^>]+>|[0-9]+:[0-9]+", " ", main).split())


def test_that_everybody_subscribed_is_not_said(world: Any, many: Any) -> None:
    """The program manager knows all of them by name: "20 to 24" of 23 people, and later of 20, is each one."""
    assert (readers(world.program)[""].low, readers(world.program)[""].high) == (15, 24)


def test_issues_with_and_without_own_accounts_look_the_same(world: Any, many: Any) -> None:
    """The attack: 20 to 24 were sent; without one of her accounts 20 to 24; without two 20 to 24; without ... So she
    knew how many others subscribe, and a week later that somebody had stopped."""
    pages = []
    for account in (None, *many[:4]):
        if account:
            withdraw(world.program, [Purpose.NEWSLETTER], by=account, channel="settings")
        issue = make_sent(world.program, number=7)
        pages.append(progress(world, issue))
        Issue.objects.filter(pk=issue.pk).delete()
    assert len(set(pages)) == 1


def test_a_paused_issue_does_not_tell_whether_they_are_twenty(world: Any, many: Any) -> None:
    pages = []
    for account in (None, *many[:4]):
        if account:
            withdraw(world.program, [Purpose.NEWSLETTER], by=account, channel="settings")
        issue = make_running(world.program, number=7)
        rows = Delivery.objects.filter(issue=issue)
        rows.filter(pk__in=rows.values("pk")[:10]).update(state=DeliveryState.SENT)
        Issue.objects.filter(pk=issue.pk).update(state=IssueState.PAUSED)
        pages.append(progress(world, issue))
        Issue.objects.filter(pk=issue.pk).delete()
    assert len(set(pages)) == 1


def test_nobody_is_as_little_as_somebody(world: Any, many: Any) -> None:
    """That nobody subscribed told about each one, and the first who did was seen on the same day."""
    said = []
    for person in many:
        withdraw(world.program, [Purpose.NEWSLETTER], by=person, channel="settings")
        if person in many[-2:]:
            issue = make_issue(world.program, by=world.manager, number=9)
            found = look_at(issue)
            issue.state, issue.scheduled_at = IssueState.SCHEDULED, timezone.now()
            issue.save()
            jobs.start(issue.pk)
            said.append([(check.text, check.is_ok) for check in found.checks])
            Issue.objects.filter(pk=issue.pk).delete()
    assert said[0] == said[1]
    assert not any("recipients" in entry.data for entry in Entry.objects.filter(verb="newsletters.started"))


def test_a_person_without_a_name_is_seen_by_nobody(world: Any, many: Any) -> None:
    many[0].name = ""
    many[0].save()
    found = [[check.text for check in look_at(make_issue(world.program, number=3)).checks]]
    withdraw(world.program, [Purpose.NEWSLETTER], by=many[0], channel="settings")
    found.append([check.text for check in look_at(make_issue(world.program, number=4)).checks])
    assert found[0] == found[1]
