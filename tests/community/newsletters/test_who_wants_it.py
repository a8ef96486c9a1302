"""Who gets an issue is asked twice: of a whole program when its ledger is written, and of each person in the moment
before the mail. Both answer the same, whatever is known of people."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from community.newsletters import keys, ledger
from community.newsletters.models import Delivery, Suppression
from core.notify.models import Bouncing
from core.people.models import User
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.consents.services import person_ref
from programs.membership.models import Membership, Program, Role
from tests.factories.newsletters import make_issue
from tests.world import make_program

PEOPLE = 90

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(4))
def test_a_program_at_once_and_each_person_alone_are_the_same_people(seed: int, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = ["a former key " * 4]
    chance = random.Random(seed)
    programs = [
        make_program(),
        Program.objects.create(slug="else", name="Else", company_name="Else AG", start_on="2026-01-01"),
    ]
    people = [_somebody(number, chance, programs) for number in range(PEOPLE)]
    for program in programs:
        alone = [person.pk for person in people if _wants_it(program, person)]
        assert 5 < len(alone) < PEOPLE / 2, "a world in which some want it"
        issue = make_issue(program)
        assert ledger.fill(issue) == len(alone) == len(ledger.audience(program.pk))
        rows = Delivery.objects.filter(issue=issue)
        assert sorted(rows.values_list("user_id", flat=True)) == sorted(alone)
        rows.filter(user_id__in=alone[:2]).delete()
        assert ledger.fill(issue) == 2, "once more writes what is missing"


def _somebody(number: int, chance: random.Random, programs: list[Program]) -> User:
    address = f"{chance.choice(['Reader', 'reader'])}{number}@example.com"
    person = User.objects.create(email=address, is_active=chance.random() < 0.9)
    for program in programs:
        for ended in chance.choice([[False], [False], [True], [True, False], []]):
            ended_at = timezone.now() if ended else None
            role = Role.EXECUTIVE if ended else Role.INFLUENCER
            Membership.objects.create(program=program, user=person, role=role, ended_at=ended_at)
        for purpose in (Purpose.NEWSLETTER, Purpose.NEWSLETTER, Purpose.OWN_FIGURES):
            for _line in range(chance.choice([0, 1, 1, 2, 3])):
                _line_of(program, person, purpose)
        if chance.random() < 0.2:
            mark = chance.choice(keys.address_hashes(person.email))
            Suppression.objects.create(program=program, address_hash=mark, reason="bounce")
    if chance.random() < 0.3:
        back = chance.choice([address.upper(), address, f"former{number}@example.com"])
        until = timezone.now() + timedelta(days=chance.choice([-1, 1]))
        Bouncing.objects.create(person=person, address=back, last_at=timezone.now(), until=chance.choice([until, None]))
    return person


def _line_of(program: Program, person: User, purpose: Purpose) -> None:
    """The next line of the ledger: granted and withdrawn in turns, as the database asks."""
    before = ConsentEvent.objects.filter(program=program, user=person, purpose=purpose).count()
    ConsentEvent.objects.create(
        program=program,
        user=person,
        person_ref=person_ref(person),
        purpose=purpose,
        action=Action.WITHDRAWN if before % 2 else Action.GRANTED,
        notice_version=1,
        text_sha256="0" * 64,
        language="de",
        channel="settings",
    )


def _wants_it(program: Program, person: User) -> bool:
    """What `mark` asks in the moment before the mail."""
    wants = ledger.WANTS_IT.format(program="%s", person="person.id")
    sql = f"SELECT 1 FROM {ledger.TABLES['person']} person WHERE person.id = %s AND {wants}"  # noqa: S608  # our own
    with connection.cursor() as cursor:
        cursor.execute(sql, [person.pk, program.pk, program.pk])
        asked = cursor.fetchone() is not None
    hashes = keys.address_hashes(person.email)
    return asked and not Suppression.objects.filter(program=program, address_hash__in=hashes).exists()
