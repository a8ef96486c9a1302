"""Before an issue goes out: what is said of it, and where a fault stands."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.newsletters.checks import look_at
from community.newsletters.models import IssueState
from core.kit.templatetags.ui import people
from tests.community.newsletters.test_pages import path, texts
from tests.factories.newsletters import make_readers
from tests.in_words import rewrite

MARKS = re.compile(r'id="mark-(\w\w)"[^>]*>([^<]*)<')


@pytest.fixture
def writer(world: Any, sign_in: Any) -> Client:
    return sign_in(world.manager)


def test_nothing_is_planned_by_one_press(world: Any, writer: Client) -> None:
    """Before a plan stands what stands before "Send now": how many, who, when, and how each language begins."""
    make_readers(world.program, 20)
    issue = world.draft_issue
    rewrite(issue, subject_de="Betreff", body_de="Ein guter Anfang.", body_en="A good start.")
    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    asked = writer.post(path(world, issue.pk, "schedule/"), {"when": f"{day}T09:00"})
    issue.refresh_from_db()
    assert (issue.state, issue.scheduled_at) == (IssueState.DRAFT, None)
    page = writer.get(asked.headers["Location"]).content.decode()
    report = look_at(issue)
    for words in ("Schedule this issue?", f"{people(report.recipients)} people will get it then", report.audience):
        assert words in page
    for words in ("Betreff", "Ein guter Anfang.", "A good start.", "09:00"):
        assert words in page
    seen = {"when": f"{day}T09:00", "version": issue.version}
    writer.post(path(world, issue.pk, "edit/"), texts(issue, subject_en="A colleague's"))
    late = writer.post(path(world, issue.pk, "send/"), seen, follow=True)
    assert "the issue was changed in the meantime" in late.content.decode()
    assert "Schedule this issue?" in late.content.decode()
    issue.refresh_from_db()
    assert issue.state == IssueState.DRAFT
    planned = writer.post(path(world, issue.pk, "send/"), seen | {"version": issue.version}, follow=True)
    assert "Planned for" in planned.content.decode()
    issue.refresh_from_db()
    assert (issue.state, f"{timezone.localtime(issue.scheduled_at):%H:%M}") == (IssueState.SCHEDULED, "09:00")


def test_a_fault_says_where_it_stands_and_leads_there(world: Any, writer: Client) -> None:
    issue = world.draft_issue
    rewrite(issue, subject_de="Hallo {{vorname}}", body_en="Hello\n\n## Dates\n\n{{vorname}}\n\n[x](//evil.test)")
    page = writer.get(path(world, issue.pk, "checks/"), headers={"HX-Request": "true"}).content.decode()
    assert "English, under “Dates”: Unknown placeholder {{vorname}}" in page
    assert 'href="?language=en#id_body_en"' in page
    assert 'data-line="5"' in page
    assert "German, subject: A subject cannot contain a placeholder" in page
    assert 'href="?language=de#id_subject_de"' in page
    marks = {found[0]: " ".join(found[1].split()) for found in MARKS.findall(page)}
    assert marks == {"de": "1 missing", "en": "2 missing"}
    opened = writer.get(path(world, issue.pk, "edit/?language=en")).content.decode()
    assert {found[0]: " ".join(found[1].split()) for found in MARKS.findall(opened)} == marks
    rewrite(issue, subject_de="Hallo", body_en="Hello")
    page = writer.get(path(world, issue.pk, "checks/"), headers={"HX-Request": "true"}).content.decode()
    assert [found[1].strip() for found in MARKS.findall(page)] == ["", ""]
