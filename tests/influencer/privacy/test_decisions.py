"""The council sees what the disclosure gate showed and held back, never a value and never a person."""

import re
from datetime import date
from typing import Any

from django.utils import timezone

from analytics.kpis.models import Cell, CellDecision
from tests.factories import kpis as make

URL = "/p/nordlichter/council/figures/"
MONTH = date(2026, 9, 1)


def test_it_says_on_which_basis_and_why_not(world: Any, sign_in: Any) -> None:
    Cell.objects.all().delete()
    make.make_cell(world.program, "impressions", MONTH, 987654, people=15)
    make.make_cell(world.program, "value_mix", MONTH, None, generation=world.generation)
    make.make_cell(world.program, "impressions", MONTH, 5, series="company", people=None)
    client = sign_in(world.council)
    page = client.get(URL)
    words = page.content.decode()
    assert page.context["list"].page.paginator.count == 2
    assert "15+ people" in words
    assert "Fewer than 9 people have a figure here, or it would tell too much about one or two." in words
    assert not re.search(r"(?<![0-9a-f])987", words), "a value; marks of the page are drawn, and may hold these digits"
    assert [cell.kpi for cell in client.get(URL + "?state=held_back").context["list"].page] == ["value_mix"]
    assert list(client.get(URL + "?of=week").context["list"].page) == []
    file = client.get(URL + "?format=csv").content.decode()
    published = timezone.localtime(Cell.objects.filter(kpi="impressions").first().published_at)
    assert published.strftime("%B %Y") in file
    assert "15+ people" in file
    assert "987" not in file


def test_the_history_says_what_changed_when_and_why(world: Any, sign_in: Any) -> None:
    place = {"program": world.program, "kpi": "impressions", "period": "month", "start_on": MONTH}
    CellDecision.objects.all().delete()
    for day, (before, since) in enumerate(
        [("", "too_few"), ("too_few", "shown"), ("shown", "shown"), ("shown", "")], 1
    ):
        CellDecision.objects.create(**place, before=before, since=since, decided_on=date(2026, 10, day))
    client = sign_in(world.council)
    assert "History of the decisions" in client.get(URL + "history/").content.decode()
    lines = client.get(URL + "history/?format=csv").content.decode("utf-8-sig").splitlines()[1:]
    assert [word in line for word, line in zip(("removed", "renewed", "shown", "held back"), lines, strict=True)] == [
        True
    ] * 4
    assert all(line.startswith("October 2026") for line in lines), "a day would tell when somebody left a small group"
    assert "Fewer than 9 people" in lines[3]
    assert "held back: too few people" in lines[2]
    held = client.get(URL + "history/?state=held_back").context["list"].page
    assert [row.since for row in held] == ["too_few"]
    assert list(client.get(URL + "history/?of=week").context["list"].page) == []
