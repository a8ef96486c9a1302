"""The survey: without a name, without a result from few, destroyed at the end, and coarse enough that most learn
nothing about the rest."""

import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from html import unescape
from itertools import product
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from core.kit import codes
from programs.readiness import jobs, queries, results, services, survey
from programs.readiness.models import ReadinessRound
from tests.at_once import at_once
from tests.databases import forget_cache
from tests.factories.readiness import KEYS, answers, make_round, said


def url(world: Any, name: str = "readiness", *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def body(response: Any) -> str:
    return unescape(str(response.content.decode()))


def added(*slips: dict[str, int]) -> dict[str, list[int]]:
    sums: dict[str, list[int]] = {}
    for slip in slips:
        sums = results.added(sums, slip)
    return sums


@pytest.fixture(autouse=True)
def without_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_blur", lambda _statements: 0)


@pytest.fixture(autouse=True)
def nobody_was_asked(world: Any) -> None:
    ReadinessRound.objects.all().delete()


def test_from_the_link_to_the_result(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    closes_on = world.today + services.USUAL
    assert manager.post(url(world, "readiness_open"), {"closes_on": closes_on.isoformat()}).status_code == 302
    row = ReadinessRound.objects.get()
    address = reverse("programs:survey", args=[row.key])
    assert address in body(manager.get(url(world)))
    for _ in range(10):
        phone = Client()
        assert phone.post(address, said(4)).status_code == 302
        assert "Thank you" in body(phone.get(address))
    again = phone.post(address, said(1))
    row.refresh_from_db()
    assert row.answered == 10, "a device answers once"
    assert "Thank you" in body(again)
    manager.post(url(world, "readiness_close", row.pk))
    page = body(manager.get(url(world)))
    assert "The organisation is ready." in page
    row.refresh_from_db()
    assert (row.answered, row.sums) == (0, {})
    assert "over" in body(Client().get(address))
    assert Client().post(address, said(1)).status_code == 200
    with pytest.raises(services.SurveyIsOver):
        services.answer(row, said(1))


def test_an_answer_leaves_nothing_but_sums(world: Any, sign_in: Any) -> None:
    """Somebody who is signed in and answers: in the whole database one row differs, by what was added to its sums. The
    counted network address is a keyed hash."""
    row, client = make_round(world), sign_in(world.influencer)
    client.get(url(world))
    before = _database()
    assert client.post(reverse("programs:survey", args=[row.key]), said(3)).status_code == 302
    after = _database()
    assert {name for name in after if before[name] != after[name]} == {"core_attempt", "programs_readinessround"}
    row.refresh_from_db()
    assert (row.answered, row.sums["freedom"], row.sums["motivation"]) == (1, [6, 2], [3, 1])
    assert "127.0.0.1" not in str(after["core_attempt"])


def _database() -> dict[str, list[Any]]:
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(SQL("SELECT to_jsonb(row) FROM {} row ORDER BY 1").format(Identifier(name)))
            found[name] = cursor.fetchall()
    return found


def test_two_who_answer_at_once_both_count(transactional_db: None, world: Any) -> None:
    row = make_round(world)
    at_once(lambda: services.answer(row, said(4)), 8)
    row.refresh_from_db()
    assert (row.answered, row.sums["freedom"]) == (8, [64, 16])


@pytest.mark.parametrize(("count", "has_result"), [(9, False), (10, True)])
def test_few_answers_are_no_result(world: Any, count: int, has_result: bool) -> None:
    row = make_round(world)
    answers(row, *[4] * count)
    services.close(row, by=world.manager)
    row.refresh_from_db()
    assert (row.result is not None) == has_result
    assert (row.answered, row.sums) == (0, {})


def test_nine_of_ten_learn_little_about_the_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who fills in nine of ten as they like: whether the tenth said one or five makes another result in less
    than a third of the cases that chance may bring."""
    monkeypatch.undo()
    for nine in product((1, 3, 5), repeat=2):
        others = [said(nine[0])] * 4 + [said(nine[1])] * 5
        seen: dict[int, dict[str, Counter[str]]] = {}
        for tenth in (1, 5):
            for move in range(-6, 7):
                monkeypatch.setattr(results, "_blur", lambda statements, move=move: move * statements)
                worked = results.worked_out(added(*others, said(tenth)), 10, 5) or {}
                for key, mean in worked.items():
                    seen.setdefault(tenth, {}).setdefault(key, Counter())[mean] += 1
        assert len(seen[1]) == len(survey.fields())
        for key, low in seen[1].items():
            assert sum((low - seen[5][key]).values()) <= 13 / 3, (key, nine)


def test_chance_moves_a_sum_as_far_as_one_and_a_half_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    moved = [results._blur(2) for _ in range(400)]
    assert -12 <= min(moved) < -6
    assert 6 < max(moved) <= 12


def test_means_are_halves_and_say_what_to_do() -> None:
    worked = results.worked_out(added(*[said(2)] * 6, *[said(4)] * 6), 12, 5)
    assert worked is not None
    rows = results.shown(worked, {"freedom": "2.0"})
    assert {row.mean % Decimal("0.5") for row in rows} == {0}
    assert (rows[0].mean, rows[0].turn, rows[0].level) == (Decimal("3.0"), 1, "middle")
    assert all(row.advice for row in rows)
    assert results.verdict(rows) == "with_work"
    assert results.verdict(results.shown({"freedom": "1.5", "culture": "5.0"})) == "wait"


def test_four_weeks_lie_between_two_rounds(world: Any, sign_in: Any) -> None:
    row = make_round(world)
    with pytest.raises(services.TooSoon):
        make_round(world)
    services.close(row, by=world.manager)
    with pytest.raises(services.TooSoon):
        make_round(world)
    ReadinessRound.objects.update(closed_at=timezone.now() - timedelta(days=28))
    assert make_round(world)


def test_the_clock_closes_and_one_that_fails_holds_up_nobody(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    row = make_round(world)
    assert jobs.close_due() == 0
    ReadinessRound.objects.filter(pk=row.pk).update(
        opened_on=world.today - timedelta(days=9), closes_on=world.today - timedelta(days=1)
    )
    assert [each.pk for each in queries.due()] == [row.pk]
    assert jobs.close_due() == 1
    assert jobs.close_due() == 0


def test_wild_answers_are_told_and_kept(world: Any) -> None:
    row = make_round(world)
    address = reverse("programs:survey", args=[row.key])
    for wrong in ({}, said(3) | {KEYS[0]: 9}, said(3) | {"attachment": 2}, said(3) | {KEYS[1]: "x" * 9999}):
        answer = Client().post(address, wrong)
        assert answer.status_code == 422
        assert "Please choose an answer." in body(answer) or "Select a valid choice" in body(answer)
    assert Client().get(reverse("programs:survey", args=["nothing"])).status_code == 404
    row.refresh_from_db()
    assert row.answered == 0


def test_an_open_survey_tells_nobody_how_many_have_answered(world: Any, sign_in: Any) -> None:
    """The link needs no account: somebody who fills it in nine times would see on the next day whether a tenth came."""
    row = make_round(world)

    def seen() -> list[str]:
        forget_cache()
        people = (world.manager, world.coach, world.team)
        return [re.sub(r"<[^>]+>", "", body(sign_in(person).get(url(world)))) for person in people]

    def on_day(number: int) -> list[str]:
        with time_machine.travel(timezone.now() + timedelta(days=number), tick=False):
            return seen()

    nobody = [on_day(1), on_day(2)]
    answers(row, *[3] * 9)
    nine = on_day(1)
    answers(row, 3)
    assert [nine, on_day(2)] == nobody


def test_a_last_day_lies_ahead(world: Any, sign_in: Any) -> None:
    row, manager = make_round(world), sign_in(world.manager)
    ReadinessRound.objects.update(opened_on=world.today - timedelta(days=10))
    for days, is_fine in ((-3, False), (-10, False), (0, True), (32, True), (33, False)):
        sent = {"closes_on": (world.today + timedelta(days=days)).isoformat()}
        assert manager.post(url(world, "readiness_move", row.pk), sent).status_code == (302 if is_fine else 422), days
    row.refresh_from_db()
    assert row.closes_on == world.today + timedelta(days=32)


def test_a_program_that_was_put_away_asks_nobody(world: Any) -> None:
    row = make_round(world)
    type(world.program).objects.filter(pk=world.program.pk).update(archived_at=timezone.now())
    with pytest.raises(services.SurveyIsOver):
        services.answer(row, said(3))
    assert "over" in body(Client().get(reverse("programs:survey", args=[row.key])))


def test_rounds_are_compared_in_a_fixed_number_of_questions(
    world: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    manager = sign_in(world.manager)
    for number in (1, 3):
        while ReadinessRound.objects.count() < number:
            row = make_round(world)
            answers(row, *[3 + ReadinessRound.objects.count() % 2] * 10)
            services.close(row, by=world.manager)
            ReadinessRound.objects.filter(pk=row.pk).update(closed_at=timezone.now() - timedelta(days=28))
        manager.get(url(world))
        with django_assert_num_queries(6):
            page = body(manager.get(url(world)))
    assert page.count("higher than before") == page.count("lower than before") == len(survey.fields())


def test_no_address_is_too_wild(world: Any) -> None:
    for key in ("%00", "a%00b", "x" * 65, "ä", "..%2f", "a b"):
        assert Client().get(f"/survey/{key}/").status_code == 404, key


def test_a_round_that_is_closed_early_says_until_when(world: Any, sign_in: Any) -> None:
    row = make_round(world)
    answers(row, *[4] * 10)
    services.close(row, by=world.manager)
    assert queries.past_rounds(world.program)[0].last_day == world.today
    assert row.closes_on > world.today
    assert sign_in(world.manager).get(url(world, "readiness_open")).status_code == 302, "four weeks are said before"


def test_the_link_is_copied_and_scanned_and_the_concept_says_the_verdict(world: Any, sign_in: Any) -> None:
    row, manager = make_round(world), sign_in(world.manager)
    link = settings.SITE_URL + reverse("programs:survey", args=[row.key])
    page = body(manager.get(url(world)))
    assert f'data-copy="{link}"' in page
    assert codes.drawn(link).path in page
    assert "The organisation" not in body(manager.get(url(world, "concept")))
    answers(row, *[4] * 10)
    services.close(row, by=world.manager)
    assert "The organisation is ready." in body(manager.get(url(world, "concept")))
    assert "The organisation is ready." not in body(sign_in(world.influencer).get(url(world, "concept")))


@pytest.mark.parametrize("name", ["readiness_move", "readiness_close"])
def test_a_second_click_after_the_end_is_answered_as_done(name: str, world: Any, sign_in: Any) -> None:
    row = make_round(world)
    services.close(row, by=world.manager)
    manager, there = sign_in(world.manager), url(world, name, row.pk)
    for answer in (manager.get(there), manager.post(there, {"closes_on": world.today.isoformat()})):
        assert (answer.status_code, answer.headers.get("location")) == (302, url(world))
    assert "The survey is closed." in body(manager.get(url(world)))
    assert sign_in(world.influencer).get(there).status_code in (403, 404)
