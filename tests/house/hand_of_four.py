"""A program over twelve months beside a manager who controls four accounts: who is in it, what happens each month.

`test_year_of_pages.py` reads it through the site's addresses. What people do goes through the services.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from analytics.activities import services as activities
from analytics.channels.models import Account
from analytics.kpis.weeks import monday_of, thursday_of
from analytics.metrics.models import Metric
from community.events import answering, news
from core.people.models import User
from programs.consents import services as consents
from programs.consents.models import Purpose
from programs.generations import services as generations
from programs.guidelines import services as guidelines
from programs.membership.access import Ability, can
from programs.membership.models import HISTORY, Membership
from tests.factories import kpis as make
from tests.factories.events import make_event

REAL, OWN, MONTHS = 30, 4, 12
LOWEST, HIGHEST = 10**9, 10**11  # figures so large that no sum meets one by chance
OWN_FIGURE = 7 * 10**11
CHOICES = (Purpose.NEWSLETTER, Purpose.OWN_FIGURES)


class Year:
    def __init__(self, world: Any, seed: int) -> None:
        self.world, self.program, self.dice = world, world.program, random.Random(seed)
        self.secrets: set[int] = set()
        self.joined = world.today - HISTORY - timedelta(days=40)
        self.weeks = [monday_of(world.today) + timedelta(weeks=week) for week in range(-6, 4 * MONTHS)]
        self.generation = make.make_generation(self.program, 9, self.joined)
        self.others = [self.add(f"Other {number}") for number in range(REAL)]
        # Her four are in a generation with a single other person.
        self.generation = make.make_generation(self.program, 10, self.joined)
        self.own = [self.add(f"Own {number}", own=True) for number in range(OWN)]
        self.beside = self.add("Beside")
        self.generation = self.program.generations.get(number=9)
        Membership.objects.filter(program=self.program).update(since=timezone.now() - timedelta(days=60))
        self.event = make_event(self.program, on=world.today + timedelta(days=380))

    def add(self, name: str, *, own: bool = False) -> User:
        user = make.make_person(self.program, self.generation, name, joined_on=self.joined)
        User.objects.filter(pk=user.pk).update(language="en")
        figures = {week: OWN_FIGURE if own else self.dice.randint(LOWEST, HIGHEST) for week in self.weeks}
        if not own:
            self.keep_secret(figures)
        weeks = {week: {Metric.IMPRESSIONS: figure} for week, figure in figures.items()}
        make.make_figures(make.make_account(self.program, user), weeks)
        return user

    def keep_secret(self, figures: dict[date, int]) -> None:
        """What nobody may be left with: a person's week, a person's month."""
        months: Counter[tuple[int, int]] = Counter()
        for week, figure in figures.items():
            months[thursday_of(week).year, thursday_of(week).month] += figure
        self.secrets |= {*figures.values(), *months.values()}

    def own_change(self, month: int) -> None:
        """All she controls agree to everything, or take it back, so that a sum stands where she wants it."""
        for number, user in enumerate(self.own):
            self.decide(user, (*CHOICES, Purpose.GROUP_FIGURES), agrees=number < (month * 3) % (OWN + 1))

    def something_public(self, month: int) -> None:
        """Somebody pauses, comes back, leaves, or joins: the manager knows of it by name."""
        leaves = self.others[-1 - month]
        if month % 3 == 0:
            generations.leave(leaves.participations.get(program=self.program), by=leaves)
        elif month % 3 == 1:
            self.add(f"New {month}")
        else:
            generations.pause(leaves.participations.get(program=self.program), by=leaves)

    def invite(self, readers: Iterable[User], month: int) -> None:
        """Everybody is asked to a date, of which devices, mails and calendars tell at once."""
        date = make_event(self.program, title_en=f"Date {month}", on=timezone.localdate() + timedelta(days=20))
        news.tell_invited([date], but=Q(pk=None))
        for person in (*readers, self.own[0]):
            if can(person, Ability.JOIN_EVENTS, self.program):
                answering.answer(date, choice="yes", person=person)

    def act(self, person: User, month: int) -> None:
        """One person's month that nobody is told of."""
        self.decide(person, CHOICES, agrees=month % 4 != 3)
        guidelines.accept(self.world.guideline_version, by=person)
        answering.answer(self.event, choice="no", person=person)
        activities.log_activity(self.program, {"on": timezone.localdate(), "minutes": 45}, by=person)

    def take_figures_back(self, person: User) -> None:
        """Once figures of the week were published: late ones come, and all of this person's go."""
        account = Account.objects.get(program=self.program, user=person)
        late = {week: {Metric.ENGAGEMENTS: self.dice.randint(LOWEST, HIGHEST)} for week in self.weeks[:3]}
        make.make_figures(account, late)
        self.decide(person, [Purpose.GROUP_FIGURES], agrees=False)

    def decide(self, person: User, purposes: Iterable[str], *, agrees: bool) -> None:
        do = consents.grant if agrees else consents.withdraw
        do(self.program, purposes, by=person, channel="settings")


def mondays(today: date) -> Iterator[tuple[int, date]]:
    for month in range(MONTHS):
        yield month, monday_of(today) + timedelta(weeks=4 * month + 1)
