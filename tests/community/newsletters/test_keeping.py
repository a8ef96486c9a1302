"""Templates of one's own, issues to start from, tests to colleagues, and a second pair of eyes."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from community.newsletters import checks, keeping, queries, services, templates
from community.newsletters.models import Issue, IssueState, NewsletterTemplate
from core.notify.models import OutgoingMail
from programs.membership.models import Role
from tests.in_words import rewrite
from tests.world import join, make_user

PICTURE = "![The team](attachment:0b6cbb61-37a4-4b0c-9d2a-2b1f0c3c9f10)"


@pytest.fixture
def writer(world: Any, sign_in: Any) -> Client:
    return sign_in(world.manager)


def path(world: Any, rest: str = "") -> str:
    return f"/p/{world.program.slug}/newsletters/{rest}"


def second(world: Any) -> Any:
    person = make_user("second")
    join(person, world.program, Role.MANAGER)
    return person


def test_an_issue_becomes_a_template_and_a_template_an_issue(world: Any, writer: Client) -> None:
    issue = world.draft_issue
    rewrite(issue, body_en=f"Hello\n\n{PICTURE}", subject_en="Autumn")
    page = writer.post(path(world, f"{issue.pk}/template/"), {"name": "Seasons"}, follow=True).content.decode()
    assert "Saved as the template “Seasons”" in page
    assert "Undo" in page
    template = NewsletterTemplate.objects.get(name="Seasons")
    assert template.body.texts["en"] == "Hello\n\n[[to write: add the picture again (The team)]]", (
        "it belongs to the issue"
    )
    chosen = writer.get(path(world, "new/")).content.decode()
    assert "Seasons" in chosen
    writer.post(path(world, "new/"), {"template": f"own-{template.pk}"})
    made = Issue.objects.latest("pk")
    assert made.subject.texts["en"] == "Autumn"
    assert any("add the picture again" in fault for fault in checks.look_at(made).faults)


def test_a_name_that_is_taken_is_said(world: Any, writer: Client) -> None:
    answer = writer.post(path(world, f"{world.draft_issue.pk}/template/"), {"name": "our MONTH"}, follow=True)
    assert "our MONTH: There is a template with this name already." in answer.content.decode()
    keeping.delete_template(world.newsletter_template, by=world.manager)
    keeping.save_as_template(world.draft_issue, name="Our month", by=world.manager)
    restore = path(world, f"templates/{world.newsletter_template.pk}/restore/")
    assert "has this name now" in writer.post(restore, follow=True).content.decode()


def test_the_next_issue_is_like_an_earlier_one(world: Any, writer: Client) -> None:
    page = writer.get(path(world, f"{world.sent_issue.pk}/")).content.decode()
    assert f"new/?template=issue-{world.sent_issue.pk}" in page
    page = writer.get(path(world, f"new/?template=issue-{world.sent_issue.pk}")).content.decode()
    assert f'value="issue-{world.sent_issue.pk}" checked' in page
    writer.post(path(world, "new/"), {"template": f"issue-{world.sent_issue.pk}"})
    assert Issue.objects.latest("pk").body.texts == world.sent_issue.body.texts


@pytest.mark.parametrize("key", ["own-{own}", "issue-{issue}", "own-999999999999999999999", "issue-x", "own-"])
def test_nothing_of_another_program_is_to_start_from(world: Any, sign_in: Any, key: str) -> None:
    key = key.format(own=world.newsletter_template.pk, issue=world.sent_issue.pk)
    assert templates.issue_template(world.other_program, key) is None
    answer = sign_in(world.stranger).post(f"/p/{world.other_program.slug}/newsletters/new/", {"template": key})
    assert answer.status_code == 422


def test_a_test_goes_to_the_ticked_colleagues_in_each_language(world: Any, writer: Client) -> None:
    address = path(world, f"{world.draft_issue.pk}/test/")
    OutgoingMail.objects.all().delete()
    people = [world.manager.pk, world.coach.pk]
    page = writer.post(address, {"people": people, "languages": ["de", "en"]}, follow=True).content.decode()
    assert world.coach.email in page
    mails = OutgoingMail.objects.filter(reason="newsletters.test")
    assert sorted(mails.values_list("address", "subject")) == sorted(
        (person.email, subject)
        for person in (world.manager, world.coach)
        for subject in ("Test: Was gewirkt hat", "Test: What worked")
    )
    assert len({mail.text.split("/unsubscribe/")[1] for mail in mails if mail.subject.endswith("worked")}) == 2
    answer = writer.post(address, {"people": [world.influencer.pk]})
    assert answer.status_code == 422, "only the team is sent tests"


def test_an_issue_waits_for_a_second_person(world: Any, writer: Client, sign_in: Any) -> None:
    other, issue = second(world), world.draft_issue
    Issue.objects.filter(pk=issue.pk).update(updated_by=world.manager)
    writer.post(path(world, "rules/"), {"needs_approval": "on"})
    assert "A second person has to approve this version." in checks.look_at(issue).faults
    with pytest.raises(ValidationError):
        services.send_now(issue, by=world.manager)
    approve = path(world, f"{issue.pk}/approve/")
    page = writer.post(approve, {"version": issue.version}, follow=True).content.decode()
    assert "cannot approve it yourself" in page
    theirs = sign_in(other)
    assert "has changed in the meantime" in theirs.post(approve, {"version": 99}, follow=True).content.decode()
    assert "Undo" in theirs.post(approve, {"version": issue.version}, follow=True).content.decode()
    assert checks.look_at(_fresh(issue)).faults == []
    services.schedule_issue(_fresh(issue), by=world.manager, at=timezone.now() + timedelta(hours=3))
    assert "has approved this version" in writer.get(path(world, f"{issue.pk}/edit/")).content.decode()
    saved = services.save_issue(
        _fresh(issue), subject={"en": "New"}, body=issue.body.texts, by=other, version=issue.version
    )
    assert (saved.state, saved.is_approved) == (IssueState.DRAFT, False), "what changes needs a new approval"


def test_doing_without_a_second_person_takes_a_second_person(world: Any, writer: Client, sign_in: Any) -> None:
    other = sign_in(second(world))
    rules = path(world, "rules/")
    writer.post(rules, {"needs_approval": "on"})
    for _again in range(2):
        page = writer.post(rules, follow=True).content.decode()
        assert "has to agree" in page
        assert queries.needs_approval(world.program)
    assert "Agree and turn it off" not in page
    assert "Agree and turn it off" in other.get(path(world)).content.decode()
    other.post(rules, {"needs_approval": "on"})
    other.post(rules)
    assert queries.needs_approval(world.program), "kept on, it takes two again"
    writer.post(rules)
    assert not queries.needs_approval(world.program)


def test_an_approval_taken_back_stops_what_is_planned(world: Any, writer: Client, sign_in: Any) -> None:
    issue, other = world.planned_issue, sign_in(second(world))
    writer.post(path(world, "rules/"), {"needs_approval": "on"})
    other.post(path(world, f"{issue.pk}/approve/"), {"version": issue.version})
    other.post(path(world, f"{issue.pk}/unapprove/"))
    assert (_fresh(issue).state, _fresh(issue).scheduled_at) == (IssueState.DRAFT, None)


def test_who_is_alone_cannot_ask_for_a_second_person(world: Any, writer: Client) -> None:
    page = writer.post(path(world, "rules/"), {"needs_approval": "on"}, follow=True).content.decode()
    assert "Nobody else can write newsletters here" in page
    assert "Turn on" in page


def test_before_it_goes_out_each_language_says_how_it_begins(world: Any, writer: Client) -> None:
    rewrite(world.draft_issue, subject_de="Betreff", body_de="[[dates]]\n\nHallo {{first_name}}, ein **guter** Anfang.")
    page = writer.get(path(world, f"{world.draft_issue.pk}/send/")).content.decode()
    assert "Betreff" in page
    assert "Hallo [first name], ein guter Anfang." in page


def test_the_team_talks_about_a_draft_and_readers_do_not_see_it(world: Any, writer: Client, sign_in: Any) -> None:
    said = f"/comments/issue/{world.sent_issue.pk}/add/"
    writer.post(said, {"text": "The second paragraph is too long.", "key": str(uuid.uuid4())})
    assert "too long" in writer.get(f"/comments/issue/{world.sent_issue.pk}/").content.decode()
    reader = sign_in(world.influencer)
    assert reader.get(f"/comments/issue/{world.sent_issue.pk}/").status_code == 404
    assert "too long" not in reader.get(path(world, f"{world.sent_issue.pk}/")).content.decode()


def test_readers_search_the_archive(world: Any, sign_in: Any) -> None:
    reader = sign_in(world.influencer)
    assert "What worked" in reader.get(path(world), {"q": "greet WORKED"}).content.decode()
    assert "No issue contains" in reader.get(path(world), {"q": '"en":'}).content.decode(), "no language is a word"
    page = reader.get(path(world), {"q": "zebra"}).content.decode()
    assert "No issue contains “zebra”" in page
    assert "All issues" in page


def _fresh(issue: Issue) -> Issue:
    return Issue.objects.select_related("program").get(pk=issue.pk)
