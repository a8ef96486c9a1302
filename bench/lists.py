"""Pages of a program with 5,000 people, items, reviews and decisions, as many lines of the ledger and the log (each
with what was there before and after) and 100,000 deliveries, against a bare page: the same middleware, the same markup
with its values at hand, and 8 plain queries. Who looks at what is stored about themselves has 5,000 rows of each of
four kinds."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from analytics.activities.models import Activity
from analytics.channels.services import ensure_personal_account
from analytics.metrics.models import Grain, Metric, Post, Reading, Segment
from bench.freezing import ask_plainly, counted, frozen
from bench.harness import Report, side_by_side
from community.newsletters.models import Delivery, DeliveryState, Issue, IssueState
from core.journal.changes import key_of
from core.journal.models import Entry
from core.people.models import User
from programs.checklists.models import Item
from programs.checklists.verbs import ChecklistsVerb
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.generations.models import Participant, Span
from programs.handbook.models import Decision
from programs.membership import access
from programs.membership.models import Membership, Program, Role
from programs.phases.models import Milestone
from programs.reviews.models import Review, ReviewAction

NAME = "lists"
ROWS = 5_000
ISSUES = 20
QUERIES = 8
TARGET, OF_PEOPLE = 1.5, 1.4  # a list of people is read most often
EACH = 2  # requests per sample
#: What is looked at: a name, who looks, the page below the program, and the module whose `render` draws it.
PAGES = (
    ("generations", "manager", "people/", "programs.generations.views"),
    ("people of a generation", "manager", "people/{generation}/", "core.lists.views"),
    ("log", "council", "council/log/", "core.lists.views"),
    ("timeline", "manager", "timeline/", "programs.checklists.views"),
    ("checklists", "manager", "checklists/", "core.lists.views"),
    ("board", "manager", "checklists/board/", "programs.checklists.views"),
    ("newsletters", "manager", "newsletters/", "community.newsletters.views"),
    ("home of the program", "manager", "", "influencer.home.views"),
    ("home of the council", "council", "", "influencer.home.views"),
    ("home of who takes part", "influencer", "", "influencer.home.views"),
    ("what is stored about me", "influencer", "privacy/", "influencer.privacy.views"),
    # Last: a review of each day would be on the timeline, too.
    ("reviews", "manager", "reviews/", "core.lists.views"),
    ("decisions", "manager", "handbook/decisions/", "core.lists.views"),
)
_shown: dict[str, tuple[str, dict[str, Any]]] = {}


def bare(request: HttpRequest, number: int) -> HttpResponse:
    template, context = _shown[PAGES[number][0]]
    ask_plainly(request, QUERIES)
    return render(request, template, context)


urlpatterns = [path("bare/<int:number>/", bare), path("", include("influencer.urls"))]


def run(report: Report) -> None:
    call_command("demo", stdout=io.StringIO())
    settings.ROOT_URLCONF = "bench.lists"
    program = next(iter(access.roles_by_program(User.objects.get(email="manager@demo.example"))))
    generation = program.generations.order_by("-number").first()
    _fill(program, generation)
    _fill_own(program, User.objects.get(email="influencer@demo.example"))
    _analyze()
    for number, (name, role, below, module) in enumerate(PAGES):
        if name == "reviews":
            _fill_reviews(program, timezone.localdate())
            _analyze()
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(User.objects.get(email=f"{role}@demo.example"))
        address = f"/p/{program.slug}/{below.format(generation=generation.pk)}"
        client.get(address)  # a look that is noted is noted now
        _shown[name] = frozen(module, client, address)
        ours, asked = counted(client, address)
        theirs, plain = counted(client, f"/bare/{number}/")
        assert plain == QUERIES, f"{name}: the bare page asks {plain} times"
        assert ours.status_code == theirs.status_code == 200, (name, ours.status_code, theirs.status_code)
        difference = abs(len(ours.content) - len(theirs.content)) / len(ours.content)
        assert difference < 0.02, f"{name}: the bare page has other markup ({difference:.0%})"
        got, limit = side_by_side(
            lambda client=client, address=address: client.get(address),
            lambda client=client, number=number: client.get(f"/bare/{number}/"),
            each=EACH,
        )
        report.page(f"{name} at {ROWS:,} rows", got, limit, OF_PEOPLE if name.startswith("people") else TARGET)
        report.line(f"{name}: queries", [asked], "queries", [QUERIES], 1.0)


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill(program: Program, generation: Any) -> None:
    """People with a role, a place and a consent; items of all phases; lines of the log."""
    users = User.objects.bulk_create(User(email=f"row{n}@example.com", name=f"Person {n}") for n in range(ROWS))
    Membership.objects.bulk_create(Membership(user=user, program=program, role=Role.INFLUENCER) for user in users)
    joined = timezone.localdate() - timedelta(days=60)
    people = Participant.objects.bulk_create(
        Participant(program=program, generation=generation, user=user, joined_on=joined) for user in users
    )
    Span.objects.bulk_create(Span(participant=each, start_on=joined) for each in people)
    ConsentEvent.objects.bulk_create(_consents(program, users))
    phases = list(program.phases.all())
    manager = User.objects.get(email="manager@demo.example")
    items = Item.objects.bulk_create(
        Item(
            program=program,
            phase=phases[n % len(phases)],
            position=1_000 + n,
            title={"de": f"Punkt {n}", "en": f"Item {n}"},
            due_on=joined + timedelta(days=n % 300),
        )
        for n in range(ROWS)
    )
    Entry.objects.bulk_create(
        Entry(program_id=program.pk, actor=manager, verb=ChecklistsVerb.ITEM_CHANGED, subject_type="item",
              subject_id=item.pk, data={"changes": _changes(number, users)})
        for number, item in enumerate(items)
    )  # fmt: skip
    issues = Issue.objects.bulk_create(
        Issue(program=program, number=1_000 + number, subject={"de": f"Ausgabe {number}", "en": f"Issue {number}"},
              state=IssueState.SENT, scheduled_at=timezone.now(), finished_at=timezone.now())
        for number in range(ISSUES)
    )  # fmt: skip
    Delivery.objects.bulk_create(
        (
            Delivery(program=program, issue=issue, user=user, address=user.email, language="de",
                     message_id=f"{issue.pk}-{user.pk}", state=DeliveryState.SENT, sent_at=timezone.now())
            for issue in issues for user in users
        ), batch_size=ROWS,
    )  # fmt: skip


def _fill_reviews(program: Program, since: date) -> None:
    """A review a day with an action each, and as many decisions."""
    review = Milestone.Kind.REVIEW
    dates = Milestone.objects.bulk_create(
        Milestone(program=program, kind=review, title={"en": f"Review {n}"}, on=since - timedelta(days=n))
        for n in range(ROWS)
    )
    records = Review.objects.bulk_create(Review(milestone=each) for each in dates)
    ReviewAction.objects.bulk_create(ReviewAction(review=each, text="Something to do") for each in records)
    last = program.decisions.aggregate(last=Max("number"))["last"] or 0
    Decision.objects.bulk_create(
        Decision(program=program, number=last + 1 + n, decided_on=since, text={"en": f"Decision {n}"})
        for n in range(ROWS)
    )


def _changes(number: int, users: list[User]) -> dict[str, list[Any]]:
    """A day, words in languages, and who it was given to: all that the log has to put into words."""
    return {
        key_of(Item, "due_on"): ["2026-03-01", "2026-04-01"],
        key_of(Item, "title"): [{"de": f"Alt {number}", "en": f"Old {number}"}, {"de": f"Neu {number}"}],
        key_of(Item, "owner"): [users[number].pk, users[number - 1].pk],
    }


def _fill_own(program: Program, person: User) -> None:
    """What somebody leaves behind who was very busy for years."""
    today = timezone.localdate()
    account = ensure_personal_account(person, program)
    days = [today - timedelta(days=number) for number in range(ROWS)]
    Activity.objects.bulk_create(
        Activity(program=program, user=person, on=each, note="Ein Satz dazu.") for each in days
    )
    Reading.objects.bulk_create(
        Reading(program=program, account=account, metric=Metric.IMPRESSIONS, segment=Segment.MOBILE, grain=Grain.DAY,
                period_start=each, period_end=each + timedelta(days=1), value=100, as_of=timezone.now(), run_id=0)
        for each in days
    )  # fmt: skip
    Post.objects.bulk_create(
        Post(program=program, account=account, created_on=each, title="Ein Beitrag") for each in days
    )
    ConsentEvent.objects.bulk_create(
        each for number in range(ROWS // 2) for each in _there_and_back(program, person, number)
    )


def _there_and_back(program: Program, person: User, number: int) -> Iterator[ConsentEvent]:
    purpose = (Purpose.GROUP_FIGURES, Purpose.NEWSLETTER)[number % 2]
    for action in (Action.WITHDRAWN, Action.GRANTED):
        event = next(_consents(program, [person]))
        event.purpose, event.action = purpose, action
        yield event


def _consents(program: Program, users: list[User]) -> Iterator[ConsentEvent]:
    for user in users:
        yield ConsentEvent(
            program=program,
            user=user,
            person_ref=f"row{user.pk}",
            purpose=Purpose.GROUP_FIGURES,
            action=Action.GRANTED,
            notice_version=1,
            text_sha256="0" * 64,
            language="de",
            channel="invitation",
        )
