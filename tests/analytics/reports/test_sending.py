"""The schedule: people who were named get the report of the period on its day, each once, while they may read it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.reports import jobs
from analytics.reports.leaving import role_ended
from analytics.reports.models import Report
from analytics.reports.models_schedule import ReportRecipient, ReportSchedule
from analytics.reports.scheduling import due_since, next_due, recipients_of, set_schedule
from core.journal.models import Entry
from core.news.models import Notification
from influencer.privacy.log_changes import names_in, swaps_of
from programs.membership.models import Membership


def url(name: str, world: Any) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug])


def frozen_for(world: Any, month: date) -> None:
    Report.objects.filter(pk=world.report.pk).update(
        month=month, edition=9, made_at=timezone.now() - timedelta(hours=2)
    )


def told() -> set[str]:
    jobs.tell_months()
    return set(Notification.objects.filter(kind="reports.monthly").values_list("person__name", flat=True))


def planned(world: Any, *, rhythm: str = "monthly") -> ReportSchedule:
    today = timezone.localdate()
    set_schedule(world.program, rhythm=rhythm, day=min(today.day, 28), people=[world.council], by=world.manager)
    ReportSchedule.objects.update(since=today - timedelta(days=200))
    return ReportSchedule.objects.get()


def month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


@pytest.mark.parametrize("rhythm", ["monthly", "quarterly"])
def test_who_was_named_gets_the_report_of_the_period_once(world: Any, rhythm: str) -> None:
    schedule = planned(world, rhythm=rhythm)
    frozen_for(world, month_before(due_since(schedule, timezone.localdate())))
    assert told() == {world.council.name}
    assert told() == {world.council.name}
    assert Notification.objects.filter(kind="reports.monthly").count() == 1


def test_another_month_and_a_day_before_it_was_chosen_send_nothing(world: Any) -> None:
    schedule = planned(world)
    month = month_before(due_since(schedule, timezone.localdate()))
    frozen_for(world, month_before(month))
    assert told() == set()
    frozen_for(world, month)
    ReportSchedule.objects.update(since=timezone.localdate() + timedelta(days=1))
    assert told() == set()


def test_who_may_not_read_reports_any_more_gets_none(world: Any) -> None:
    schedule = planned(world)
    frozen_for(world, month_before(due_since(schedule, timezone.localdate())))
    Membership.objects.filter(user=world.council, program=world.program).update(ended_at=timezone.now())
    assert told() == set()
    assert recipients_of(schedule) == []
    role_ended(world.council, world.program)
    assert not ReportRecipient.objects.exists()


@pytest.mark.parametrize(
    ("rhythm", "today", "due", "coming"),
    [
        ("monthly", date(2026, 11, 8), date(2026, 11, 8), date(2026, 12, 8)),
        ("monthly", date(2026, 1, 7), date(2025, 12, 8), date(2026, 1, 8)),
        ("quarterly", date(2026, 11, 29), date(2026, 10, 8), date(2027, 1, 8)),
        ("quarterly", date(2026, 1, 3), date(2025, 10, 8), date(2026, 1, 8)),
    ],
)
def test_the_days_it_is_due(rhythm: str, today: date, due: date, coming: date) -> None:
    schedule = ReportSchedule(rhythm=rhythm, day=8)
    assert due_since(schedule, today) == due
    assert next_due(schedule, today) == coming


def test_the_page_says_who_gets_it_and_takes_only_who_may_read(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    assert "an hour after it is frozen" in manager.get(url("reports", world)).content.decode()
    sent = {"rhythm": "monthly", "day": "8", "people": [str(world.influencer.pk)]}
    assert manager.post(url("report_schedule", world), sent).status_code == 422
    assert manager.post(url("report_schedule", world), sent | {"people": []}).status_code == 422
    manager.post(url("report_schedule", world), sent | {"people": [str(world.executive.pk)]})
    page = sign_in(world.council).get(url("reports", world)).content.decode()
    assert f"{world.executive.name}</p>" in page
    assert "day 8 of each month" in page
    entry = Entry.objects.filter(verb="reports.scheduled").latest("pk")
    said = {str(each) for each in swaps_of(entry, names_in([entry], {}))}
    assert said == {"rhythm: – → every month", "day: – → 8", "number of people: – → 1"}
    late = manager.post(url("report_schedule", world), sent | {"day": "31"})
    assert "every month has those" in late.content.decode()
    manager.post(url("report_schedule", world), {"rhythm": "at_once", "day": "31", "people": []})
    assert not ReportSchedule.objects.exists()
