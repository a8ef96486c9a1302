"""A report by a link: for whoever has it, until its day, without a trace of who opened it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.reports.models import Report
from analytics.reports.models_sharing import ReportLink
from analytics.reports.services import delete_report, restore_report
from analytics.reports.sharing import end_link, restore_link
from analytics.reports.views_sharing import GUESSES_PER_MINUTE
from core.journal.models import Entry
from core.kit.templatetags.ui import day
from core.notify.models import OutgoingMail


def address(world: Any) -> str:
    return reverse("analytics:report_shared", args=[world.report_token])


def test_whoever_has_the_link_reads_the_report_and_nothing_else(world: Any, client: Client) -> None:
    answer = client.get(address(world))
    page = answer.content.decode()
    assert "<em>2.5 times</em>" in page
    for private in ("A fourth generation?", "What does it cost?", world.manager.name, "/p/nordlichter/", "pdf/"):
        assert private not in page, private
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


def test_it_ends_on_its_day_or_when_it_is_ended_or_the_report_deleted(world: Any, client: Client) -> None:
    link = world.report_link
    end_link(link, by=world.manager)
    assert client.get(address(world)).status_code == 410
    restore_link(link, by=world.manager)
    ReportLink.objects.update(ends_on=timezone.localdate())
    assert client.get(address(world)).status_code == 200
    ReportLink.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client.get(address(world)).status_code == 410
    ReportLink.objects.update(ends_on=timezone.localdate())
    delete_report(Report.objects.get(pk=world.report.pk), by=world.manager)
    assert client.get(address(world)).status_code == 410


def test_the_team_is_told_how_often_and_nothing_of_who(world: Any, client: Client, sign_in: Any) -> None:
    entries = Entry.objects.count()
    for _ in range(3):
        client.get(address(world))
    client.head(address(world))
    assert Entry.objects.count() == entries
    page = (
        sign_in(world.executive)
        .get(reverse("analytics:report_detail", args=[world.program.slug, world.report.pk]))
        .content.decode()
    )
    assert "Opened 3 times." in page
    assert world.report_token not in page


def test_the_secret_is_shown_once_and_never_kept(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    links = reverse("analytics:report_links", args=[world.program.slug, world.report.pk])
    page = manager.post(links, {"ends_on": timezone.localdate().isoformat()}, follow=True)
    fresh = page.context["fresh"]
    assert Client().get(fresh).status_code == 200
    token = fresh.rstrip("/").rpartition("/")[2]
    assert not ReportLink.objects.filter(token_hash__contains=token).exists()
    assert token not in manager.get(links).content.decode()
    assert Entry.objects.filter(verb="reports.link_made").exists()
    mail = OutgoingMail.objects.filter(address=world.council.email).latest("pk")
    assert "October 2026, edition 1" in mail.text
    assert f"until {day(ReportLink.objects.latest('pk').ends_on)}" in mail.text


def test_a_fresh_link_is_shown_below_its_own_report_only(world: Any, sign_in: Any) -> None:
    manager, other = sign_in(world.manager), world.deleted_report
    restore_report(other, by=world.manager)
    links, beside = (
        reverse("analytics:report_links", args=[world.program.slug, each.pk]) for each in (world.report, other)
    )
    manager.post(links, {"ends_on": timezone.localdate().isoformat()})
    assert manager.get(beside).context["fresh"] == ""


@pytest.mark.parametrize("days", [-1, 91])
def test_a_link_lasts_ninety_days_at_most(world: Any, sign_in: Any, days: int) -> None:
    links = reverse("analytics:report_links", args=[world.program.slug, world.report.pk])
    sent = {"ends_on": (timezone.localdate() + timedelta(days=days)).isoformat()}
    assert sign_in(world.manager).post(links, sent).status_code == 422


def test_who_tries_addresses_is_stopped(world: Any, client: Client) -> None:
    wrong = reverse("analytics:report_shared", args=["x" * 43])
    assert {client.get(wrong).status_code for _ in range(GUESSES_PER_MINUTE)} == {410}
    assert client.get(wrong).status_code == 429
    assert client.get(address(world)).status_code == 200
