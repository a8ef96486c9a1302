"""Questions that are put into words once give the rows that the plain ones give, and want to be told what they ask."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import DateTimeField
from django.db.models.functions import Greatest

from core.kit.compiled import Blank, Compiled, OneOf
from core.people.models import User
from tests.world import make_user

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
NAMED = Compiled(lambda: User.objects.filter(OneOf("id", "people"), name__gt=Blank("name")).order_by("-name"))
LATEST = Compiled(lambda: User.objects.order_by("pk").values_list("name", Greatest("date_joined", _since())))


def _since() -> Blank:
    return Blank("since", DateTimeField())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "B", "é' OR %s --", "Z"])
def test_it_gives_what_the_plain_question_gives(name: str) -> None:
    people = [make_user(each) for each in ("ada", "ben", "cem")]
    for chosen in ([], people[:1], people):
        pks = [person.pk for person in chosen]
        plain = User.objects.filter(pk__in=pks, name__gt=name).order_by("-name")
        assert NAMED.rows(people=pks, name=name) == list(plain)


@pytest.mark.django_db
def test_rows_of_values_are_handed_out_as_such() -> None:
    ada = make_user("ada")
    for year in (2025, 2027):
        since = SINCE.replace(year=year)
        User.objects.filter(pk=ada.pk).update(date_joined=SINCE)
        assert dict(LATEST.rows(since=since))["Ada"] == max(since, SINCE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "named"),
    [({"people": []}, "['name']"), ({"people": [], "name": "", "nam": ""}, "['nam']"), ({}, "['name', 'people']")],
)
def test_a_wrong_blank_is_named(told: dict[str, Any], named: str) -> None:
    with pytest.raises(TypeError, match=r"has the blanks \['name', 'people'\]") as error:
        NAMED.rows(**told)
    assert str(error.value).endswith(f"Missing or unknown: {named}.")


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection() -> None:
    people = [make_user(f"person_{number}") for number in range(4)]

    def ask(person: User) -> list[User]:
        try:
            return NAMED.rows(people=[person.pk], name="")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, people)) == [[person] for person in people]
