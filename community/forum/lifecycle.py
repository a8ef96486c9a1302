"""Where a community stands and which of its tasks are looked after: asked twice a year, told to hosts once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.forum import news_health, queries
from community.forum.models import Topic
from community.forum.models_health import LifeCycle
from community.forum.verbs import ForumVerb
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit.languages import in_language
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

FILE = Path(__file__).with_name("data") / "packages.yaml"
HOLDS_FOR = timedelta(weeks=26)
FIRST_AFTER = timedelta(weeks=4)  # a fresh forum has other things to do
HOW_IT_STANDS = (("holds", _("is taken care of")), ("work", _("being worked on")), ("open", _("not yet")))


class AnsweredMeanwhile(Exception):
    """Another host has answered."""


@dataclass(frozen=True)
class Package:
    key: str
    title: str
    check: str


@cache
def packages(language: str) -> tuple[Package, ...]:
    rows = yaml.safe_load(FILE.read_text())["packages"]
    return tuple(
        Package(row["key"], in_language(row["title"], language), in_language(row["check"], language)) for row in rows
    )


def of(program: Program) -> LifeCycle:
    """As it was answered last, or nothing yet."""
    return LifeCycle.objects.filter(program=program).first() or LifeCycle(program=program)


@transaction.atomic
def answer(program: Program, *, stage: str, packages: dict[str, str], version: int, by: "User") -> LifeCycle:
    """Raises AnsweredMeanwhile when it is not as it was shown."""
    LifeCycle.objects.bulk_create([LifeCycle(program=program)], ignore_conflicts=True)
    row = LifeCycle.objects.select_for_update(no_key=True).get(program=program)
    if (row.stage, row.packages) == (stage, packages) and row.answered_at and row.version == version + 1:
        return row  # the same sent twice
    if row.version != version:
        raise AnsweredMeanwhile
    row.stage, row.packages, row.answered_at, row.version = stage, packages, timezone.now(), version + 1
    changed = changes_of(row, ("stage",))
    row.save()
    news_health.answered(program)
    journal.record(ForumVerb.LIFE_CYCLE, by=by, program_id=program.pk, changes=changed)
    return row


def next_at(row: LifeCycle) -> datetime | None:
    return row.answered_at + HOLDS_FOR if row.answered_at else None


def due(now: datetime) -> list[int]:
    """Programs whose hosts are to be asked again, and were not since."""
    old, young = now - HOLDS_FOR, now - FIRST_AFTER
    answered = LifeCycle.objects.filter(Q(answered_at__gt=old) | Q(asked_at__gt=old)).values("program")
    open_for_long = Topic.objects.filter(created_at__lt=young).values("program")
    programs = Program.objects.filter(archived_at=None, pk__in=open_for_long).exclude(pk__in=answered)
    return list(programs.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def ask(program_id: int) -> None:
    """Every host once; running it again, or twice at once, asks nobody twice."""
    program, now = Program.objects.get(pk=program_id), timezone.now()
    LifeCycle.objects.bulk_create([LifeCycle(program=program)], ignore_conflicts=True)
    row = LifeCycle.objects.select_for_update(no_key=True).get(program=program)
    if program_id in due(now):
        row.asked_at = now
        row.save(update_fields=["asked_at"])
        news_health.ask(program, queries.people_of(program, hosts=True), item=f"{program_id}.{now.date()}")
