"""A sending is ended for good, and who sends hears when it was stopped."""

from collections import Counter
from typing import Any

from community.newsletters import jobs, marking, services
from community.newsletters.models import Delivery, IssueState
from core.news.models import Notification
from tests.factories.newsletters import make_readers, make_running
from tests.smtp_sink import SmtpSink
from tests.world import client_of


def test_what_is_out_stays_out_and_the_rest_is_never_sent(world: Any, sink: SmtpSink, monkeypatch: Any) -> None:
    """One is out, one is being handed over, one is in the hand of a sender when the yes comes."""
    readers = make_readers(world.program, 8)
    issue = make_running(world.program)
    client, path = client_of("manager", world), f"/p/{world.program.slug}/newsletters/{issue.pk}/"
    begin, sent = marking.Marking.begin, []

    def cancel_before_the_third(self: Any, values: Any) -> None:
        if len(sent) == 2:
            client.post(f"{path}cancel/")
        sent.append(values)
        begin(self, values)

    monkeypatch.setattr(marking.Marking, "begin", cancel_before_the_third)
    assert "Nobody else will receive this issue" in client.get(f"{path}cancel/").content.decode()
    jobs.send(issue.pk)
    assert len(sink.mails) == 2
    assert issue.pk not in jobs.sweep()
    issue.refresh_from_db()
    assert issue.state == IssueState.CANCELLED
    states = Counter(Delivery.objects.filter(issue=issue).values_list("state", flat=True))
    assert (states["sent"], states["cancelled"], set(states)) == (2, states["cancelled"], {"sent", "cancelled"})
    services.resume_issue(issue, by=world.manager)
    jobs.send(issue.pk)
    assert len(sink.mails) == 2
    said = client.get(f"{path}progress/").content.decode()
    assert "Cancelled. What was sent stays sent" in said
    assert "<dt>Readers</dt>" in said
    assert client.get(f"{path}cancel/").status_code == 302
    assert "cancelled" in client.get(f"/p/{world.program.slug}/newsletters/").content.decode()
    got = Delivery.objects.filter(issue=issue, state="sent").values_list("user", flat=True)
    for reader in (readers[0], readers[7]):
        client.force_login(reader)
        assert client.get(path).status_code == (200 if reader.pk in got else 404), "read by whom it reached"


def test_a_cancelled_mail_that_is_in_doubt_is_not_repeated(world: Any, settings: Any) -> None:
    settings.NEWSLETTER_DOUBT = 0
    make_readers(world.program, 2)
    issue = make_running(world.program)
    Delivery.objects.filter(issue=issue).update(state="uncertain")
    services.cancel_issue(issue, by=world.manager)
    jobs.sweep()
    assert set(Delivery.objects.filter(issue=issue).values_list("state", flat=True)) == {"uncertain"}


def test_who_sends_hears_once_that_it_was_stopped(world: Any, sink: SmtpSink) -> None:
    for reader in make_readers(world.program, 40):
        sink.answers[reader.email] = "550 no such person"
    issue = make_running(world.program)
    jobs.send(issue.pk)
    told = Notification.objects.filter(kind="newsletters.held")
    assert [row.person for row in told] == [world.manager]
    client = client_of("manager", world)
    assert "too many addresses were rejected" in client.get("/notifications/").content.decode()
    services.resume_issue(issue, by=world.manager)
    jobs.send(issue.pk)
    assert told.count() == 1
    assert "too many addresses were rejected" not in client.get("/notifications/").content.decode()
