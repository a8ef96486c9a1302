"""The ledger of consents is insert-only, held by the database itself."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from programs.consents import access, services
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


@pytest.mark.django_db(transaction=True)
def test_transactional_tests_may_empty_the_test_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('influencer.flush', true)")
        assert cursor.fetchone() == ("on",)


def test_granting_twice_is_one_line(world: Any) -> None:
    services.grant(world.program, [Purpose.TEAM_SEES_ONBOARDING], by=world.executive, channel="settings")
    assert services.grant(world.program, [Purpose.TEAM_SEES_ONBOARDING], by=world.executive, channel="settings") == []
    assert Purpose.TEAM_SEES_ONBOARDING in access.granted(world.executive, world.program)
