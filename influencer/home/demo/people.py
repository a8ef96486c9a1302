"""The people of the demo: the sign-ins, the team, and about sixty participants in three generations."""

import random
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from core.journal.models import Entry
from core.people.models import User
from core.people.welcome import VALID
from influencer.home.demo import texts
from programs.consents import notices
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.consents.services import person_ref
from programs.generations.models import Generation, Headcount, Invitation, InvitationState, Participant, Span, StepDone
from programs.generations.tokens import hash_of, token_of
from programs.membership.models import Membership, Program, Role

OPEN_INVITATIONS = 3
SIGN_INS = ("manager", "influencer", "influencer2", "coach", "team", "executive", "council", "guest", "admin")
TEAM_WORDS = {  # words of both languages
    "manager": ("Onboarding, Feedback", True),
    "coach": ("Coaching", True),
    "deputy": ("Community, Events", True),
    "mentor": ("Mentoring", True),
}


def instant(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())


def sign_ins(password: str) -> dict[str, User]:
    """One account per role, all with the same password."""
    hashed = make_password(password)
    rows = texts.cast("nordwerk")
    users = {}
    for role in SIGN_INS:
        row = rows[role]
        users[role] = User.objects.create(
            email=f"{role}@demo.example",
            name=f"{row['first']} {row['last']}",
            language=row["language"],
            password=hashed,
            is_superuser=role == "admin",
        )
    return users


def team(program: Program, users: dict[str, User], company: str) -> None:
    """The roles around the participants; the second company has its own people, with the same kinds of roles."""
    for role, row in texts.cast(company).items():
        if role in ("influencer", "influencer2", "admin"):
            continue
        user = users.get(role) if company == "nordwerk" or role == "manager" else None
        user = user or make_person(row, texts.company(company)["mail_domain"])
        words, is_contact = TEAM_WORDS.get(role, ("", False))
        roles = {"deputy": Role.MANAGER, "mentor": Role.COACH}
        Membership.objects.update_or_create(
            program=program,
            user=user,
            role=roles.get(role, role),
            defaults={"is_contact": is_contact, "contact_for": words},
        )


def backdate(program: Program) -> None:
    """The program was set up when it began, and people joined when they did; not on the day the demo was loaded."""
    Entry.objects.filter(program_id=program.pk).update(at=instant(program.start_on))
    Membership.objects.filter(program=program).update(since=instant(program.start_on))
    for participant in Participant.objects.filter(program=program):
        own = Membership.objects.filter(program=program, user=participant.user_id, role=Role.INFLUENCER)
        own.update(since=instant(participant.joined_on))


def vouch_for_addresses() -> None:
    """The addresses of the demo's people are known to be theirs."""
    known = User.objects.filter(emailaddress=None)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in known
    )


def _address(row: dict[str, Any], domain: str) -> str:
    plain = unicodedata.normalize("NFKD", f"{row['first']}.{row['last']}".replace("ß", "ss").replace("ø", "o"))
    address = "".join(c for c in plain.lower() if c.isascii() and (c.isalnum() or c in ".-"))
    return f"{row.get('mail', address)}@{domain}"


def make_person(row: dict[str, Any], domain: str) -> User:
    return User.objects.create(
        email=_address(row, domain),
        name=f"{row['first']} {row['last']}",
        language=row["language"],
        password=_password_nobody_knows(),
    )


@cache
def _password_nobody_knows() -> str:
    """One for all of them: to make one takes its time."""
    return make_password(secrets.token_urlsafe(32))


def participants(
    program: Program, generations: list[tuple[Generation, int]], known: dict[str, User], rng: random.Random, today: date
) -> list[Participant]:
    """Fill the generations; a few people pause, a few have left, as it happens."""
    company = "nordwerk" if known else "alpina"
    pool = iter(texts.people(company))
    domain = texts.company(company)["mail_domain"]
    made = []
    for index, (generation, size) in enumerate(generations):
        users = [known[key] for key, place in (("influencer", 0), ("influencer2", 1)) if known and place == index]
        users += [make_person(row, domain) for row in (next(pool) for _ in range(size - len(users)))]
        for user in users:
            made.append(_participant(program, generation, user, rng, today, is_cast=user in known.values()))
    _invite(generations[-1][0], list(islice(pool, OPEN_INVITATIONS)), domain, today)
    return made


def _invite(generation: Generation, rows: list[dict[str, Any]], domain: str, today: date) -> None:
    """Some have not made up their minds yet; their mails went out a few days ago."""
    contact = generation.contact
    for days, row in enumerate(rows, start=3):
        sent_at = instant(today - timedelta(days=days))
        invitation = Invitation.objects.create(
            program_id=generation.program_id,
            generation=generation,
            email=_address(row, domain),
            name=f"{row['first']} {row['last']}",
            language=row["language"],
            token_hash=row["last"],  # until the number is known
            state=InvitationState.SENT,
            sent_at=sent_at,
            valid_until=sent_at + VALID,
            invited_by=contact.user if contact else None,
        )
        invitation.token_hash = hash_of(token_of(invitation.pk))
        invitation.save(update_fields=["token_hash"])


def _participant(
    program: Program, generation: Generation, user: User, rng: random.Random, today: date, *, is_cast: bool
) -> Participant:
    joined = generation.start_on + timedelta(days=rng.randrange(0, 10))
    joined = min(joined, today)
    Membership.objects.create(program=program, user=user, role=Role.INFLUENCER)
    chance = rng.random()
    weeks = (today - joined).days // 7
    state = "active" if is_cast or weeks < 12 or chance > 0.12 else "paused" if chance > 0.05 else "left"
    left = joined + timedelta(weeks=weeks * 3 // 4) if state == "left" else None
    participant = Participant.objects.create(
        program=program, generation=generation, user=user, state=state, joined_on=joined, left_on=left
    )
    if state == "left":
        Membership.objects.filter(program=program, user=user).update(ended_at=instant(left or today))
    end = left or (today - timedelta(weeks=3) if state == "paused" else None)
    Span.objects.create(participant=participant, start_on=joined, end_on=end)
    _consent(program, user, rng, joined, left, is_cast=is_cast)
    steps = list(generation.steps.all())
    done = len(steps) if weeks > 10 else min(len(steps), 2 + weeks)
    if is_cast:
        done = min(done, len(steps) - 2)
    StepDone.objects.bulk_create(
        StepDone(step=step, participant=participant, at=instant(min(joined + timedelta(days=5 * place), today), 12))
        for place, step in enumerate(steps[:done])
    )
    return participant


@contextmanager
def of_earlier_days() -> Iterator[None]:
    """The ledger dates its lines itself. Only the owner of the tables can look away while the demo gets its past."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE programs_consentevent DISABLE TRIGGER consent_line_is_new")
        yield
        cursor.execute("ALTER TABLE programs_consentevent ENABLE TRIGGER consent_line_is_new")


def _consent(
    program: Program, user: User, rng: random.Random, joined: date, left: date | None, *, is_cast: bool
) -> None:
    shares = {
        Purpose.PARTICIPATION: 1.0,
        Purpose.OWN_FIGURES: 0.9,
        Purpose.GROUP_FIGURES: 0.92,
        Purpose.TEAM_SEES_ONBOARDING: 0.6,
        Purpose.NEWSLETTER: 0.95,
    }
    chosen = [purpose for purpose, share in shares.items() if is_cast or rng.random() < share]
    rows = [(purpose, Action.GRANTED, joined, "invitation") for purpose in chosen]
    if left:
        rows += [(purpose, Action.WITHDRAWN, left, "leave") for purpose in chosen]
    events = [
        ConsentEvent(
            program=program,
            user=user,
            person_ref=person_ref(user),
            purpose=purpose,
            action=action,
            notice_version=notices.version(),
            text_sha256=notices.purpose(purpose).sha256(user.language),
            language=user.language,
            channel=channel,
            number=1 if action == Action.GRANTED else 2,
            at=instant(on),
        )
        for purpose, action, on, channel in rows
    ]
    ConsentEvent.objects.bulk_create(events)


def headcounts(cohorts: Iterable[tuple[Generation, int]], today: date) -> None:
    """What the clock would have counted when each month began, had it run."""
    for generation, _size in cohorts:
        month = generation.start_on
        while month <= today:
            rows = generation.participants.filter(joined_on__lte=month)
            there = rows.filter(Q(left_on=None) | Q(left_on__gt=month)).count()
            if rows:
                Headcount.objects.create(
                    generation=generation, month=month.replace(day=1), counted_on=month, joined=len(rows), there=there
                )
            month = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
