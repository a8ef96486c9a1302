"""Whatever happens in whatever order: nobody gets a letter twice, two on a day, three in a week, or one while they are
away. People join, pause, return, withdraw and leave; journeys are turned on and off, changed, deleted, brought back and
made once more; days go by."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from community.journeys import jobs, queries, services
from community.journeys.models import Journey, JourneyLetter, JourneySending
from core.notify.models import OutgoingMail
from programs.consents.models import Purpose
from programs.consents.services import grant, withdraw
from programs.generations import services as generations
from programs.generations.models import Participant, Span
from tests.factories.generations import make_generation, make_participant
from tests.factories.journeys import make_journey, make_letter
from tests.world import make_program, make_user

MORNING = datetime(2026, 3, 23, 9, tzinfo=UTC)  # a week before the clocks change
OPPOSITE = {"resume": "pause", "grant": "withdraw"}
NUMBERS = st.integers(0, 99)


class JourneyMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now, self.names = MORNING, 0
        self.program, self.leader = make_program(), make_user("leader")
        self.generation = make_generation(self.program)
        self.why_away: dict[int, set[str]] = defaultdict(set)  # a reason ends with its opposite, leaving never
        self.got: list[tuple[int, Any, date]] = []  # person, key of the letter, day
        for start in ("joined", "returned"):
            journey = make_journey(self.program, start=start, on_since=MORNING.date())
            for day in (0, 2, 7):
                make_letter(journey, days=day)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def do(self, what: Callable[..., Any], *which: Any, **more: Any) -> bool:
        """Whether it went. What does not go is said, and changes nothing."""
        try:
            with time_machine.travel(self.now, tick=False), transaction.atomic():
                what(*which, **more)
        except ValidationError:
            return False
        return True

    def one(self, rows: Any, number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    @rule()
    def somebody_joins(self) -> None:
        self.names += 1
        with time_machine.travel(self.now, tick=False):
            row = make_participant(make_user(f"person{self.names}"), self.generation, Purpose.NEWSLETTER)
        Participant.objects.filter(pk=row.pk).update(joined_on=self.now.date())
        Span.objects.filter(participant=row).update(start_on=self.now.date())

    @rule(number=NUMBERS, what=st.sampled_from(["pause", "resume", "leave", "withdraw", "grant"]))
    def somebody_decides(self, number: int, what: str) -> None:
        row = self.one(Participant.objects.filter(left_on=None), number)
        if row is None:
            return
        if what in ("withdraw", "grant"):
            decide = {"withdraw": withdraw, "grant": grant}[what]
            went = self.do(decide, self.program, [Purpose.NEWSLETTER], by=row.user, channel="settings")
        else:
            went = self.do(getattr(generations, what), row, by=row.user)
        if went and what in OPPOSITE:
            self.why_away[row.user_id].discard(OPPOSITE[what])
        elif went:
            self.why_away[row.user_id].add(what)
        self.go_on(hours=24)

    @rule(number=NUMBERS, what=st.sampled_from(["turn_on", "turn_off", "delete_journey", "restore_journey"]))
    def a_journey_changes(self, number: int, what: str) -> None:
        is_away = what == "restore_journey"
        journey = self.one(Journey.objects.filter(deleted_at__isnull=not is_away), number)
        if journey:
            self.do(getattr(services, what), journey, by=self.leader)

    @rule(number=NUMBERS, days=st.integers(0, 10), what=st.sampled_from(["change", "delete_letter", "restore_letter"]))
    def a_letter_changes(self, number: int, days: int, what: str) -> None:
        is_away = what == "restore_letter"
        letter = self.one(JourneyLetter.objects.filter(deleted_at__isnull=not is_away), number)
        if letter and what == "change":
            text = {"subject": {"en": "Other"}, "body": {"en": "Other"}, "unless": ""}
            self.do(services.change_letter, letter, days=days, version=letter.version, by=self.leader, **text)
        elif letter:
            self.do(getattr(services, what), letter, by=self.leader)

    @rule()
    def the_welcome_is_added_and_turned_on(self) -> None:
        def add() -> None:
            services.turn_on(services.make_welcome(self.program, by=self.leader), by=self.leader)

        self.do(add)

    @precondition(lambda self: self.names)
    @rule(hours=st.sampled_from([0, 1, 24, 24, 24, 72, 240]))
    def time_goes_by(self, hours: int) -> None:
        self.go_on(hours)

    def go_on(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        before = set(OutgoingMail.objects.values_list("pk", flat=True))
        with time_machine.travel(self.now, tick=False):
            jobs.sweep()
        for mail in OutgoingMail.objects.filter(reason="journeys.letter").exclude(pk__in=before):
            sending = JourneySending.objects.select_related("letter__journey").get(pk=mail.reference)
            assert not self.why_away[sending.person_id]
            assert sending.letter.journey.is_on
            assert not sending.letter.journey.deleted_at
            assert not sending.letter.deleted_at
            self.got.append((sending.person_id, sending.key, sending.on))
        assert max(Counter((person, key) for person, key, _on in self.got).values(), default=0) <= 1
        assert max(Counter((person, on) for person, _key, on in self.got).values(), default=0) <= 1
        for person, _key, day in self.got:
            week = [on for who, _, on in self.got if who == person and day <= on < day + queries.WEEK]
            assert len(week) <= queries.MOST_IN_A_WEEK


@pytest.mark.django_db
def test_no_order_of_events_repeats_a_letter_or_follows_who_left() -> None:
    run_state_machine_as_test(
        JourneyMachine,
        settings=settings(
            max_examples=6,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # what failed is printed as it was: making it shorter takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
