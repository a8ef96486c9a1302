"""The ledger of consents is insert-only, held by the database itself."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from programs.consents import access, jobs, services
from programs.consents.models import ConsentEvent, Purpose


def refused(sql: str) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(caught.value).split("\n")[0]


@pytest.fixture
def line(world: Any) -> ConsentEvent:
    (event,) = services.grant(world.program, [Purpose.TEAM_SEES_ONBOARDING], by=world.executive, channel="settings")
    return event


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE programs_consentevent SET action = 'withdrawn'",
        "UPDATE programs_consentevent SET user_id = 0",
        "DELETE FROM programs_consentevent",
        "SET LOCAL influencer.flush = 'off'; TRUNCATE programs_consentevent",
    ],
)
def test_the_database_refuses_to_change_a_line(sql: str, line: ConsentEvent) -> None:
    before = ConsentEvent.objects.count()
    assert refused(sql) == "the consent ledger is insert-only"
    assert ConsentEvent.objects.count() == before


def test_the_same_statements_work_on_other_tables(world: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programs_goal SET text = 'x'")
        cursor.execute("DELETE FROM programs_goal")
        cursor.execute("SET LOCAL influencer.flush = 'off'; TRUNCATE programs_declined")


def test_granting_twice_is_one_line(world: Any) -> None:
    services.grant(world.program, [Purpose.TEAM_SEES_ONBOARDING], by=world.executive, channel="settings")
    assert services.grant(world.program, [Purpose.TEAM_SEES_ONBOARDING], by=world.executive, channel="settings") == []
    assert Purpose.TEAM_SEES_ONBOARDING in access.granted(world.executive, world.program)


def _given_and_taken_back(world: Any, years: float, *, again: bool = False) -> list[int]:
    """A consent that was granted, and withdrawn so many years ago; perhaps granted anew today."""
    day = timezone.now() - timedelta(days=365.25 * years)
    purposes = [Purpose.TEAM_SEES_ONBOARDING]
    with time_machine.travel(day, tick=False):
        services.grant(world.program, purposes, by=world.executive, channel="settings")
        services.withdraw(world.program, purposes, by=world.executive, channel="settings")
    if again:
        services.grant(world.program, purposes, by=world.executive, channel="settings")
    rows = ConsentEvent.objects.filter(user=world.executive, purpose=purposes[0]).order_by("pk")
    return list(rows.values_list("action", flat=True))


def test_proof_is_kept_until_three_years_after_the_withdrawal(world: Any) -> None:
    assert _given_and_taken_back(world, 2.9) == ["granted", "withdrawn"]
    assert jobs.retention() == 0
    assert refused("DELETE FROM programs_consentevent") == "the consent ledger is insert-only"


def test_old_proof_goes_and_a_newer_consent_stays(world: Any) -> None:
    others = ConsentEvent.objects.count()
    assert _given_and_taken_back(world, 3.1, again=True) == ["granted", "withdrawn", "granted"]
    assert jobs.retention() == 2
    assert Purpose.TEAM_SEES_ONBOARDING in access.granted(world.executive, world.program)
    assert ConsentEvent.objects.count() == others + 1
    assert refused("DELETE FROM programs_consentevent") == "the consent ledger is insert-only"


def test_a_consent_that_was_never_withdrawn_stays(world: Any) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=4000), tick=False):
        services.grant(world.program, [Purpose.TEAM_SEES_ONBOARDING], by=world.executive, channel="settings")
    assert jobs.retention() == 0
