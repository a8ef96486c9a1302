"""A sample of every part in templates/ui/. The texts are in English only: nobody but developers sees them."""

from calendar import month_abbr
from datetime import date, timedelta
from itertools import count
from typing import Any

from django import forms
from django.core.paginator import Paginator

from core.kit import codes
from core.kit.charts import ChartNote
from core.kit.forms import DayField, Form
from core.kit.word_fields import WordsFormField
from core.lists.declared import Bulk, Column, Empty, Filter, ListOf
from core.lists.listing import Listing
from core.people.picker import PeopleBoxes, PeopleSelect
from influencer.embedded import kit_charts
from influencer.embedded.kit import Sample
from programs.checklists.gantt import Gantt, Point, Start, Stretch, draw

LONG = "Somebody with a name of quite some length and an address to match it"
PERSON = {"name": "Miriam Feld", "initials": "MF", "id": 1, "url": "#person"}
CHOICES = (("one", "One"), ("two", "The second, with more words"), ("three", "Three"))


class EveryField(Form):
    text = forms.CharField(label="Text", help_text="Help stands below the field.")
    long = forms.CharField(label="Longer text", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    title = WordsFormField(label="In every language", max_length=200)
    amount = forms.IntegerField(label="Amount", widget=forms.NumberInput(attrs={"data-unit": "people"}))
    day = DayField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    choice = forms.ChoiceField(label="Choice", choices=CHOICES)
    person = forms.ChoiceField(label="Person", choices=(("", "nobody"), *CHOICES), widget=PeopleSelect, required=False)
    people = forms.MultipleChoiceField(label="People", choices=CHOICES, widget=PeopleBoxes, required=False)
    one = forms.ChoiceField(label="One of these", choices=CHOICES, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        label="Some of these", choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    file = forms.FileField(label="File", required=False)
    yes = forms.BooleanField(label="I have read it", required=False)


def samples(theme: str) -> list[Sample]:
    """Parts in the order of the README; ids differ per theme, since both stand on one page."""
    prefix = f"{theme}_%s"
    empty = EveryField(auto_id=prefix)
    faulty = EveryField({"amount": "many", "text": ""}, auto_id=f"{theme}_faulty_%s")
    page = Paginator(range(60), 20).get_page(2)
    hand = count(1)
    rows: list[tuple[str, str, dict[str, Any], str]] = [
        ("_page_head", "one action", {"title": "Checklists", "lead": "All items.", **_action()}, "div"),
        ("_page_head", "everything", {"title": LONG, "eyebrow": "Program", "shield": "Only you", **_actions()}, "div"),
        ("_tabs", "tabs", {"tabs": _tabs(), "label": f"Tabs {theme}"}, "div"),
        (
            "_filter_bar",
            "filters",
            {"search": "Find a person", "filters": _filters(), "count_text": "12 people"},
            "div",
        ),
        ("_todo", "what needs me", {"items": _todo()}, "div"),
        ("_checklist_item", "open", {"item": _item(next(hand), theme)}, "ul"),
        ("_checklist_item", "late, with evidence", {"item": _item(next(hand), theme, late=True)}, "ul"),
        ("_checklist_item", "done", {"item": _item(next(hand), theme, state="done")}, "ul"),
        ("_checklist_item", "not applicable, not mine", {"item": _item(0, theme, state="na")}, "ul"),
        ("_phase_strip", "phases", {"phases": _phases()}, "div"),
        (
            "_timeline",
            "timeline",
            {"timeline": _timeline(), "label": f"Timeline {theme}", "today_label": "Today"},
            "div",
        ),
        ("_step_path", "steps", {"steps": _steps()}, "div"),
        ("_dates", "dates", {"events": _dates()}, "div"),
        ("_facts", "facts", {"facts": [("Owner", "Miriam Feld"), ("Address", "miriam.feld@company.example")]}, "div"),
        ("_facts", "counts", {"facts": [("People who take part", "25"), ("Posts", "412")], "counts": True}, "div"),
        (
            "_stat",
            "in a row of figures",
            {**_stat(), "target": "Target 40", "target_share": 80, "share": 61},
            "ul.five",
        ),
        ("_stat", "under the target", {**_stat(), "share": 30, "under": True}, "ul.five"),
        ("_stat", "hidden", {"label": "Reach", "hidden": "Fewer than 5 people shared this."}, "ul.five"),
        ("_quality", "imported", {"quality": "imported"}, "p.source"),
        ("_quality", "partly", {"quality": "partly"}, "p.source"),
        ("_quality", "self-reported", {"quality": "self"}, "p.source"),
        ("_shield", "who sees it", {"text": "Groups of 5 and more"}, "div"),
        ("_person", "person", {"person": PERSON, "meta": "Coach"}, "div"),
        ("_person", "anonymous", {"anonymous": True}, "div"),
        ("_progress", "running", {"run": _run(1, theme, "running")}, "div"),
        ("_progress", "failed", {"run": _run(2, theme, "failed")}, "div"),
        ("_progress", "done", {"run": _run(3, theme, "done")}, "div"),
        (
            "_empty",
            "nothing here yet",
            {"icon": "route", "title": "No generation yet", "text": LONG, **_action()},
            "div",
        ),
        ("_form", "every field", {"form": empty, "action": "#sent", "cancel_url": "#back", "method": "get"}, "div"),
        ("_form", "mistakes", {"form": faulty, "action": "#sent", "method": "get"}, "div"),
        ("_fields", "fields alone", {"form": EveryField(auto_id=f"{theme}_alone_%s")}, "div.fields"),
        ("_errors", "summary", {"errors": ["The first reason.", "The second."]}, "div"),
        ("_list", "search, filters, order, several at once", {"list": _list(), "views": []}, "div"),
        ("_pagination", "pages", {"page": page}, "div"),
        ("_download", "export", {"url": "#export"}, "div"),
        (
            "_pick",
            "one choice",
            {"filter": {"label": "When", "name": f"when-{theme}", "choices": [("", "At any time"), ("30", "30 days")]}},
            "div",
        ),
        ("_typed", "what a refused form held", {"typed": ["A title", LONG * 3], "prefix": f"{theme}-"}, "div"),
        ("_waiting", "typed without a connection", {"frame": {"device_mark": theme, "sign_in_mark": theme}}, "div"),
        ("_dialog", "opened by its button", _dialog(theme), "div"),
        ("_code", "to scan", {"code": codes.drawn("https://company.example/")}, "div"),
        ("_switcher", "programs to choose from", {"frame": _frame()}, "div"),
        ("_person_menu", "the person's own", {"frame": _frame(), "user": PERSON | {"pk": 1}}, "div.cluster"),
        ("_hidden_cell", "in a table", {"reason": "Fewer than 5 people shared this."}, "table.plain"),
        ("_noted", "notes of the charts above", {"notes": [ChartNote(1, date(2026, 10, 6), LONG)]}, "div"),
    ]
    parts = [Sample(part=part, title=title, context=context, inside=inside) for part, title, context, inside in rows]
    return [*parts, *kit_charts.samples(theme)]


def _list() -> Listing:
    """Twelve invented people, by name."""
    people = [f"Person {number:02}" for number in range(1, 13)]
    of = ListOf(
        label="People",
        columns=(
            Column(name="name", label="Name", order=("name",), value=str, url=lambda _row: "#person"),
            Column(name="number", label="Number", value=lambda row: row[-2:], is_number=True),
        ),
        filters=(
            Filter(name="odd", label="Odd", choices=(("", "all"), ("1", "odd")), narrow=lambda rows, _v: rows[::2]),
        ),
        search=lambda rows, words: [row for row in rows if words in row],
        search_label="Find a person",
        count=lambda number: f"{number} people",
        empty=Empty(title="Nobody yet"),
        pk=lambda row: row[-2:],
        per_page=5,
        bulk=(
            Bulk(name="greet", label="Greet", icon="mail", key="g"),
            Bulk(name="part", label="Say goodbye", icon="door-exit", ask="Nobody can be called back."),
        ),
        bulk_url="#greet",
    )
    return Listing(of, {"sort": "name"}, people, path="")


def _frame() -> dict[str, Any]:
    """What stands around a page, for one program of two."""
    programs = [{"name": "Nordlichter", "slug": "one", "company_name": "Company", "url": "#one"}]
    programs.append({"name": LONG, "slug": "two", "company_name": "Company", "url": "#two"})
    return {"program": programs[0], "programs": programs, "me_url": "#me"}


def _action() -> dict[str, str]:
    return {"action_url": "#new", "action_label": "New item", "action_icon": "plus"}


def _actions() -> dict[str, Any]:
    more = [
        {"label": "Edit", "url": "#edit", "icon": "edit"},
        {"label": "Delete", "url": "#delete", "icon": "trash", "kind": "danger"},
    ]
    return {**_action(), "actions": more}


def _tabs() -> list[dict[str, Any]]:
    return [
        {"label": "Timeline", "url": "#timeline", "current": True},
        {"label": "Checklists", "url": "#checklists", "count": 12},
        {"label": "Settings", "url": "#settings"},
    ]


def _filters() -> list[dict[str, Any]]:
    return [
        {"name": "state", "label": "State", "choices": CHOICES, "value": "two"},
        {"name": "owner", "label": "Owner", "choices": CHOICES, "value": ""},
    ]


def _todo() -> list[dict[str, Any]]:
    act = {"url": "#item", "action_label": "View"}
    return [
        {"title": LONG, "meta": "Preparation", "due": "since 3 days", "state": "late", "icon": "checklist", **act},
        {"title": "Confirm the dates", "due": "today", "state": "now", "icon": "calendar-stats", **act},
        {"title": "Read the report", "due": "22.11.2026", **act},
    ]


def _item(number: int, theme: str, *, state: str = "open", late: bool = False) -> dict[str, Any]:
    evidence = [{"icon": "link", "label": "minutes-of-the-meeting.pdf", "url": "#file"}] if late else []
    own = {"tick_url": "#tick", "url": "#item"} if number else {}
    return {
        "pk": f"{theme}-{number}", "title": LONG if late else "The aims are written down", "state": state, "late": late,
        "due": "3 Nov 2026", "owner": PERSON, "meta": "Preparation", "evidence": evidence, **own,
    }  # fmt: skip


def _phases() -> list[dict[str, Any]]:
    names = ("Decide", "Prepare", "Choose people", "Train", "Pilot", "Roll out", "Keep going")
    states = ("past", "past", "past", "current", "next", "next", "next")
    return [
        {
            "number": number, "name": name, "when": "Sep 2026", "done": 4, "total": 9, "state": state, "url": "#phase",
            "today_percent": 40 if state == "current" else None,
        }
        for number, (name, state) in enumerate(zip(names, states, strict=True), 1)
    ]  # fmt: skip


def _timeline() -> Gantt:
    today = date(2026, 11, 23)
    looks = ("past", "current", "next")
    phases = [
        Stretch(f"Phase {n + 1}", "4 of 9", today + timedelta(days=90 * (n - 2)), today + timedelta(days=90 * (n - 1)),
                look, share=0.4, ran=(today - timedelta(days=90), today) if look == "current" else None)
        for n, look in enumerate(looks)
    ]  # fmt: skip
    points = [Point("Review", today + timedelta(days=20), "review"), Point("Kick-off", today, "milestone")]
    starts = [Start("Generation 1", "running", today - timedelta(days=60)), Start("Generation 2", "", today)]
    return draw(phases, starts, points, today=today, month_names=list(month_abbr)[1:])


def _steps() -> list[dict[str, Any]]:
    return [
        {"title": "Profile complete", "meta": "done on 2 November", "state": "done", "url": "#step"},
        {"title": "Read the guidelines", "meta": "about 20 min", "state": "now", "url": "#step"},
        {"title": "First own post", "state": "next"},
    ]


def _dates() -> list[dict[str, Any]]:
    return [
        {"day": "23", "below": "Nov", "title": "Office hours", "meta": "14:00", "now": True, "datetime": "2026-11-23"},
        {"day": "4", "below": "Dec", "title": LONG, "meta": "Review", "url": "#date", "datetime": "2026-12-04"},
    ]


def _stat() -> dict[str, Any]:
    return {"label": "Dialogue per post", "value": "41", "unit": "", "fact": "+ 3 against October"}


def _run(number: int, theme: str, state: str) -> dict[str, Any]:
    return {
        "id": f"{theme}-{number}", "name": "Reading posts.xlsx", "done": 61, "total": 100, "text": "61 of 100 rows",
        "state": state, "url": "#run", "error": "The file has no table.",
    }  # fmt: skip


def _dialog(theme: str) -> dict[str, Any]:
    return {
        "id": f"dialog-{theme}", "title": "Delete for good?", "text": "This cannot be undone.", "action_url": "#delete",
        "confirm_label": "Delete", "danger": True,
    }  # fmt: skip
