"""Comments on a report: executives and the program team write, the works council reads, nobody else knows of them."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from analytics.reports.services import delete_report


@pytest.mark.parametrize(
    ("member", "reads", "writes"),
    [
        ("executive", 200, 302),
        ("manager", 200, 302),
        ("council", 200, 403),
        ("coach", 403, 403),
        ("stranger", 404, 404),
    ],
)
def test_who_reads_and_writes(world: Any, sign_in: Any, member: str, reads: int, writes: int) -> None:
    client = sign_in(getattr(world, member))
    place = ["report", world.report.pk]
    assert client.get(reverse("comments:thread", args=place)).status_code == reads
    answer = client.post(reverse("comments:comment_add", args=place), {"text": "Well done", "key": str(uuid4())})
    assert answer.status_code == writes
    page = reverse("analytics:report_detail", args=[world.program.slug, world.report.pk])
    assert ("Well done" in sign_in(world.council).get(page).content.decode()) == (writes == 302)


def test_a_deleted_report_has_none(world: Any, sign_in: Any) -> None:
    delete_report(world.report, by=world.manager)
    address = reverse("comments:thread", args=["report", world.report.pk])
    assert sign_in(world.executive).get(address).status_code == 404
