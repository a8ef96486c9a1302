"""The mail server is ill for an hour: nobody gets none, nobody gets two, and who signs in waits least."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from community.journeys import jobs as journeys
from community.newsletters import jobs as newsletters
from community.newsletters.models import Delivery, Issue, IssueState
from core.notify import jobs as outbox
from core.notify.models import MailState, OutgoingMail
from core.notify.services import queue_mail
from tests.factories.generations import make_generation, make_participant
from tests.factories.journeys import make_journey, make_letter
from tests.factories.newsletters import make_readers, make_running
from tests.smtp_sink import SmtpSink
from tests.world import make_program, make_user

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
READERS = 12


@pytest.fixture
def issue(db: None) -> Any:
    with time_machine.travel(NOON, tick=False):
        program = make_program()
        make_readers(program, READERS)
        make_letter(make_journey(program, on_since=NOON.date()))
        person = make_participant(make_user("ann"), make_generation(program), "newsletter")
        type(person).objects.filter(pk=person.pk).update(joined_on=NOON.date())
        return make_running(program)


def tick(issue: Issue, minute: int) -> None:
    """What the clock does."""
    with time_machine.travel(NOON + timedelta(minutes=minute), tick=False):
        journeys.sweep()
        outbox.sweep()
        newsletters.sweep()
        newsletters.send(issue.pk)
        issue.refresh_from_db()


def test_the_mail_server_is_ill_for_an_hour(issue: Issue, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = "django.core.mail.backends.smtp.EmailBackend", 1
    was_said = False
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for minute in range(0, 60, 6):
        if minute == 12:
            with time_machine.travel(NOON + timedelta(minutes=minute), tick=False):
                queue_mail("signs-in@example.com", "Sign in", "t", reason="people.account")
                queue_mail("reminded@example.com", "Reminder", "t", reason="events.reminder")
        tick(issue, minute)
        was_said = was_said or issue.obstacle.startswith("server")
    assert was_said, "its page says why nothing moves"
    assert set(Delivery.objects.filter(issue=issue).values_list("state", flat=True)) == {"queued"}
    assert not OutgoingMail.objects.filter(state__in=[MailState.SENT, MailState.FAILED]).exists()
    with SmtpSink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        for minute in range(60, 66):
            tick(issue, minute)
        assert sink.taken["signs-in@example.com"] == 1, "within five minutes"
        assert issue.state == IssueState.SENT
        assert issue.obstacle == ""
        for minute in (90, 120, 180, 200):
            tick(issue, minute)
    expected = Counter({f"reader{number}@example.com": 1 for number in range(READERS)})
    expected |= Counter(["signs-in@example.com", "reminded@example.com"])
    letters = {to: count for to, count in sink.taken.items() if to.startswith("ann")}
    assert {to: count for to, count in sink.taken.items() if to not in letters} == dict(expected)
    assert list(letters.values()) == [2], "the issue and the letter of the journey"
