"""A page and the number of all rows come in one question, and are what two questions would say."""

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.db.models import Count

from core.lists.counted import counted_page
from core.people.models import User

PEOPLE = User.objects.order_by("email")


def test_a_page_and_the_number_of_all_rows_are_one_question(world: Any, django_assert_num_queries: Any) -> None:
    everybody = list(PEOPLE)
    pages: Paginator[User] = Paginator(PEOPLE, 2)
    with django_assert_num_queries(1):
        page = counted_page(pages, "2")
        assert page is not None
        assert (list(page), pages.count, page.number) == (everybody[2:4], len(everybody), 2)
        assert page.has_next()
    empty: Paginator[User] = Paginator(PEOPLE.filter(email="nobody"), 2)
    first = counted_page(empty, "1")
    assert first is not None
    assert (list(first), empty.count) == ([], 0)


@pytest.mark.parametrize("asked", ["0", "-1", "x", "9999", "9" * 30])
def test_a_page_that_is_not_there_is_left_to_the_usual_way(world: Any, asked: str) -> None:
    assert counted_page(Paginator(PEOPLE, 2), asked) is None


def test_grouped_and_distinct_rows_are_left_to_the_usual_way(world: Any) -> None:
    for rows in (PEOPLE.annotate(n=Count("memberships")), PEOPLE.distinct(), PEOPLE.values("pk"), list(PEOPLE)):
        assert counted_page(Paginator(rows, 2), "1") is None
