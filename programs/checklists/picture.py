"""The words and numbers of the timeline and of the phase strip, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import get_month_names
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.kit import cldr
from core.kit.templatetags.ui import day as as_day
from core.kit.templatetags.ui import number
from programs.checklists import gantt, queries
from programs.checklists.window import Window
from programs.generations.models import Generation
from programs.membership.models import Program
from programs.phases.baseline import Slip, slip
from programs.phases.models import Milestone, Phase, PhaseState
from programs.phases.models_baseline import Baseline
from programs.phases.template import stage_of

LOOK = {
    PhaseState.PLANNED: "next",
    PhaseState.SKIPPED: "next",
    PhaseState.ACTIVE: "current",
    PhaseState.FINISHED: "past",
}


@dataclass(frozen=True)
class PhaseOnStrip:
    """One phase of `ui/_phase_strip.html`."""

    number: int
    name: str
    when: str
    done: int
    total: int
    state: str
    today_percent: float | None
    url: str


def phase_strip(program: Program, on: date) -> list[PhaseOnStrip]:
    """All phases in one line, with their progress; one query."""
    return [
        PhaseOnStrip(
            number=phase.position,
            name=phase.title,
            when=_("skipped") if phase.state == PhaseState.SKIPPED else _span(phase),
            done=phase.done,  # type: ignore[attr-defined]  # annotated
            total=phase.total,  # type: ignore[attr-defined]
            state=LOOK[PhaseState(phase.state)],
            today_percent=_today_percent(phase, on),
            url=reverse("programs:phase_detail", args=[program.slug, phase.pk]),
        )
        for phase in queries.phases_with_progress(program)
    ]


def timeline(
    program: Program,
    phases: Iterable[Phase],
    generations: Iterable[Generation],
    milestones: Iterable[Milestone],
    *,
    on: date,
    baseline: Baseline | None = None,
    window: Window | None = None,
) -> gantt.Gantt:
    """The picture of a program; under each phase, where it was in the baseline."""
    window = window or Window()
    return gantt.draw(
        [
            _stretch(program, phase, slip(phase, baseline), on)
            for phase in phases
            if window.holds(phase.start_on, phase.end_on) or ((ran := phase.ran(on=on)) and window.holds(*ran))
        ],
        [
            gantt.Start(row.name, _("planned") if row.start_on > on else "", row.start_on, row.end_on)
            for row in generations
            if window.holds(row.start_on, row.end_on or date.max)
        ],
        [
            gantt.Point(
                row.title,
                row.on,
                row.kind,
                _("%(title)s on %(day)s") % {"title": row.title, "day": as_day(row.on, "long")},
            )
            for row in milestones
            if window.holds(row.on)
        ],
        today=on,
        month_names=month_names(),
        between=(window.first, window.last) if window.name else None,
    )


def stages(phases: Iterable[Phase]) -> list[tuple[str, str]]:
    """The stages of the design card, each with the numbers of its phases: concept, 1 to 4. A program's own phases
    belong to none."""
    names = {"concept": _("Concept"), "pilot": _("Pilot"), "rollout": _("Rollout"), "expansion": _("Expansion")}
    numbers: dict[str, list[int]] = {}
    for phase in phases:
        if stage := stage_of(phase.key):
            numbers.setdefault(stage, []).append(phase.position)
    return [(names[stage], _numbers(found)) for stage, found in numbers.items()]


def _numbers(found: list[int]) -> str:
    """1–4, 5 or 1, 3, 4"""
    in_a_row = len(found) > 1 and found[-1] - found[0] == len(found) - 1
    return f"{found[0]}–{found[-1]}" if in_a_row else ", ".join(map(str, found))


def progress_words(phase: Any) -> str:
    """14 of 15, 1 not applicable"""
    words = _("%(done)s of %(total)s") % {"done": number(phase.done), "total": number(phase.total)}
    if phase.na:
        words = _("%(progress)s, %(na)s not applicable") % {"progress": words, "na": number(phase.na)}
    return words


def actual_words(phase: Phase) -> str:
    """5 Jan 2026 to 9 Mar 2026, or since when it runs."""
    if phase.finished_on:
        return _("%(start)s to %(end)s") % {"start": as_day(phase.started_on), "end": as_day(phase.finished_on)}
    return _("since %(start)s") % {"start": as_day(phase.started_on)}


def month_names() -> list[str]:
    names = get_month_names("abbreviated", "stand-alone", locale=(get_language() or "en")[:2])
    return [str(names[month]).rstrip(".") for month in range(1, 13)]


def _stretch(program: Program, phase: Any, away: Slip | None, on: date) -> gantt.Stretch:
    state = PhaseState(phase.state)
    status = progress_words(phase) if state in (PhaseState.ACTIVE, PhaseState.FINISHED) else state.label
    title = f"{phase.position} {phase.title}"
    words = _("%(phase)s, %(start)s to %(end)s, %(state)s, %(progress)s") % {
        "phase": title,
        "start": as_day(phase.start_on),
        "end": as_day(phase.end_on),
        "state": state.label,
        "progress": progress_words(phase),
    }
    if phase.started_on:
        words = _("%(phase)s; actually %(dates)s") % {"phase": words, "dates": actual_words(phase)}
    if away:
        words = _("%(phase)s; against the baseline: %(slip)s") % {"phase": words, "slip": away.words}
    return gantt.Stretch(
        title,
        str(status),
        phase.start_on,
        phase.end_on,
        LOOK[state],
        share=phase.done / phase.total if state == PhaseState.ACTIVE and phase.total else 0,
        url=reverse("programs:phase_detail", args=[program.slug, phase.pk]),
        words=words,
        key=phase.pk if state in (PhaseState.PLANNED, PhaseState.ACTIVE) else 0,
        was=(away.start_on, away.end_on) if away else None,
        ran=phase.ran(on=on),
    )


def _span(phase: Phase) -> str:
    """Jan–Mar 2026, or Nov 2025 – Jun 2026: each year is said where it changes."""
    start, end = (cldr.month_short(day) for day in (phase.start_on, phase.end_on))
    if phase.start_on.year != phase.end_on.year:
        return f"{start} {phase.start_on.year} – {end} {phase.end_on.year}"
    return f"{start if start == end else f'{start}–{end}'} {phase.end_on.year}"


def _today_percent(phase: Phase, on: date) -> float | None:
    """Where today stands within an active phase."""
    if phase.state != PhaseState.ACTIVE or not phase.start_on <= on <= phase.end_on:
        return None
    return round((on - phase.start_on).days / ((phase.end_on - phase.start_on).days + 1) * 100, 1)
