"""An issue is written, planned, and sent by the timetable; the executive takes the report along."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.reports.services import make_report
from community.newsletters.models import Delivery, Issue, IssueState
from programs.consents.access import granted
from programs.consents.models import Purpose
from programs.consents.services import withdraw
from tests.factories.newsletters import make_readers
from tests.factories.reports import MONTHS, scene_of
from tests.journeys.stage import mail_to, text_of
from tests.smtp_sink import SmtpSink
from tests.worker import PATIENCE, environment, wait_until

BODY = "# Guten Tag {{first_name}}\n\n[[contacts]]\n\n[[successes]]\n\n[[dates]]"


def test_from_the_first_word_to_one_mail_each(here: Any, sink: SmtpSink, sign_in: Any, tmp_path: Path) -> None:
    readers = make_readers(here.program, 8)
    withdraw(here.program, [Purpose.NEWSLETTER], by=readers[7], channel="settings")
    manager = sign_in(here.manager)

    def url(name: str, *args: Any) -> str:
        return reverse(f"community:{name}", args=[here.program.slug, *args])

    manager.post(url("issue_new"), {"template": ""})
    issue = Issue.objects.get()
    words = {"subject_de": "Was gewirkt hat", "body_de": BODY, "subject_en": "", "body_en": "", "version": 1}
    manager.post(url("issue_edit", issue.pk), words | {"version": issue.version})
    assert "Guten Tag Maria" in manager.get(url("issue_preview", issue.pk)).content.decode()
    manager.post(url("issue_test", issue.pk), {"language": "de"})
    assert "Guten Tag Maria" in text_of(mail_to(sink, here.manager.email))

    later = timezone.localtime() + timedelta(hours=2)
    asked = {"when": f"{later:%Y-%m-%dT%H:%M}"}
    assert "Was gewirkt hat" in manager.post(url("issue_schedule", issue.pk), asked, follow=True).content.decode()
    issue.refresh_from_db()
    manager.post(url("issue_send", issue.pk), asked | {"version": issue.version})
    issue.refresh_from_db()
    assert issue.state == IssueState.SCHEDULED
    assert len(sink.mails) == 1, "not before its time"

    Issue.objects.update(scheduled_at=timezone.now() - timedelta(seconds=1))  # two hours later
    with timetable(tmp_path):
        assert wait_until(lambda: Issue.objects.get().state == IssueState.SENT)
        assert wait_until(lambda: len(sink.mails) > 7)
    got = sorted(mail["To"] for mail in sink.mails[1:])
    assert got == sorted(reader.email for reader in readers[:7]), "one each, and none for whoever withdrew"
    assert len({mail["Message-ID"] for mail in sink.mails}) == len(sink.mails)
    assert Delivery.objects.filter(issue=issue, state="sent").count() == 7

    mail = mail_to(sink, readers[0].email)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.sub(r"^https?://[^/]+", "", mail["List-Unsubscribe"].strip("<>"))
    scanner = Client(enforce_csrf_checks=True)
    scanner.get(link)
    assert Purpose.NEWSLETTER in granted(readers[0], here.program), "looking at a link changes nothing"
    assert scanner.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Purpose.NEWSLETTER not in granted(readers[0], here.program)


def test_the_executive_takes_the_report_along(here: Any, sign_in: Any) -> None:
    words = {"headline": {"en": "The program carries.", "de": "Das Programm trägt."}}
    report = make_report(scene_of(here.program), MONTHS[-1], words, by=here.manager)
    executive = sign_in(here.executive)
    page = executive.get(reverse("analytics:report_detail", args=[here.program.slug, report.pk]))
    assert page.status_code == 200
    answer = executive.get(reverse("analytics:report_pdf", args=[here.program.slug, report.pk]))
    assert answer.content.startswith(b"%PDF-")
    assert "attachment" in answer["Content-Disposition"]


class timetable:  # read as a word: `with timetable(...)`
    """Celery beat, as in production."""

    def __init__(self, folder: Path) -> None:
        self.command = [sys.executable, "-m", "influencer.at_work", "beat", "-s", str(folder / "beat")]

    def __enter__(self) -> None:
        self.process = subprocess.Popen(self.command, env=environment(), start_new_session=True)

    def __exit__(self, *error: Any) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
