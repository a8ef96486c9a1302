"""What the pages of an import show, worked out from the run."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.channels.models import Account, Network
from analytics.imports import corrections, owner, preview, queries, story, sums, turns
from analytics.imports.jobs import progress_key
from analytics.imports.messages import WITH_TEMPLATE
from analytics.imports.models import ImportRun, RunState
from analytics.imports.queries import AT_WORK
from analytics.imports.run_sentences import hint, kind_label, sentence
from analytics.imports.services import can_undo, is_clean
from core.kit.templatetags.ui import clock, day, number

WIDTH = 100.0
GAP = 0.35


def is_at_work(run: ImportRun) -> bool:
    return run.state in AT_WORK


def is_own(run: ImportRun) -> bool:
    return run.account.kind == Account.Kind.PERSON


def title(run: ImportRun) -> str:
    return kind_label(run.kind) if run.kind else _("Uploaded file")


def period(run: ImportRun) -> str:
    if run.window_start is None or run.window_end is None:
        return ""
    return _("%(first)s to %(last)s") % {"first": day(run.window_start), "last": day(run.window_end)}


def row(run: ImportRun) -> dict[str, Any]:
    """One line of the list."""
    counted = run.rows_new + run.rows_changed
    is_records = run.account.kind == Account.Kind.RECORDS
    figures = ngettext("%(count)s figure", "%(count)s figures", counted) % {"count": number(counted)}
    if not counted and run.posts_new:  # an archive holds nothing else
        figures = ngettext("%(count)s post", "%(count)s posts", run.posts_new) % {"count": number(run.posts_new)}
    elif not counted and run.state == RunState.PREVIEW:
        figures = _("Nothing new in this file")
    return {
        "run": run,
        "title": title(run),
        "period": period(run),
        "state": run.get_state_display(),
        "figures": figures if run.state in (RunState.APPLIED, RunState.PREVIEW, RunState.APPLYING) else "",
        "is_own": is_own(run),
        "by": "" if is_own(run) else str(run.uploaded_by),
        "needs_me": run.state in (RunState.PREVIEW, RunState.QUESTION) and not turns.is_waiting(run),
        "went_wrong": run.state in (RunState.REFUSED, RunState.FAILED),
        "at_work": is_at_work(run) or turns.is_waiting(run),
        "can_undo": can_undo(run),
        "message": sentence(run.message) if run.state != RunState.QUESTION else "",
        "network": "" if run.account.network == Network.LINKEDIN or is_records else run.account.get_network_display(),
    }


def several(runs: list[ImportRun]) -> dict[str, Any]:
    """The files of one upload: what one press applies, what it leaves and why, and what one press takes back."""
    rows = [row(run) | {"why_not": why_not(run)} for run in runs]
    clean = [run for run in runs if is_clean(run) and not turns.is_waiting(run)]
    applied = [run for run in runs if run.state == RunState.APPLIED]
    undoable = [run for run in applied if can_undo(run) and not turns.is_waiting(run)]
    in_line = [run for run in runs if turns.is_waiting(run) or run.state in (RunState.APPLYING, RunState.UNDOING)]
    is_undoing = any(run.state == RunState.UNDOING or run.message.get("code") == turns.TO_UNDO for run in in_line)
    context: dict[str, Any] = {"rows": rows, "at_work": any(each["at_work"] for each in rows), "clean": clean}
    if in_line:
        settled = [run for run in runs if run.state == (RunState.UNDONE if is_undoing else RunState.APPLIED)]
        done = len([run for run in settled if not turns.is_waiting(run)])
        return context | {"work": _work_on(done, done + len(in_line), is_undoing=is_undoing)}
    came_after = len(undoable) > 1 and queries.came_after(undoable)
    return context | {
        "applied": len(applied),
        "figures": number(sum(run.rows_new + run.rows_changed for run in applied)),
        "left": len([each for each in rows if each["why_not"]]),
        "undoable": [] if came_after or len(undoable) < 2 else undoable,
        "came_after": came_after,
    }


def _work_on(done: int, total: int, *, is_undoing: bool) -> dict[str, Any]:
    text = _("%(done)s of %(total)s files undone.") if is_undoing else _("%(done)s of %(total)s files applied.")
    return {
        "id": "several",
        "name": _("The imports are being undone") if is_undoing else _("The figures are being stored"),
        "state": "running",
        "done": done,
        "total": total,
        "text": " ".join(
            (text % {"done": done, "total": total}, _("You can leave this page; the work continues without you."))
        ),
    }


def why_not(run: ImportRun) -> str:
    """Why one press for all does not apply a file."""
    if run.state == RunState.QUESTION:
        return _("Not applied: it has a question for you.")
    if run.state != RunState.PREVIEW or is_clean(run):
        return ""
    if run.rows_refused:
        return _("Not applied with the others: some of it was rejected. Please look at it first.")
    if run.repeats:
        return _("Not applied with the others: some lines repeat a figure. Please look at it first.")
    return _("Not applied with the others: something in it had to be guessed or does not fit. Please look at it first.")


def progress(run: ImportRun) -> dict[str, Any]:
    words = {
        RunState.QUEUED: _("Waiting for its turn"),
        RunState.READING: _("The file is being read"),
        RunState.APPLYING: _("The figures are being stored"),
        RunState.UNDOING: _("The import is being undone"),
    }
    state, percent = cache.get(progress_key(run.pk)) or ("", 0)
    if state != run.state:  # of what it did before
        percent = 0
    return {
        "run": {
            "id": run.pk,
            "name": words[RunState(run.state)],
            "state": "running" if percent else "waiting",
            "done": percent,
            "total": 100 if percent else 0,
            "text": _("You can leave this page; the work continues without you."),
        },
        "poll_url": reverse("analytics:import_progress", args=[run.program.slug, run.pk]),
        "can_discard": run.state in (RunState.QUEUED, RunState.READING),
        "program": run.program,
    }


def detail(run: ImportRun, *, only: str = "") -> dict[str, Any]:
    context = {
        "program": run.program,
        "run": run,
        "title": title(run),
        "is_own": is_own(run),
        "is_about_others": owner.is_about_others(run),
        "message": hint(run),
        "failed": run.state in (RunState.REFUSED, RunState.FAILED),
        "wants_template": run.message.get("code") in WITH_TEMPLATE,
        "facts": facts(run),
        "can_undo": can_undo(run),
        "written": run.rows_new + run.rows_changed,
        "staying": run.rows_unchanged + run.rows_older,
    }
    if is_at_work(run):
        return context | {"work": progress(run)}
    if run.state == RunState.QUESTION:
        context["asks_who"] = run.message.get("code") in owner.WHO
        context["page_name"] = owner.asked_name(run) if owner.may_be_a_page(run) else ""
    if run.state == RunState.APPLIED and not run.preview.get("listed"):
        context["story"] = story.story_of(run)
        context["story_title"] = story.title_of(run)
    if is_own(run) and run.state == RunState.APPLIED and run.kind.endswith("_archive"):
        context["drafts_url"] = reverse("analytics:activities_archived", args=[run.program.slug, run.pk])
    if run.preview:
        shown = preview.lines(run, only=only)
        context |= {
            "lines": shown,
            "only": only,
            "tabs": tabs(run, only),
            "bars": bars(run),
            "remarks": preview.remarks(run),
            "aside": preview.left_aside(run),
            "sums": sums.rows(run),
            "there": sums.there(run),
            "compares": run.state == RunState.PREVIEW and bool(sums.there(run)),
            "total": total(run),
            "listed": _listed(run),
            "incomplete": corrections.incomplete(run),
        }
    if run.state == RunState.APPLIED and (not run.preview or owner.is_about_others(run)):
        context["lines"] = None
        context["counts"] = [(capfirst(label), number(count)) for _key, label, count in _counted(run)]
    return context


def _listed(run: ImportRun) -> list[tuple[date | None, str, str]]:
    """The posts of an archive: their day, first words, and where their owner logs them. The log knows a page again."""
    log = reverse("analytics:activity_new", args=[run.program.slug])
    may_log = is_own(run) and run.state == RunState.APPLIED
    return [
        (date.fromisoformat(on) if on else None, words, f"{log}?{urlencode({'url': url})}" if may_log else "")
        for on, words, url in run.preview.get("listed", [])
    ]


def total(run: ImportRun) -> int:
    return run.rows_new + run.rows_changed + run.rows_older + run.rows_unchanged + run.rows_refused


def _counted(run: ImportRun) -> list[tuple[str, str, int]]:
    return [
        ("new", _("new"), run.rows_new),
        ("changed", _("changed"), run.rows_changed),
        ("older", _("older"), run.rows_older),
        ("unchanged", _("unchanged"), run.rows_unchanged),
        ("refused", _("refused"), run.rows_refused),
    ]


SWATCH = {"new": "b-new", "changed": "b-chg", "older": "b-old", "unchanged": "b-same", "refused": "b-ref"}


def tabs(run: ImportRun, only: str) -> list[dict[str, Any]]:
    every = {"key": "", "label": _("all"), "count": total(run), "swatch": "", "current": only not in SWATCH}
    return [every] + [
        {"key": key, "label": label, "count": count, "swatch": SWATCH[key], "current": only == key}
        for key, label, count in _counted(run)
    ]


def bars(run: ImportRun) -> list[dict[str, str]]:
    """The parts of the split bar, in percent of its width."""
    parts = [(SWATCH[key], count) for key, _label, count in _counted(run) if count]
    room = WIDTH - GAP * (len(parts) - 1)
    whole, at, found = sum(count for _css, count in parts) or 1, 0.0, []
    for css, count in parts:
        width = max(room * count / whole, 0.8)
        found.append({"css": css, "x": f"{at:.2f}%", "width": f"{width:.2f}%"})
        at += width + GAP
    return found


def account(run: ImportRun) -> str:
    """Whose figures, on which network."""
    network = run.account.get_network_display()
    if is_own(run):
        return _("your own account on %(network)s") % {"network": network}
    if run.account.kind == Account.Kind.RECORDS:
        return str(run.account)
    name = run.account.handle or run.program.company_name
    return _("%(name)s on %(network)s, company account") % {"name": name, "network": network}


def facts(run: ImportRun) -> list[tuple[str, str]]:
    languages = {"de": _("German"), "en": _("English"), "it": _("Italian"), "pt": _("Portuguese")}
    origin = ", ".join(part for part in (title(run), languages.get(run.language[:2], "")) if part)
    rows = [
        (_("File"), run.file_name),
        (_("Origin"), origin if run.kind else ""),
        (_("Period"), period(run)),
        (_("Posts"), number(run.preview["posts"]) if run.preview.get("posts") else ""),
        (_("Exported"), f"{day(run.exported_at)}, {clock(run.exported_at)}" if run.exported_at else ""),
        (_("Account"), account(run)),
        (_("Uploaded"), f"{day(run.created_at)}, {clock(run.created_at)}"),
        (_("Applied"), f"{day(run.applied_at)}, {clock(run.applied_at)}" if run.applied_at else ""),
    ]
    return [(label, value) for label, value in rows if value]
