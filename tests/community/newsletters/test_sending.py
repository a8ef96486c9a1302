"""Sending over a real SMTP conversation: everybody once, whatever the server answers."""

from collections import Counter
from datetime import timedelta
from time import sleep
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from community.newsletters import jobs, keys, ledger, marking
from community.newsletters.models import Delivery, DeliveryState, Issue, IssueState, Obstacle, Suppression
from programs.consents.services import withdraw
from programs.membership.models import Membership
from tests.factories.newsletters import make_issue, make_readers, make_running
from tests.in_words import rewrite
from tests.smtp_sink import HANG_UP, SmtpSink


def states(issue: Issue | int) -> dict[str, int]:
    return dict(Counter(Delivery.objects.filter(issue=issue).values_list("state", flat=True)))


def test_everybody_gets_one(program: Any, sink: SmtpSink) -> None:
    readers = make_readers(program, 130)
    issue = make_running(program)
    assert jobs.send(issue.pk)
    assert Counter(mail["To"] for mail in sink.mails) == {reader.email: 1 for reader in readers}
    assert states(issue) == {"sent": 130}
    issue.refresh_from_db()
    assert issue.state == IssueState.SENT
    assert issue.finished_at is not None
    row = Delivery.objects.filter(issue=issue).first()
    assert row.reply.startswith("250")
    assert row.attempts == 1


def test_a_server_without_pipelining_gets_them_step_by_step(program: Any, settings: Any) -> None:
    make_readers(program, 7)
    issue = make_running(program)
    with SmtpSink(pipelining=False, answers={"reader3@example.com": "550 unknown"}) as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        jobs.send(issue.pk)
    assert len(sink.mails) == 6
    assert states(issue) == {"sent": 6, "failed": 1}


def test_the_ledger_holds_who_wants_it(program: Any) -> None:
    keeps, leaves, inactive, suppressed, withdraws, _other = make_readers(program, 6)
    Membership.objects.filter(user=leaves).update(ended_at=timezone.now())
    inactive.is_active = False
    inactive.save()
    Suppression.objects.create(program=program, address_hash=keys.address_hashes(suppressed.email)[0], reason="bounce")
    withdraw(program, ["newsletter"], by=withdraws, channel="settings")
    issue = make_running(program)
    rows = Delivery.objects.filter(issue=issue)
    assert set(rows.values_list("user__email", flat=True)) == {keeps.email, "reader5@example.com"}
    assert ledger.fill(issue) == 0
    row = rows.get(user=keeps)
    assert row.message_id == keys.message_id(issue.pk, keeps.pk)


def test_a_former_key_still_keeps_an_address_out(program: Any, settings: Any) -> None:
    reader = make_readers(program, 1)[0]
    Suppression.objects.create(program=program, address_hash=keys.address_hashes(reader.email)[0], reason="bounce")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key " * 5
    assert ledger.audience(program.pk) == []
    settings.SECRET_KEY_FALLBACKS = []
    assert len(ledger.audience(program.pk)) == 1


@pytest.mark.parametrize(
    ("answer", "state", "tries"),
    [
        ("421 closing", "retry", 1),
        ("432 too many connections", "retry", 1),
        ("452 mailbox full", "retry", 1),
        ("550 no such person", "failed", 1),
        ("554 no", "failed", 1),
    ],
)
def test_what_an_answer_means(program: Any, sink: SmtpSink, answer: str, state: str, tries: int) -> None:
    make_readers(program, 5)
    sink.answers["reader2@example.com"] = answer
    issue = make_running(program)
    jobs.send(issue.pk)
    jobs.send(issue.pk)
    assert states(issue) == {"sent": 4, state: 1}
    assert Delivery.objects.get(issue=issue, address="reader2@example.com").reply.startswith(answer[:3])
    assert sink.tries["reader2@example.com"] == tries
    assert len(sink.mails) == 4


def test_later_means_later_and_at_most_five_times(program: Any, sink: SmtpSink) -> None:
    make_readers(program, 2)
    sink.answers["reader1@example.com"] = "450 later"
    issue = make_running(program)
    for _try in range(8):
        jobs.send(issue.pk)
        Delivery.objects.filter(issue=issue, state="retry").update(due_at=timezone.now() - timedelta(seconds=1))
        jobs.recover(issue.pk)
    assert sink.tries["reader1@example.com"] == 5
    assert states(issue) == {"sent": 1, "failed": 1}
    assert jobs.finish(issue.pk) is False
    issue.refresh_from_db()
    assert issue.state == IssueState.SENT


def test_no_answer_after_the_body_is_in_doubt_and_repeated_once(program: Any, sink: SmtpSink, settings: Any) -> None:
    make_readers(program, 4)
    sink.answers["reader1@example.com"] = HANG_UP
    issue = make_running(program)
    jobs.send(issue.pk)
    assert states(issue) == {"sent": 3, "uncertain": 1}
    jobs.recover(issue.pk)
    assert states(issue) == {"sent": 3, "uncertain": 1}  # not before ten minutes are over
    sink.answers.clear()
    settings.NEWSLETTER_DOUBT = 0
    jobs.recover(issue.pk)
    jobs.send(issue.pk)
    assert states(issue) == {"sent": 4}
    ids = [mail["Message-ID"] for mail in sink.mails if mail["To"] == "reader1@example.com"]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert Delivery.objects.get(issue=issue, address="reader1@example.com").is_repeat


TAKEN: set[str] = set()


def evidence(message_ids: list[str]) -> dict[str, bool]:
    return {message_id: message_id in TAKEN for message_id in message_ids}


def test_evidence_decides_what_is_in_doubt(program: Any, sink: SmtpSink, settings: Any) -> None:
    settings.NEWSLETTER_EVIDENCE = f"{__name__}.evidence"
    make_readers(program, 4)
    issue = make_running(program)
    taken, refused = Delivery.objects.filter(issue=issue)[:2]
    Delivery.objects.filter(pk__in=[taken.pk, refused.pk]).update(
        state="sending", attempts=1, lease_until=timezone.now() - timedelta(seconds=1)
    )
    TAKEN.add(taken.message_id)
    jobs.recover(issue.pk)
    jobs.send(issue.pk)
    assert states(issue) == {"sent": 4}
    assert taken.address not in [mail["To"] for mail in sink.mails]
    assert len(sink.mails) == 3


def test_rows_in_hand_before_a_crash_of_the_database_are_in_doubt(program: Any) -> None:
    make_readers(program, 3)
    issue = make_running(program)
    ledger.claim(issue.pk, 2)
    jobs.recover(issue.pk)
    assert states(issue) == {"queued": 1, "claimed": 2}
    Delivery.objects.filter(issue=issue, state="claimed").update(lease_until=timezone.now() - timedelta(days=9))
    jobs.recover(issue.pk)
    assert states(issue) == {"queued": 1, "uncertain": 2}


def test_a_sender_takes_no_more_rows_than_it_asked_for(program: Any) -> None:
    make_readers(program, 3)
    issue = make_running(program)
    with connection.cursor() as cursor:  # as the planner does it with figures of an empty table
        for plan in ("material", "hashagg", "hashjoin", "mergejoin", "sort"):
            cursor.execute(f"SET LOCAL enable_{plan} = off")
    assert len(ledger.claim(issue.pk, 2)) == 2
    assert states(issue) == {"queued": 1, "claimed": 2}


def test_a_sender_goes_on_behind_the_last_person_it_had(program: Any) -> None:
    people = sorted(reader.pk for reader in make_readers(program, 5))
    issue = make_running(program)
    first = ledger.claim(issue.pk, 2)
    ledger.release(first)
    assert [row.user_id for row in first] == people[:2]
    assert [row.user_id for row in ledger.claim(issue.pk, 2, after=people[1])] == people[2:4]
    assert [row.user_id for row in ledger.claim(issue.pk, 9, after=people[3])] == people[4:]
    assert [row.user_id for row in ledger.claim(issue.pk, 9)] == people[:2]  # what was put back is not forgotten


@pytest.mark.parametrize("ahead", [0, 60_000])
def test_a_mail_touches_no_index_of_the_ledger(program: Any, sink: SmtpSink, settings: Any, ahead: int) -> None:
    """Each mail writes its row three times, beside the old version on the same page, or it would be slow. (In the one
    transaction of a test nothing old can be cleared away, so that the third time there is no room.)"""
    settings.NEWSLETTER_AHEAD = ahead
    make_readers(program, 40)
    issue = make_running(program)
    updates, in_place = rows_written()
    jobs.send(issue.pk)
    more_updates, more_in_place = rows_written()
    assert more_updates - updates == 120
    assert more_in_place - in_place >= 80


def rows_written() -> tuple[int, int]:
    """Updates of the ledger that this session has counted so far, and how many of them touched no index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = %s",
            [Delivery._meta.db_table],
        )
        return cursor.fetchone()


def test_rows_of_a_killed_sender_come_back(program: Any, settings: Any) -> None:
    settings.NEWSLETTER_LEASE = 0
    make_readers(program, 3)
    issue = make_running(program)
    first, second = ledger.claim(issue.pk, 2)
    assert marking.mark(None, first)
    assert states(issue) == {"queued": 1, "claimed": 1, "sending": 1}
    Delivery.objects.filter(issue=issue, state="sending").update(lease_until=timezone.now())
    jobs.recover(issue.pk)
    assert states(issue) == {"queued": 2, "uncertain": 1}
    assert not marking.mark(None, second)  # the slow sender wakes up: its row is no longer its own


def test_consent_taken_back_at_the_last_moment_is_respected(program: Any, sink: SmtpSink) -> None:
    readers = make_readers(program, 12)
    issue = make_running(program)
    for reader in readers[::3]:
        withdraw(program, ["newsletter"], by=reader, channel="one_click")
    Membership.objects.filter(user=readers[1]).update(ended_at=timezone.now())
    hashed = keys.address_hashes(readers[2].email)[0]
    Suppression.objects.create(program=program, address_hash=hashed, reason="bounce")
    jobs.send(issue.pk)
    wanted = {reader.email for reader in readers} - {reader.email for reader in [*readers[::3], readers[1], readers[2]]}
    assert {mail["To"] for mail in sink.mails} == wanted
    assert states(issue) == {"sent": 6, "suppressed": 6}


def test_a_paused_issue_sends_nothing_more(program: Any, sink: SmtpSink) -> None:
    make_readers(program, 5)
    issue = make_running(program)
    recipients = ledger.claim(issue.pk, 5)
    Issue.objects.filter(pk=issue.pk).update(state=IssueState.PAUSED)
    assert not marking.mark(None, recipients[0])
    ledger.release(recipients)
    assert ledger.claim(issue.pk, 5) == []
    assert not jobs.send(issue.pk)
    assert sink.mails == []
    assert states(issue) == {"queued": 5}


def test_a_server_that_is_gone_loses_nothing(program: Any, settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    make_readers(program, 5)
    issue = make_running(program)
    jobs.send(issue.pk)
    issue.refresh_from_db()
    assert states(issue) == {"queued": 5}
    assert issue.obstacle.startswith(Obstacle.SERVER)
    with SmtpSink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        jobs.send(issue.pk)
    issue.refresh_from_db()
    assert states(issue) == {"sent": 5}
    assert issue.obstacle == ""


def test_many_refused_addresses_pause_the_issue(program: Any, sink: SmtpSink) -> None:
    make_readers(program, 120)
    sink.answers.update({f"reader{n}@example.com": "550 unknown" for n in range(120)})
    issue = make_running(program)
    jobs.send(issue.pk)
    issue.refresh_from_db()
    assert issue.state == IssueState.PAUSED
    assert issue.obstacle == Obstacle.FAILURES
    assert states(issue) == {"failed": 9, "queued": 111}, "as many, and no more of the batch in hand"


def has_place_soon() -> bool:
    """The database hears a moment later that somebody has hung up."""
    for _ in range(200):
        with ledger.sender_place() as has_place:
            if has_place:
                return True
        sleep(0.02)
    return False


def test_issues_share_the_places_of_the_site_in_turns(program: Any, settings: Any) -> None:
    """Two connections are two, however many issues go out."""
    settings.NEWSLETTER_SENDERS = 2
    make_readers(program, 2)
    first, second, third = [make_running(program).pk for _ in range(3)]
    with psycopg.connect(**connection.get_connection_params()) as other:
        for place in (1, 2):
            other.execute("SELECT pg_try_advisory_lock(%s, %s)", ledger._lock(place))
        assert not jobs.send(first)
        assert states(first) == {"queued": 2}
    assert has_place_soon(), "a sender that is gone leaves its place"
    assert jobs.turns_after(second) == [third, first, second]
    Delivery.objects.filter(issue=third).update(state=DeliveryState.SENT)
    assert jobs.turns_after(second) == [first, second]


def test_the_tick_starts_what_is_due_once(program: Any, sink: SmtpSink) -> None:
    make_readers(program, 3)
    past = timezone.now() - timedelta(seconds=1)
    due = make_issue(program, state=IssueState.SCHEDULED, scheduled_at=past)
    later = make_issue(program, state=IssueState.SCHEDULED, scheduled_at=timezone.now() + timedelta(hours=1))
    assert jobs.sweep() == [due.pk]
    assert jobs.start(due.pk) is False
    assert jobs.sweep() == [due.pk]
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == (IssueState.SENDING, IssueState.SCHEDULED)
    assert states(due) == {"queued": 3}
    assert due.frozen["de"]["sha256"] != due.frozen["en"]["sha256"]


def test_later_edits_do_not_reach_a_frozen_issue(program: Any, sink: SmtpSink) -> None:
    make_readers(program, 1)
    issue = make_running(program)
    rewrite(issue, body_de="anders", body_en="different")
    jobs.send(issue.pk)
    assert "different" not in sink.mails[0].get_body(("plain",)).get_content()


def test_a_month_later_the_ledger_forgets_addresses(program: Any, sink: SmtpSink) -> None:
    make_readers(program, 3)
    issue = make_running(program)
    jobs.send(issue.pk)
    assert jobs.retention() == 0
    Issue.objects.filter(pk=issue.pk).update(finished_at=timezone.now() - timedelta(days=31))
    assert jobs.retention() == 3
    assert jobs.retention() == 0
    row = Delivery.objects.filter(issue=issue).first()
    assert (row.name, row.reply, row.state) == ("", "250", "sent")
    assert row.address.endswith("@erased.invalid")
