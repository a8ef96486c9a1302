"""While a quick mail server takes in a mail, the next one is decided on already. Nobody gets two for that, and who
withdraws or pauses meanwhile is heard."""

import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from community.newsletters import ledger, marking
from community.newsletters.models import Delivery, Issue, IssueState
from community.newsletters.senders import Sender
from core.kit.smtp import Envelope, Reply, SmtpSilence, SmtpUnreachable
from programs.consents.services import withdraw
from tests.factories.newsletters import make_readers, make_running

READY, TAKEN = Reply(354, "go"), Reply(250, "taken")
PEOPLE = 6


class Server:
    """A mail server within the test: what was done, in order. What `on_body` answers is the answer to a mail."""

    def __init__(self, on_body: Callable[[str], Reply | None] = lambda to: None) -> None:
        self.done: list[tuple[str, str]] = []
        self.on_body = on_body
        self.refuses: dict[str, Reply] = {}
        self.now = ""

    def begin(self, envelope: Envelope) -> Reply:
        self.now = envelope.recipient
        return self.refuses.get(self.now, READY)

    def deliver(self, data: bytes, *, then: Envelope | None = None, meanwhile: Any = None) -> Reply:
        self.done.append(("body", self.now))
        answer = self.on_body(self.now)
        if meanwhile is not None:
            meanwhile()
        return answer or TAKEN

    def drop(self) -> None:
        """Nothing is held."""

    def close(self) -> None:
        """Nothing is held."""

    @property
    def bodies(self) -> list[str]:
        return [who for what, who in self.done if what == "body"]


@pytest.fixture
def issue(program: Any, settings: Any) -> Issue:
    settings.NEWSLETTER_AHEAD = 60_000  # no machine is so slow
    make_readers(program, PEOPLE)
    return make_running(program)


def send(issue: Issue, server: Server, *, turn: Any = None) -> list[ledger.Recipient]:
    rows = ledger.claim(issue.pk, PEOPLE)
    sender = Sender(issue, connect=lambda: server, turn=turn)  # type: ignore[arg-type]  # speaks like a session
    try:
        sender.send(rows)
    finally:
        sender.close()
    return rows


def rows_of(issue: Issue) -> Counter[tuple[str, int]]:
    return Counter(Delivery.objects.filter(issue=issue).values_list("state", "attempts"))


def test_what_was_taken_is_noted_before_the_next_body_goes(issue: Issue, monkeypatch: Any) -> None:
    server, begin, note = Server(), marking.Marking.begin, ledger._note
    address = dict(Delivery.objects.filter(issue=issue).values_list("pk", "address"))

    def begun(self: Any, values: Any) -> None:
        begin(self, values)
        if values[0]:
            server.done.append(("noted", address[int(values[4])]))
        server.done.append(("marked", address[int(values[6])]))

    def noted(outcome: Any, *args: Any, **more: Any) -> None:
        note(outcome, *args, **more)
        server.done.append(("noted", address[outcome.delivery]))

    monkeypatch.setattr(marking.Marking, "begin", begun)
    monkeypatch.setattr(ledger, "_note", noted)
    send(issue, server)
    bodies = server.bodies
    assert len(bodies) == PEOPLE
    place = server.done.index
    for before, then in pairwise(bodies):
        assert place(("body", before)) < place(("noted", before)) < place(("body", then))
    ahead = [then for before, then in pairwise(bodies)
             if place(("marked", then)) < place(("body", before))]  # fmt: skip
    assert ahead == bodies[2:], "from the third on, when the server has shown that it is quick"
    assert rows_of(issue) == {("sent", 1): PEOPLE}


@pytest.mark.parametrize("late", [False, True], ids=["in the same moment", "while the server was slow"])
def test_who_withdraws_while_the_mail_before_is_on_its_way(issue: Issue, settings: Any, late: bool) -> None:
    people = {row.user.email: row.user for row in Delivery.objects.filter(issue=issue).select_related("user")}
    order = sorted(people, key=lambda email: people[email].pk)
    before, who = order[3], order[4]
    gone: list[str] = []

    def on_body(to: str) -> None:
        if to == before and late:
            settings.NEWSLETTER_AHEAD = 1
            time.sleep(0.005)
            gone.append(who)

    server = Server(on_body)
    begin = server.begin

    def withdrawn_then(envelope: Envelope) -> Reply:
        if envelope.recipient == who:  # the answer to the mail before has been read
            withdraw(issue.program, ["newsletter"], by=people[who], channel="one_click")
        return begin(envelope)

    server.begin = withdrawn_then  # type: ignore[method-assign]
    send(issue, server)
    assert (who in server.bodies) is not late
    assert len(server.bodies) == PEOPLE - len(gone)
    if late:
        assert rows_of(issue)[("suppressed", 0)] == 1


class OneMail:
    """A turn that is over when so many bodies are out."""

    def __init__(self, server: Server, most: int) -> None:
        self.server, self.most = server, most

    def is_over(self) -> bool:
        return len(self.server.bodies) >= self.most


def test_what_was_decided_on_and_not_sent_goes_back_and_is_no_try(issue: Issue) -> None:
    server = Server()
    send(issue, server, turn=OneMail(server, 3))
    assert rows_of(issue) == {("sent", 1): 3, ("queued", 0): PEOPLE - 3}


@pytest.mark.parametrize("paused_at", [3, 4])
def test_after_a_pause_at_most_the_one_that_was_decided_on(issue: Issue, paused_at: int) -> None:
    def on_body(to: str) -> None:
        if len(server.bodies) == paused_at:
            paused.append(to)

    server, paused = Server(on_body), []
    begin = server.begin

    def pause_first(envelope: Envelope) -> Reply:
        if paused:
            Issue.objects.filter(pk=issue.pk).update(state=IssueState.PAUSED)
        return begin(envelope)

    server.begin = pause_first  # type: ignore[method-assign]
    send(issue, server)
    assert len(server.bodies) == paused_at + 1
    assert rows_of(issue) == {("sent", 1): paused_at + 1, ("queued", 0): PEOPLE - paused_at - 1}


def test_a_refused_address_that_was_decided_on_is_one_try(issue: Issue) -> None:
    server = Server()
    refused = Delivery.objects.filter(issue=issue).order_by("user_id")[3]
    server.refuses[refused.address] = Reply(550, "no such person")
    send(issue, server)
    refused.refresh_from_db()
    assert (refused.state, refused.attempts, refused.reply) == ("failed", 1, "550 no such person")
    assert rows_of(issue) == {("sent", 1): PEOPLE - 1, ("failed", 1): 1}


def test_a_server_that_falls_silent_leaves_one_in_doubt(issue: Issue) -> None:
    def on_body(to: str) -> None:
        if len(server.bodies) == 4:
            raise SmtpSilence("hung up")

    server = Server(on_body)
    send(issue, server)
    assert rows_of(issue) == {("sent", 1): PEOPLE - 1, ("uncertain", 1): 1}


def test_a_server_that_is_gone_leaves_nobody_marked(issue: Issue) -> None:
    server = Server()
    begin = server.begin

    def gone_at_the_fifth(envelope: Envelope) -> Reply:
        if len(server.bodies) == 4:
            raise SmtpUnreachable("gone")
        return begin(envelope)

    server.begin = gone_at_the_fifth  # type: ignore[method-assign]
    with pytest.raises(SmtpUnreachable):
        send(issue, server)
    assert rows_of(issue) == {("sent", 1): 4, ("queued", 0): 2}


def test_it_can_be_switched_off(issue: Issue, settings: Any, monkeypatch: Any) -> None:
    settings.NEWSLETTER_AHEAD = 0
    server, begin = Server(), marking.Marking.begin
    seen: list[int] = []

    def begun(self: Any, values: Any) -> None:
        begin(self, values)
        seen.append(len(server.bodies))

    monkeypatch.setattr(marking.Marking, "begin", begun)
    send(issue, server)
    assert seen == list(range(PEOPLE)), "each mark comes when the mail before was answered for"
