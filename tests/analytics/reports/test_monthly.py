"""The mail of the month holds the page itself: once for each executive and month, in their language and hours."""

import io
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from analytics.reports import jobs, pdf
from analytics.reports.models import Report
from analytics.reports.services import delete_report, make_report
from core.news import jobs as news_jobs
from core.news.models import Hours, Notification
from core.notify.models import OutgoingMail
from tests.factories.reports import MONTHS, scene_of


@pytest.fixture(autouse=True)
def always_audible(world: Any) -> None:
    Hours.objects.update_or_create(person=world.executive, defaults={"days": list(range(7)), "start": 0, "end": 24})


def an_hour_later() -> None:
    Report.objects.update(made_at=timezone.now() - timedelta(hours=2))
    jobs.tell_months()
    news_jobs.mail_due()


def mails(world: Any) -> list[OutgoingMail]:
    found = OutgoingMail.objects.filter(person=world.executive, reason="news.now").order_by("pk")
    return [mail for mail in found if "October" in mail.subject or "Oktober" in mail.subject]


@pytest.mark.parametrize(("language", "words"), [("en", "2.5 times"), ("de", "2,5-mal")])
def test_the_mail_holds_the_page_with_the_numbers_of_the_pdf(world: Any, language: str, words: str) -> None:
    world.executive.language = language
    world.executive.save()
    an_hour_later()
    (mail,) = mails(world)
    with translation.override(language):
        paper = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.make(world.report))).pages)
    number = {"en": "70K", "de": "70 Tsd."}[language]
    for each in (mail.text, mail.html, paper):
        told = unescape(each).replace("\N{NO-BREAK SPACE}", " ")
        assert number in told
    assert words in mail.text
    assert world.report.headline.texts[language] in mail.html
    assert reverse("analytics:report_detail", args=[world.program.slug, world.report.pk]) in mail.text
    assert "/off/" in mail.text, "the way out"
    assert {"List-Unsubscribe"} <= mail.headers.keys()


def test_once_for_a_month_and_not_before_it_can_be_thought_over(world: Any) -> None:
    jobs.tell_months()
    assert not Notification.objects.filter(kind="reports.monthly").exists()
    an_hour_later()
    an_hour_later()
    make_report(scene_of(world.program), MONTHS[-1], {}, by=world.manager)
    an_hour_later()
    assert len(mails(world)) == 1
    assert not Notification.objects.filter(kind="reports.monthly", person=world.manager).exists()


def test_a_deleted_report_is_mailed_to_nobody(world: Any) -> None:
    Report.objects.update(made_at=timezone.now() - timedelta(hours=2))
    jobs.tell_months()
    delete_report(world.report, by=world.manager)
    news_jobs.mail_due()
    assert mails(world) == []


def test_quiet_hours_hold_it_back(world: Any) -> None:
    Hours.objects.filter(person=world.executive).update(paused_on=timezone.localdate())
    an_hour_later()
    assert mails(world) == []
    assert Notification.objects.filter(kind="reports.monthly", person=world.executive).exists()
