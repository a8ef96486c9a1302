"""The demo's program in the middle of its rollout: phases behind and ahead, ticked items, evidence, generations."""

import random
from datetime import date, timedelta
from typing import Any

import yaml

from core.people.models import User
from influencer.home.demo import portraits, texts
from influencer.home.demo.people import instant
from programs.checklists.models import Evidence, Item, ItemState
from programs.checklists.services import create_program_from_template
from programs.generations.models import Generation, Step
from programs.membership.logo_services import set_logo
from programs.membership.models import Membership, Program
from programs.phases.models import Milestone, Phase, PhaseChange, PhaseState

ONBOARDING = texts.FOLDER.parents[3] / "programs/generations/data/onboarding.yaml"
WEEK_NOW = 66  # of the program, in the demo
SCHEDULE = {  # phase: first week, weeks
    "before_start": (0, 8),
    "kickoff": (6, 4),
    "audit": (8, 7),
    "concept": (10, 12),
    "pilot": (14, 28),
    "rollout": (42, 36),
    "expansion": (72, 26),
}
LATE = {"before_start": -4, "audit": 12, "concept": 9, "pilot": 5}  # days
GENERATIONS = {"nordwerk": ((14, 24), (42, 32), (61, 4)), "alpina": ((42, 12),)}  # first week, size


def program(company: str, manager: User, today: date) -> Program:
    """The program from the seven-phase template, moved so that today lies in its rollout."""
    row = texts.company(company)
    monday = today - timedelta(days=today.weekday())
    made = create_program_from_template(
        name=row["program"],
        company_name=row["name"],
        country=row["country"],
        weekly_minutes=row["allowance_minutes"],
        start_on=monday - timedelta(weeks=WEEK_NOW),
        goals=[goal["title"][row["language"]] for goal in row["goals"]],
        by=manager,
    )
    made.accent = row["accent"] if company != "nordwerk" else ""  # the first shows the product's own colour
    made.guidelines_url = f"https://intranet.{row['mail_domain']}/guidelines"
    made.save(update_fields=["accent", "guidelines_url"])
    if made.accent:  # the first shows the product's own sign too
        made = set_logo(made, picture=portraits.logo(company, made.accent), by=manager)
    _move_phases(made, today)
    return made


def _move_phases(made: Program, today: date) -> None:
    for phase in Phase.objects.filter(program=made):
        first, weeks = SCHEDULE[phase.key]
        old_start = phase.start_on
        phase.start_on = made.start_on + timedelta(weeks=first)
        phase.end_on = phase.start_on + timedelta(weeks=weeks, days=-3)
        if phase.end_on < today:
            late = timedelta(days=LATE.get(phase.key, 0))  # few phases end on the day that was planned
            phase.state, phase.started_on = PhaseState.FINISHED, phase.start_on
            phase.finished_on = min(phase.end_on + late, today)
        elif phase.start_on <= today:
            phase.state, phase.started_on = PhaseState.ACTIVE, phase.start_on
        phase.save()
        for item in phase.items.all():
            if item.due_on:
                item.due_on = min(phase.start_on + (item.due_on - old_start), phase.end_on)
                item.save(update_fields=["due_on"])
        for mark in Milestone.objects.filter(program=made, phase=phase):
            mark.on = _workday(min(phase.start_on + (mark.on - old_start), phase.end_on))
            mark.save(update_fields=["on"])


def work_done(made: Program, company: str, today: date, rng: random.Random) -> None:
    """Tick what lies behind, give evidence and reasons, leave the rollout half done with one item overdue."""
    notes = texts.read("notes")
    owners = list(Membership.objects.filter(program=made, role__in=["manager", "coach"]).order_by("pk"))
    helper = Membership.objects.filter(program=made, role="team").first()
    reasons = {(row["phase"], row["item"]): row for row in notes["not_applicable"]}
    proofs = {(row["phase"], row["item"]): row for row in notes["evidence"]}
    language = texts.company(company)["language"]
    for phase in Phase.objects.filter(program=made).order_by("position"):
        items = list(phase.items.order_by("position"))
        for index, item in enumerate(items):
            item.owner = owners[(index + phase.position) % len(owners)]
            if helper and index % 8 in (2, 5):
                item.owner = helper
            key = (phase.key, item.key)
            is_done = phase.state == PhaseState.FINISHED or (
                phase.state == PhaseState.ACTIVE and index % 9 in (0, 1, 4)
            )
            if key in reasons and phase.state != PhaseState.PLANNED:
                item.state, item.reason = ItemState.NOT_APPLICABLE, reasons[key][language]
            elif is_done or key in proofs:
                item.state = ItemState.DONE
            if item.state != ItemState.OPEN:
                item.closed_at = instant(min(item.due_on or today, today) - timedelta(days=1), 10 + index % 7)
                item.closed_by = item.owner.user
            item.save()
            if key in proofs:
                proof = Evidence.objects.create(item=item, kind="note", text=proofs[key][language], by=item.owner.user)
                Evidence.objects.filter(pk=proof.pk).update(at=item.closed_at)
        if phase.state == PhaseState.ACTIVE:
            _due_now(phase, owners[0], today)
        _history(phase, owners[0].user)


def _due_now(phase: Phase, manager: Membership, today: date) -> None:
    """Something overdue, something for today, the rest ahead: a believable Monday."""
    for index, item in enumerate(Item.objects.filter(phase=phase, state=ItemState.OPEN).order_by("position")):
        days = (-3, 0, 5, 9, 14, 20, 27, 35, 42, 50, 57, 64, 70, 77)[min(index, 13)]
        due_on = today + timedelta(days=days)
        item.due_on = min(_workday(due_on) if days > 0 else due_on, phase.end_on)
        if index < 3:
            item.owner = manager
        item.save(update_fields=["due_on", "owner"])


def _history(phase: Phase, by: User) -> None:
    for kind, on, hour in (("started", phase.started_on, 9), ("finished", phase.finished_on, 16)):
        if on:
            change = PhaseChange.objects.create(phase=phase, kind=kind, by=by)
            PhaseChange.objects.filter(pk=change.pk).update(at=instant(on, hour))


def generations(made: Program, company: str, today: date) -> list[tuple[Generation, int]]:
    """The generations with their onboarding path."""
    names = texts.company(company)["generations"]
    contact = Membership.objects.filter(program=made, is_contact=True).order_by("pk").first()
    steps: list[dict[str, Any]] = yaml.safe_load(ONBOARDING.read_text())["steps"]
    result = []
    for number, ((week, size), row) in enumerate(zip(GENERATIONS[company], names, strict=True), start=1):
        generation = Generation.objects.create(
            program=made,
            number=number,
            name=row["name"]["de"],
            start_on=made.start_on + timedelta(weeks=week),
            places=size + 4,
            contact=contact,
        )
        Step.objects.bulk_create(_step(generation, position, step) for position, step in enumerate(steps, start=1))
        result.append((generation, size))
    return result


def _step(generation: Generation, position: int, row: dict[str, Any]) -> Step:
    return Step(
        generation=generation,
        position=position,
        key=row["key"],
        title=row["title"],
        text=row["text"],
        kind=row["kind"],
        minutes=row["minutes"],
        due_days=row["due_days"],
        link=row["link"],
        deed=row["deed"],
    )


def coming_dates(made: Program, today: date) -> None:
    """A few dates ahead, so that the start page has something to look forward to."""
    rows = (
        (4, "event", "Community-Treffen", "Community meet-up", "Teams"),
        (9, "event", "Workshop 2: Erste Beiträge", "Workshop 2: first posts", "Rostock"),
        (23, "review", "Review: Wie läuft der Rollout?", "Review: how is the rollout going?", "Bremen"),
    )
    for days, kind, de, en, place in rows:
        on = _workday(today + timedelta(days=days))
        Milestone.objects.create(program=made, kind=kind, title={"de": de, "en": en}, on=on, place=place, at="14:00")


def _workday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
