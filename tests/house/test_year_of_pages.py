"""Twelve months of joining, leaving and withdrawing, read by a manager who controls four accounts.

Each month somebody acts in private. What she, one of her accounts, the works council and the site's administrator can
open is read twice, as if the person had done nothing and as it is: pages, exports, the log's file, PDFs, the mails they
got with all their parts, what their devices were sent, and their calendars by the secret address. Not a byte may
differ, nor the size of an answer or a header, unless four others acted too since it last did. Then the person takes
their figures back, and she reads the file of all once more: of all numbers of the year, and all differences of two,
with her own accounts' part taken off, none may be somebody's week or month.

Every address comes round once a year, new ones without an entry; what would tell with the door open is read each month.
"""

import re
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import combinations
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from analytics.kpis import cost_services
from analytics.kpis import jobs as kpis
from analytics.kpis.publish import Publication
from analytics.reports import queries as reports
from analytics.reports import services as report_services
from analytics.reports.files import KINDS
from analytics.reports.layouts import Block
from community.events import calendar as event_calendar
from community.events import news as event_news
from community.events.models import Answer
from core.disclosure import gate
from core.disclosure.gate import People
from core.disclosure.publication import DEFAULT
from core.news import jobs as news
from core.news import pushing
from core.notify.models import OutgoingMail
from core.push.to_device import Fate, PushReply
from influencer.calendar import services as calendar
from programs.charter.models import BudgetLine
from programs.membership import standing
from tests.databases import forget_cache
from tests.factories.push import make_device
from tests.house.hand_of_four import LOWEST, MONTHS, OWN, OWN_FIGURE, Year, mondays
from tests.house.test_access import ROWS
from tests.house.test_nothing_private import NOISE, Seen, different, head, unpacked

# and what the access table calls them
READERS = {"manager": "manager", "council": "council", "own": "influencer", "admin": "admin"}
TELLING = (
    "analytics:dashboard", "analytics:dashboard_export", "community:issue_edit", "home:start", "privacy:decisions",
    "community:event_detail", "programs:guidelines",
)  # fmt: skip
WATCHED = (
    *TELLING,
    "analytics:costs",
    "operate:health",
    "operate:job",
    "operate:mail",
    "operate:accounts",
    "operate:programs",
    "news:inbox",
)
EDITIONS = (*KINDS, "pdf")
OUTSIDE = ("mails", "devices", "calendar")  # what leaves the site
PART_OF_MAIL = ("reason", "subject", "text", "html", "headers", "calendar", "state", "created_at", "due_at")
FORMS = {  # what else a page is asked for each month, besides the way the access table asks
    "analytics:dashboard_export": (
        "format=xlsx",
        "figure=impressions",
        "months=12",
        "months=12&format=xlsx",
        "figure=staying",
        "figure=forum-health",
        "figure=company-channels",
    ),
    "privacy:log": ("as=csv", "as=xlsx", "as=pdf"),
    "privacy:decisions": ("format=csv", "format=xlsx"),
    "programs:generation_detail": ("format=csv", "format=xlsx"),
}
KPIS = ("media_value", "share_of_voice", "retention", "network_growth")  # whose pages are read each month as well
OPEN = [
    (reader, name)
    for name, row in sorted(ROWS.items())
    for reader, member in READERS.items()
    if row.method == "get" and row.status(member) == 200
]


def read(world: Any, which: list[tuple[str, str]], *, keep: bool) -> Seen:
    """What is at these addresses now. Looking leaves its traces (what was shown stays shown) only where it is kept."""
    seen: Seen = {}
    forget_cache()
    with transaction.atomic():
        news.mail_due()
        for reader in READERS:
            person = getattr(world, reader)
            client = Client(raise_request_exception=False)
            client.force_login(person)
            for name in [name for who, name in which if who == reader]:
                answer = client.get(reverse(name, kwargs=ROWS[name].args(world)), ROWS[name].data(world))
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                seen[reader, name] = head(answer) + NOISE.sub(b"", in_words(body))
            for key in KPIS:
                answer = client.get(reverse("analytics:kpi", args=[world.program.slug, key]))
                seen[reader, f"analytics:kpi {key}"] = head(answer) + NOISE.sub(b"", in_words(answer.content))
            for name, query in [(name, query) for name, queries in FORMS.items() for query in queries]:
                if ROWS[name].status(READERS[reader]) == 200:
                    answer = client.get(f"{reverse(name, kwargs=ROWS[name].args(world))}?{query}")
                    seen[reader, f"{name}?{query}"] = head(answer) + NOISE.sub(b"", in_words(answer.content))
            mails = OutgoingMail.objects.filter(address=person.email).order_by("pk")
            seen[reader, "mails"] = "\n".join(
                f"{part}: {getattr(mail, part)}" for mail in mails for part in PART_OF_MAIL
            ).encode()
            answer = Client().get(world.addresses[reader])
            seen[reader, "calendar"] = head(answer) + answer.content
        seen |= on_devices(world) | edition(world)
        transaction.set_rollback(not keep)
    forget_cache()
    return seen


def on_devices(world: Any) -> Seen:
    """What a worker hands to the push services now: words, for how long, and under which topic."""
    sent: dict[int, list[str]] = {getattr(world, reader).pk: [] for reader in READERS}

    def send(device: Any, told: dict[str, str], *, topic: str, seconds: int, **_: Any) -> PushReply:
        sent.setdefault(device.person_id, []).append(f"{told} {topic} {seconds}")
        return PushReply(Fate.TAKEN)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pushing, "send", send)
        pushing.push_due()
        pushing.send_due()
    return {(reader, "devices"): "\n".join(sent[getattr(world, reader).pk]).encode() for reader in READERS}


def edition(world: Any) -> Seen:
    """A report that she makes of the newest month, once more in each month and after each withdrawal, in every form it
    can be had in. A later edition may tell nothing of the one before."""
    scene = reports.scene_for_report(world.program)
    months = reports.months_to_report(scene)
    assert months, "there is something to report"
    blocks = [block.value for block in Block]
    words = {"headline": {"en": "The month"}, "blocks": blocks, "notes": {}}
    report = report_services.make_report(scene, months[0], words, by=world.manager)
    client = Client(raise_request_exception=False)
    client.force_login(world.manager)
    seen: Seen = {}
    for kind in EDITIONS:
        args = [world.program.slug, report.pk, *([] if kind == "pdf" else [kind])]
        answer = client.get(reverse(f"analytics:report_{'pdf' if kind == 'pdf' else 'data'}", args=args))
        assert answer.status_code == 200
        seen["manager", f"edition as {kind}"] = in_words(answer.content)
    return seen


def in_words(body: bytes) -> bytes:
    if body.startswith(b"%PDF"):
        with suppress(PdfReadError):  # files of the world that only begin like one
            return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages).encode()
    return unpacked(body)


def numbers(seen: Seen) -> set[int]:
    """Large ones, in whatever way they are written."""
    text = b"\n".join(seen.values()).decode(errors="replace")
    written = re.findall(r"(?<!\d)\d{9,}|(?<![\d.,])\d{1,3}(?:[.,\u202f\u00a0'’]\d{3}){2,}(?!\d)", text)
    return {number for each in written if (number := int(re.sub(r"\D", "", each))) < 10**15}


def left_with(found: set[int], secrets: set[int]) -> set[int]:
    """Whose figure is among the numbers she read and the differences of any two, without her own accounts' part."""
    ordered = sorted(number for number in found if number >= LOWEST)
    left = {*ordered, *(after - before for before, after in combinations(ordered, 2))}
    weeks = [weeks * own * OWN_FIGURE for weeks in range(1, 6) for own in range(OWN + 1)]
    near = {secret + away for secret in secrets for away in range(-3, 4)}  # what is said in steps of five
    return {number for number in left for own in weeks if number - own in near or number + own in near}


class Attack:
    """What she was told in a year that she should not have been."""

    def __init__(self, world: Any, months: int = MONTHS) -> None:
        year = Year(world, seed=1)
        BudgetLine.objects.filter(program=world.program).update(actual=Decimal(1000))
        cost_services.set_equivalent(world.program, is_shown=True, per_thousand=Decimal(1000), by=world.manager)
        world.own, world.event = year.own[0], year.event
        readers = [getattr(world, reader) for reader in READERS]
        world.addresses = {
            reader: reverse("calendar:feed", args=[calendar.make_address(person)])
            for reader, person in zip(READERS, readers, strict=True)
        }
        self.told: list[str] = []
        self.found: set[int] = set()
        self.reached: set[tuple[str, str]] = set()  # who got anything at all, and which way
        acted: Counter[tuple[str, str]] = Counter()  # how many people, since it last differed
        for month, day in list(mondays(world.today))[:months]:
            friday, monday = (datetime.combine(on, time(9), UTC) for on in (day - timedelta(days=3), day))
            which = [each for place, each in enumerate(OPEN) if each[1] in WATCHED or place % MONTHS == month]
            with time_machine.travel(friday, tick=False):
                for person in readers:
                    make_device(person)  # sign-ins end within the year
                year.own_change(month)
                year.something_public(month)
                year.invite(readers, month)
            with time_machine.travel(monday, tick=False):
                kpis.publish(world.program, day)
                before = read(world, which, keep=False)
            with time_machine.travel(friday, tick=False):
                year.act(year.others[month], month)
            with time_machine.travel(monday, tick=False):
                kpis.publish(world.program, day)
                after = read(world, which, keep=True)
                year.take_figures_back(year.others[month])
                kpis.publish(world.program, day)
                figures = read(world, [("manager", "analytics:dashboard_export")], keep=True)
            acted.update([*OPEN, *after])
            for reader, name in after:
                if before[reader, name] != after[reader, name]:
                    if acted[reader, name] < DEFAULT:
                        self.told += [f"in month {month}, {line}" for line in different(before, after) if name in line]
                    acted[reader, name] = 0
            self.reached |= {(reader, way) for reader in READERS for way in OUTSIDE if after[reader, way]}
            self.found |= numbers(after) | numbers(figures)
        self.left = left_with(self.found, year.secrets)


@pytest.mark.slow
def test_a_year_of_everything_she_can_read_tells_of_nobody(world: Any, brief: None, alone: None) -> None:
    attack = Attack(world)
    assert len(attack.found) > 30, "she has much to read"
    assert {(reader, way) for reader in ("manager", "own") for way in OUTSIDE} <= attack.reached
    assert attack.told == []
    assert attack.left == set()


@pytest.mark.slow
def test_with_the_door_taken_out_she_knows(world: Any, brief: None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Open(Publication):
        def decide(self, also_hide: Any = (), **_: Any) -> Any:
            self.primary = {}
            self.lines, self.blocks = None, []
            return super().decide(())

    monkeypatch.setattr("analytics.kpis.publish.Publication", Open)
    for name in ("people", "guarded"):
        monkeypatch.setattr(gate, name, lambda count, **_: People(count, count))
    monkeypatch.setattr(standing, "_moved", lambda before, now, k: [now.count, now.count, now.count])
    say_how_many_answered(monkeypatch)
    attack = Attack(world, months=3)
    assert attack.left
    telling = [*TELLING, *OUTSIDE, *(f"edition as {kind}" for kind in EDITIONS)]
    assert not [name for name in telling if not any(name in line for line in attack.told)]


def say_how_many_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a date is named, in calendars, in mails and on devices, stands how many said anything."""
    appointment, told = event_calendar.appointment, event_news._told

    def answered(event: Any) -> str:
        return f"{Answer.objects.filter(event__milestone__program=event.milestone.program).count()} answers"

    monkeypatch.setattr(
        event_calendar, "appointment", lambda event, **more: replace(appointment(event, **more), place=answered(event))
    )
    monkeypatch.setattr(event_news, "_told", lambda event, *more: replace(told(event, *more), title=answered(event)))
