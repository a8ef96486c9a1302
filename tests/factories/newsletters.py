"""Newsletters: a draft, a scheduled, a running and a sent issue, and people who want them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from community.newsletters import ledger, letters
from community.newsletters.models import Delivery, DeliveryState, Issue, IssueState, NewsletterPart, NewsletterTemplate
from community.newsletters.models_audiences import SavedAudience
from core.people.models import User
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.consents.services import grant, person_ref
from programs.membership.models import Membership, Program, Role
from tests.in_words import folded

ORDER = 60


def make_issue(program: Program, by: User | None = None, **fields: Any) -> Issue:
    last = Issue.objects.filter(program=program).order_by("-number").first()
    fields = {
        "number": last.number + 1 if last else 1,
        "subject_de": "Was gewirkt hat",
        "subject_en": "What worked",
        "body_de": "# Grüße\n\nGuten Tag {{first_name}},\n\nein [Link](https://nordwerk.example/x).",
        "body_en": "# Greetings\n\nHello {{first_name}},\n\na [link](https://nordwerk.example/x).",
        "created_by": by,
    } | fields
    return Issue.objects.create(program=program, **folded(fields))


def make_running(program: Program, **fields: Any) -> Issue:
    """An issue whose sending has just begun, with a row for everybody who wants it."""
    issue = make_issue(program, **fields)
    issue.frozen = letters.freeze(issue, date.today())
    issue.state, issue.started_at = IssueState.SENDING, timezone.now()
    issue.save()
    ledger.fill(issue)
    return issue


def make_sent(program: Program, **fields: Any) -> Issue:
    issue = make_running(program, **fields)
    Delivery.objects.filter(issue=issue).update(state=DeliveryState.SENT, sent_at=timezone.now(), attempts=1)
    issue.state, issue.finished_at = IssueState.SENT, timezone.now()
    issue.save()
    return issue


def make_readers(program: Program, count: int, prefix: str = "reader") -> list[User]:
    """People of the program who want the newsletter, many at once; every third reads English."""
    people = User.objects.bulk_create(
        User(
            email=f"{prefix}{n}@example.com",
            name=f"Zoë{n} Müller",
            language="en" if n % 3 == 0 else "de",
            password="!",
        )
        for n in range(count)
    )
    Membership.objects.bulk_create(Membership(program=program, user=each, role=Role.INFLUENCER) for each in people)
    ConsentEvent.objects.bulk_create(
        ConsentEvent(
            program=program,
            user=each,
            person_ref=person_ref(each),
            purpose=Purpose.NEWSLETTER,
            action=Action.GRANTED,
            notice_version=1,
            text_sha256="0" * 64,
            language=each.language,
            channel="invitation",
        )
        for each in people
    )
    return people


def furnish(world: Any) -> None:
    for person in (world.influencer, world.influencer2, world.executive):
        grant(world.program, [Purpose.NEWSLETTER], by=person, channel="settings")
    world.sent_issue = make_sent(world.program, by=world.manager)
    world.running_issue = make_running(world.program, by=world.manager)
    world.planned_issue = make_issue(
        world.program,
        by=world.manager,
        state=IssueState.SCHEDULED,
        scheduled_at=timezone.now() + timedelta(days=2),
    )
    world.draft_issue = make_issue(world.program, by=world.manager)
    world.newsletter_template = NewsletterTemplate.objects.create(
        program=world.program, name="Our month", subject={"en": "Our month"}, body={"en": "Hello {{first_name}}"}
    )
    world.newsletter_part = NewsletterPart.objects.create(program=world.program, name="Greeting", body={"en": "Bye"})
    world.audience = SavedAudience.objects.create(program=world.program, name="Taking part", to_roles=["influencer"])
    world.foreign_issue = make_issue(world.other_program, by=world.stranger)
