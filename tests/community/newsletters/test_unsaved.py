"""Whoever presses a button means the text before their eyes: it is saved first, and nothing else goes out."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from community.newsletters.models import Issue, IssueState
from core.notify.models import OutgoingMail
from programs.membership.models import Role
from tests.community.newsletters.test_pages import path, texts
from tests.factories.membership import make_member
from tests.in_words import rewrite


@pytest.fixture
def writer(world: Any, sign_in: Any) -> Client:
    return sign_in(world.manager)


def test_sending_asks_with_what_was_typed(world: Any, writer: Client) -> None:
    issue = world.draft_issue
    typed = texts(issue, subject_en="Typed last", then="send")
    answer = writer.post(path(world, issue.pk, "edit/"), typed, follow=True)
    assert answer.redirect_chain[-1][0] == path(world, issue.pk, "send/")
    assert "Typed last" in answer.content.decode()
    assert Issue.objects.get(pk=issue.pk).state == IssueState.DRAFT


def test_nobody_sends_what_they_did_not_see(world: Any, writer: Client) -> None:
    issue = world.draft_issue
    seen = {"version": issue.version}
    writer.post(path(world, issue.pk, "edit/"), texts(issue, subject_en="A colleague's"))
    answer = writer.post(path(world, issue.pk, "send/"), seen, follow=True)
    assert "the issue was changed in the meantime" in answer.content.decode()
    assert "A colleague" in answer.content.decode()
    issue.refresh_from_db()
    assert issue.state == IssueState.DRAFT
    writer.post(path(world, issue.pk, "send/"), {"version": issue.version})
    issue.refresh_from_db()
    assert issue.state == IssueState.SCHEDULED


def test_red_checks_ask_for_nothing(world: Any, writer: Client) -> None:
    rewrite(world.draft_issue, body_en="[[write here: a greeting]]\n\n[[write here: the end]]")
    page = writer.get(path(world, world.draft_issue.pk, "send/")).content.decode()
    assert "Send this issue now?" not in page
    assert page.count("a greeting” still waits for your own text") == 2  # above and among the checks
    assert page.count("the end” still waits for your own text") == 2


def test_a_plan_is_made_with_what_was_typed(world: Any, writer: Client) -> None:
    issue = world.draft_issue
    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    assert 'form="issue-form"' in writer.get(path(world, issue.pk, "edit/")).content.decode()
    refused = writer.post(path(world, issue.pk, "schedule/"), texts(issue, body_de="Neu", body_en="[x](//evil.test)"))
    assert refused.status_code == 422
    assert "//evil.test" in refused.content.decode()
    issue.refresh_from_db()
    assert issue.body.texts["de"] == "Neu"
    long = writer.post(path(world, issue.pk, "schedule/"), texts(issue, subject_en="x" * 121, body_de="Neuer"))
    assert long.status_code == 422
    assert "Neuer" in long.content.decode()
    planned = texts(issue, body_en="Typed last", when=f"{day}T09:00")
    asked = writer.post(path(world, issue.pk, "schedule/"), planned)
    assert asked.headers["Location"].startswith(path(world, issue.pk, "send/?when="))
    issue.refresh_from_db()
    assert issue.body.texts["en"] == "Typed last"
    writer.post(asked.headers["Location"], {"when": f"{day}T09:00", "version": issue.version})
    issue.refresh_from_db()
    assert issue.state == IssueState.SCHEDULED


def test_a_test_and_a_template_are_made_of_what_was_typed(world: Any, writer: Client) -> None:
    issue = world.draft_issue
    writer.post(path(world, issue.pk, "test/"), texts(issue, subject_en="Typed last", language="en"))
    assert OutgoingMail.objects.latest("pk").subject == "Test: Typed last"
    issue.refresh_from_db()
    writer.post(path(world, issue.pk, "template/"), texts(issue, subject_en="Typed later", name="Ours"))
    assert world.program.newsletter_templates.latest("pk").subject.texts["en"] == "Typed later"


def test_two_writers_know_of_each_other(world: Any, sign_in: Any, settings: Any) -> None:
    url = path(world, world.draft_issue.pk, "writers/")
    colleague = make_member(world.program, "deputy2", role=Role.MANAGER).user
    first, second = sign_in(world.manager), sign_in(colleague)
    assert first.post(url).status_code == 204
    seen = second.post(url).content.decode()
    assert f"{world.manager} has this open too" in seen
    assert second.post(url, {"seen": str(world.manager)}).status_code == 204
    cache.delete(f"here:issue:{world.draft_issue.pk}:{world.manager.pk}")  # the page was closed a while ago
    assert "has this open" not in second.post(url, {"seen": str(world.manager)}).content.decode()
    assert f'hx-post="{url}"' in first.get(path(world, world.draft_issue.pk, "edit/")).content.decode()
