"""The ledger of consents cannot be rewritten, not even by the site itself: the database holds that.

The tests work as the site's role, as production does; `roles.owner` is what only migrations may be.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.kit import owner
from programs.consents import access, jobs, services
from programs.consents.models import Action, ConsentEvent, Purpose
from tests import roles
from tests.at_once import MANY, at_once
from tests.factories.kpis import agree

ONBOARDING = Purpose.TEAM_SEES_ONBOARDING
INSERT_ONLY = "the consent ledger is insert-only"


def refused(sql: str) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(caught.value).split("\n")[0]


@pytest.fixture
def line(world: Any) -> ConsentEvent:
    (event,) = services.grant(world.program, [ONBOARDING], by=world.executive, channel="settings")
    return event


REWRITES = [
    "UPDATE programs_consentevent SET action = 'withdrawn'",
    "UPDATE programs_consentevent SET at = '2020-01-01'",
    "DELETE FROM programs_consentevent",
    "TRUNCATE programs_consentevent",
]


@pytest.mark.parametrize("sql", REWRITES)
def test_the_site_may_not_rewrite_a_line(sql: str, line: ConsentEvent) -> None:
    before = ConsentEvent.objects.count()
    assert refused(sql) == "permission denied for table programs_consentevent"
    assert refused(f"SET LOCAL influencer.flush = 'on'; {sql}") == "permission denied for table programs_consentevent"
    assert ConsentEvent.objects.count() == before


@pytest.mark.parametrize("sql", REWRITES)
def test_the_database_refuses_even_the_owner(sql: str, line: ConsentEvent) -> None:
    with roles.owner() as cursor, pytest.raises(DatabaseError, match=INSERT_ONLY), transaction.atomic():
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE programs_consentevent DISABLE TRIGGER ALL",
        "DROP TRIGGER consent_ledger_is_insert_only ON programs_consentevent",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION programs_forget_old_consents() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
        "CREATE TABLE public.programs_copy (x int)",
    ],
)
def test_the_site_cannot_put_the_guards_to_sleep(world: Any, sql: str) -> None:
    assert any(word in refused(sql) for word in ("must be owner", "permission denied"))


def test_the_site_may_do_its_work_on_other_tables(world: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programs_goal SET text = 'x'")
        cursor.execute("DELETE FROM programs_goal")
    assert refused("TRUNCATE programs_declined").startswith("permission denied")


def _line(world: Any, **fields: Any) -> ConsentEvent:
    return ConsentEvent(
        program=world.program, user=world.executive, person_ref="x", purpose=ONBOARDING, action=Action.GRANTED,
        notice_version=1, text_sha256="0" * 64, language="de", channel="settings", **fields,
    )  # fmt: skip


@pytest.mark.parametrize("given", [{"at": datetime(2020, 1, 1, tzinfo=UTC)}, {"at": timezone.now()}, {"number": 1}])
def test_the_database_sets_the_time_itself(world: Any, given: dict[str, Any]) -> None:
    line = _line(world, **given)
    with pytest.raises(DatabaseError, match="itself dates and counts"), transaction.atomic():
        line.save()


def test_a_line_comes_back_with_the_time_of_the_database(world: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (before,) = cursor.fetchone()
        (event,) = services.grant(world.program, [ONBOARDING], by=world.executive, channel="settings")
        cursor.execute("SELECT clock_timestamp()")
        (after,) = cursor.fetchone()
    assert before < event.at < after
    assert event.number == 1


def test_the_database_refuses_a_repeat(world: Any) -> None:
    agree(world.program, world.executive)
    with pytest.raises(DatabaseError, match="this consent is granted already"), transaction.atomic():
        agree(world.program, world.executive)
    agree(world.program, world.executive, Action.WITHDRAWN)
    with pytest.raises(DatabaseError, match="this consent is withdrawn already"), transaction.atomic():
        agree(world.program, world.executive, Action.WITHDRAWN)


def test_granting_twice_is_one_line(world: Any) -> None:
    services.grant(world.program, [ONBOARDING], by=world.executive, channel="settings")
    assert services.grant(world.program, [ONBOARDING], by=world.executive, channel="settings") == []
    assert ONBOARDING in access.granted(world.executive, world.program)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [services.grant, services.withdraw])
def test_twenty_at_once_write_one_line(world: Any, change: Any) -> None:
    """A person who presses twenty times, in as many windows."""
    if change == services.withdraw:
        services.grant(world.program, [ONBOARDING], by=world.executive, channel="settings")
    written = at_once(lambda: len(change(world.program, [ONBOARDING], by=world.executive, channel="settings")))
    assert sorted(written) == [0] * (MANY - 1) + [1]


@pytest.mark.django_db(transaction=True)
def test_switching_to_and_fro_at_once_leaves_no_two_equal_lines_in_a_row(world: Any) -> None:
    turn = iter([services.grant, services.withdraw] * (MANY // 2))
    at_once(lambda: next(turn)(world.program, [ONBOARDING], by=world.executive, channel="settings"))
    lines = ConsentEvent.objects.filter(user=world.executive, purpose=ONBOARDING).order_by("number")
    actions = list(lines.values_list("action", flat=True))
    assert actions == (["granted", "withdrawn"] * MANY)[: len(actions)]
    assert list(lines.values_list("at", flat=True)) == sorted(lines.values_list("at", flat=True))


# --- how long a proof is kept ---------------------------------------------------------------------------------------


def _given_and_taken_back(world: Any, years: float, *, again: bool = False) -> list[str]:
    """A consent that was granted, and withdrawn so many years ago; perhaps granted anew today."""
    for change in (services.grant, services.withdraw):
        change(world.program, [ONBOARDING], by=world.executive, channel="settings")
    _long_ago(world, years)
    if again:
        services.grant(world.program, [ONBOARDING], by=world.executive, channel="settings")
    rows = ConsentEvent.objects.filter(user=world.executive, purpose=ONBOARDING).order_by("number")
    return list(rows.values_list("action", flat=True))


def _long_ago(world: Any, years: float) -> None:
    with roles.owner(guards=False) as cursor:
        cursor.execute(
            "UPDATE programs_consentevent SET at = at - %s WHERE user_id = %s AND purpose = %s",
            [timedelta(days=365.25 * years), world.executive.pk, ONBOARDING],
        )


def test_proof_is_kept_until_three_years_after_the_withdrawal(world: Any) -> None:
    assert _given_and_taken_back(world, 2.9) == ["granted", "withdrawn"]
    assert jobs.retention() == 0
    with roles.owner() as cursor, pytest.raises(DatabaseError, match=INSERT_ONLY), transaction.atomic():
        cursor.execute("DELETE FROM programs_consentevent")


def test_old_proof_goes_and_a_newer_consent_stays(world: Any) -> None:
    others = ConsentEvent.objects.count()
    assert _given_and_taken_back(world, 3.1, again=True) == ["granted", "withdrawn", "granted"]
    assert refused("DELETE FROM programs_consentevent").startswith("permission denied")
    assert jobs.retention() == 2
    assert ONBOARDING in access.granted(world.executive, world.program)
    assert ConsentEvent.objects.count() == others + 1
    services.withdraw(world.program, [ONBOARDING], by=world.executive, channel="settings")  # it counts on from there


def test_a_consent_that_was_never_withdrawn_stays(world: Any) -> None:
    services.grant(world.program, [ONBOARDING], by=world.executive, channel="settings")
    _long_ago(world, 10)
    assert jobs.retention() == 0


# --- the two roles --------------------------------------------------------------------------------------------------


def test_the_site_works_as_its_own_role(world: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)")
        assert cursor.fetchone() == (roles.SITE, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
        assert cursor.fetchone() == (0,), "the site owns nothing"


def test_admitting_the_site_again_changes_nothing(world: Any) -> None:
    for _ in range(2):
        with roles.owner():
            owner.admit(roles.SITE)
        assert refused("DELETE FROM programs_consentevent").startswith("permission denied")


def test_a_role_that_nobody_may_make_is_named(world: Any) -> None:
    with pytest.raises(CommandError, match="CREATE ROLE site_of_nobody"):
        owner.admit("site_of_nobody", "secret")


def test_migrating_with_one_role_says_what_that_means(world: Any, capsys: Any) -> None:
    call_command("migrate", verbosity=1)
    assert "DATABASE_OWNER_URL is not set" in capsys.readouterr().err
