"""Told successes: only who was named reads one, and withdrawing works at once, in frozen reports too."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.benefits import queries, services
from analytics.benefits.models import Benefit
from analytics.benefits.queries import ToldSuccess
from analytics.reports import files, letters, pdf, slides
from analytics.reports.models import Report
from analytics.reports.reading import ShownReport
from analytics.reports.services import make_report
from community.newsletters import blocks, jobs
from community.newsletters import letters as newsletter
from community.newsletters.models import Issue
from programs.consents import services as consents
from programs.consents.models import Purpose
from tests.factories.newsletters import make_issue
from tests.factories.reports import MONTHS, scene_of
from tests.world import client_of

CLASS, CUSTOMER = "A school class came", "A customer called"
GONE = "A success was told here and has been withdrawn."


@pytest.fixture
def report(world: Any) -> Report:
    """With the success that was told for reports."""
    Benefit.objects.update(told_on=MONTHS[-1])
    return make_report(scene_of(world.program), MONTHS[-1], {"blocks": ["told", "five"]}, by=world.manager)


def page(client: Client, name: str, *args: Any) -> str:
    return client.get(reverse(f"analytics:{name}", args=args)).content.decode()


def test_only_who_was_named_reads_it(world: Any) -> None:
    slug = world.program.slug
    lead, executive = client_of("manager", world), client_of("executive", world)
    for name in ("benefits", "dashboard"):
        assert CLASS in page(lead, name, slug)
        assert CUSTOMER in page(lead, name, slug)
        assert CLASS in page(executive, name, slug)
        assert CUSTOMER not in page(executive, name, slug)
    for role in ("influencer2", "coach", "council"):
        assert CLASS not in page(client_of(role, world), "dashboard", slug)
    assert world.influencer.name not in page(executive, "benefits", slug)
    start = reverse("home:program", args=[slug])
    assert CLASS in executive.get(start).content.decode()


def test_it_is_told_with_a_goal_and_withdrawn_again(world: Any) -> None:
    mine = client_of("influencer2", world)
    slug, goal = world.program.slug, world.program.goals.create(rank=3, text="More applications")
    told = {"text": "Two people applied.", "readers": "management", "with_name": "on", "about": f"goal:{goal.pk}"}
    mine.post(reverse("analytics:benefit_new", args=[slug]), told)
    row = Benefit.objects.get(text="Two people applied.")
    executive = client_of("executive", world)
    seen = page(executive, "benefits", slug)
    assert "Two people applied." in seen
    assert world.influencer2.name in seen
    assert "More applications" in seen
    mine.post(reverse("analytics:benefit_withdraw", args=[slug, row.pk]))
    assert "Two people applied." not in page(executive, "benefits", slug)
    mine.post(reverse("analytics:benefit_restore", args=[slug, row.pk]))
    assert "Two people applied." in page(executive, "benefits", slug)


def everything(report: Report) -> str:
    """All forms of a report but the slides, which are compressed."""
    reading = ShownReport(report)
    lines = "\n".join(line for row in reading.rows for line in letters._row(reading, row))
    told = json.dumps(pdf.contents(report)["told"])
    return lines + told + files.answer(report, "csv").content.decode() + json.dumps(report.data)


def test_a_frozen_report_names_it_and_keeps_no_word_of_it(world: Any, report: Report) -> None:
    assert report.data["told"] == [world.benefit.pk]
    assert CLASS not in json.dumps(report.data)
    assert CLASS in everything(report)
    assert CUSTOMER not in everything(report)
    address = reverse("analytics:report_detail", args=[world.program.slug, report.pk])
    executive = client_of("executive", world)
    assert CLASS in executive.get(address).content.decode()
    services.withdraw_success(world.benefit, by=world.influencer)
    shown = executive.get(address).content.decode()
    assert GONE in shown
    assert CLASS not in shown
    assert GONE in everything(report)
    assert CLASS not in everything(report)
    assert slides.make(report)
    assert pdf.make(report).startswith(b"%PDF")


def test_who_withdraws_from_the_program_is_read_nowhere_by_name(world: Any, report: Report) -> None:
    Benefit.objects.filter(pk=world.benefit.pk).update(with_name=True)
    assert CLASS in everything(report)
    consents.withdraw(world.program, [Purpose.PARTICIPATION], by=world.influencer, channel="settings")
    assert CLASS not in page(client_of("manager", world), "benefits", world.program.slug)
    assert CLASS not in everything(report)


def test_leaving_does_not_tell_whose_an_unnamed_success_was(world: Any, report: Report) -> None:
    """The attack: one "participant" is gone from the list on the day on which somebody by name has left."""

    def seen() -> tuple[list[ToldSuccess], str]:
        return queries.told_to(world.manager, world.program), everything(report)

    before = seen()
    assert CLASS in before[1]
    withdrawn = Benefit.objects.create(program=world.program, by=world.influencer, text="Taken back.")
    services.withdraw_success(withdrawn, by=world.influencer)
    consents.withdraw(world.program, [Purpose.PARTICIPATION], by=world.influencer, channel="settings")
    assert seen() == before
    services.forget_person(world.influencer, world.program)
    assert seen() == before
    assert not Benefit.objects.filter(by=world.influencer).exists(), "and it is nobody's then"
    assert not Benefit.objects.filter(pk=withdrawn.pk).exists()


def test_who_has_left_withdraws_an_unnamed_one_on_the_page_of_the_own_rights(world: Any, report: Report) -> None:
    slug, mine = world.program.slug, client_of("influencer", world)
    rights = reverse("privacy:mine", args=[slug])
    assert CLASS not in mine.get(rights).content.decode(), "who takes part has a page for it"
    Benefit.objects.create(program=world.program, by=world.influencer, text="By name.", with_name=True)
    consents.withdraw(world.program, [Purpose.PARTICIPATION], by=world.influencer, channel="settings")
    shown = mine.get(rights).content.decode()
    address = reverse("analytics:benefit_withdraw", args=[slug, world.benefit.pk])
    assert CLASS in shown
    assert f'action="{address}"' in shown
    assert "By name." not in shown, "nobody reads it any more"
    answer = mine.post(address)
    assert answer.headers["Location"] == rights
    assert CLASS not in mine.get(rights).content.decode()
    assert CLASS not in everything(report)
    mine.post(reverse("analytics:benefit_restore", args=[slug, world.benefit.pk]))
    assert CLASS in everything(report)
    assert client_of("influencer2", world).post(address).status_code == 404
    services.forget_person(world.influencer, world.program)
    assert CLASS not in mine.get(rights).content.decode()
    assert mine.post(address).status_code == 404
    assert CLASS in everything(report), "it is nobody's then"


def test_an_archived_program_shows_the_way_to_withdraw(world: Any) -> None:
    world.program.archived_at = timezone.now()
    world.program.save()
    mine, rights = client_of("influencer", world), reverse("privacy:mine", args=[world.program.slug])
    assert CLASS in mine.get(rights).content.decode()
    answer = mine.post(reverse("analytics:benefit_withdraw", args=[world.program.slug, world.benefit.pk]))
    assert answer.headers["Location"] == rights
    assert CLASS not in mine.get(rights).content.decode()


def goes_out(world: Any, **told: Any) -> tuple[Benefit, Issue]:
    """A success that was told for newsletters, and an issue with it that went out."""
    row = services.tell_success(
        world.program, by=world.influencer, text="A teacher wrote to us.", readers="newsletter", **told
    )
    text = f"Hello\n\n[[told-{row.pk}]]\n\nBye"
    issue = make_issue(world.program, body_en=text, body_de=text)
    issue.frozen = newsletter.freeze(issue, world.today)
    issue.state = "sent"
    issue.save()
    return row, issue


def stored(issue: Issue) -> str:
    issue.refresh_from_db()
    return json.dumps(issue.frozen)


def test_a_newsletter_has_only_what_was_told_for_newsletters(world: Any) -> None:
    row, issue = goes_out(world)
    assert "A teacher wrote to us." in stored(issue)
    assert "A participant" in stored(issue)
    assert world.influencer.name not in stored(issue)
    offered = {each.name: each.label for each in blocks.offered(world.program)}
    assert offered[f"told-{row.pk}"].endswith("A teacher wrote to us.")
    assert f"told-{world.benefit.pk}" not in offered
    assert blocks.fill(f"told-{world.benefit.pk}", world.program, "en", world.today).is_empty
    assert blocks.fill(f"told-{row.pk}", world.other_program, "en", world.today).is_empty
    assert "A teacher wrote to us." in page(client_of("executive", world), "benefits", world.program.slug)


def test_a_success_that_is_withdrawn_vanishes_from_issues_that_went_out(world: Any) -> None:
    row, issue = goes_out(world)
    read = reverse("community:issue_read", args=[world.program.slug, issue.pk])
    coach = client_of("coach", world)
    assert "A teacher wrote to us." in coach.get(read, follow=True).content.decode()
    seal = issue.frozen["en"]["sha256"]
    withdraw = reverse("analytics:benefit_withdraw", args=[world.program.slug, row.pk])
    client_of("influencer", world).post(withdraw)
    assert "A teacher" not in stored(issue)
    assert newsletter.digest(issue.frozen["en"]) == seal
    shown = coach.get(read, follow=True).content.decode()
    assert "A teacher" not in shown
    assert "Bye" in shown
    assert blocks.fill(f"told-{row.pk}", world.program, "en", world.today).is_empty


@pytest.mark.parametrize("leaves", ["withdraws", "is erased"])
def test_who_leaves_is_in_no_issue_by_name_and_unnamed_words_tell_nothing(world: Any, leaves: str) -> None:
    _row, named = goes_out(world, with_name=True)
    _row, unnamed = goes_out(world)
    assert world.influencer.name in stored(named)
    if leaves == "withdraws":
        consents.withdraw(world.program, [Purpose.PARTICIPATION], by=world.influencer, channel="settings")
    else:
        services.forget_everywhere(world.influencer)
    assert "A teacher" not in stored(named)
    assert world.influencer.name not in stored(named)
    assert "A teacher" in stored(unnamed), "its disappearing would tell whose it was"


def test_a_sending_under_way_leaves_out_what_was_withdrawn(world: Any, monkeypatch: Any) -> None:
    row, issue = goes_out(world)
    Issue.objects.filter(pk=issue.pk).update(state="sending")
    read: list[str] = []
    monkeypatch.setattr(jobs.Sender, "read", lambda self, issue: read.append(json.dumps(issue.frozen)))
    stale = Issue.objects.get(pk=issue.pk)
    services.withdraw_success(row, by=world.influencer)
    jobs._send(stale)
    assert "A teacher" in read[0]
    assert "A teacher" not in read[-1]


def test_pages_teach_while_nothing_was_told(world: Any) -> None:
    Benefit.objects.all().delete()
    slug = world.program.slug
    assert "Nobody has told one yet" in page(client_of("manager", world), "benefits", slug)
    assert "Not everything is a figure" in page(client_of("influencer", world), "benefits_mine", slug)
