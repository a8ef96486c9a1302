"""Two people edit the same thing: nothing of either is lost, and whoever comes second in the same field is told.

Every page with a form that shows what stands is found through the access table. It is one of `EDITING`, where two
people are played in every field, or in `EXCEPT`, with the reason why nobody's work can be lost there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core.kit.editing_together import Shared
from core.kit.forms import Form
from core.kit.word_fields import WordsFormField
from core.writing.forms import MarkdownField
from tests.house import access_table
from tests.house.test_access import ROWS
from tests.world import CAST, client_of

OWN = "one's own: nobody else edits it"
VERSIONED = "it carries the version that was read and answers 409 with both texts"
NEW = "makes something new: what it shows are suggestions"

EDITING: dict[str, tuple[dict[str, Any], ...]] = {
    "analytics:targets": (),
    "community:barcamp_proposal_edit": (),
    "community:barcamp_room_edit": (),
    "community:barcamp_slot_edit": (),
    "community:cafe_setup": (),
    "community:cafe_table_edit": (),
    "community:event_after": (),
    "community:event_edit": (),
    "community:event_follow_up": (),
    "operate:text_edit": (),
    "programs:call_edit": (),
    "programs:casting_answers": (),
    "programs:charter_edit": (),
    "programs:charter_row_edit": (),
    "programs:concept_edit": (),
    "programs:decision_edit": (),
    "programs:document_edit": (),
    "programs:early_check": (),
    "programs:early_check_move": (),
    "programs:generation_edit": (),
    "programs:guideline_about": (),
    "programs:guideline_case_edit": (),
    "programs:guideline_section": (),
    "programs:handbook_page_arrange": (),
    "programs:helper_edit": (),
    "programs:item_cell": ({"name": "due"}, {"name": "owner"}),
    "programs:item_edit": (),
    "programs:item_na": (),
    "programs:leitbild_write": (),
    "programs:member_edit": (),
    "programs:milestone_edit": (),
    "programs:phase_edit": (),
    "programs:program_settings": (),
    "programs:readiness_move": (),
    "programs:review_action_edit": (),
    "programs:review_end": (),
    "programs:step_edit": (),
} | access_table.told("EDITING")  # address, and what of it is asked as well besides the row of the access table
PLAYED_ELSEWHERE = {"programs:phase_finish": "what it shows are the items' own fields; it can be sent once"}
EXCEPT: dict[str, str] = {
    "analytics:import_new UploadForm": "whose figures they are: an answer chosen beforehand, nothing stands yet",
    "comments:comment_edit EditForm": OWN,
    "community:barcamp_cell PlaceForm": VERSIONED,
    "community:barcamp_setup CampSlotForm": NEW,
    "community:booking_question WishForm": OWN,
    "community:event_guests GuestsForm": NEW,
    "community:forum_settings SettingsForm": OWN,
    "community:booking_off OffForm": NEW,
    "community:hours_away AwayForm": NEW,
    "community:hours_help HelpForm": OWN,
    "community:hours_note_edit HourNoteForm": OWN,
    "community:issue_edit IssueForm": VERSIONED,
    "community:issue_edit AudienceForm": "it carries the choice that was seen; after another one nothing is changed",
    "community:issue_edit TestForm": "to whom a test goes: chosen anew each time and kept nowhere",
    "community:issue_edit ScheduleForm": "a moment to send at: the page says for when it is planned",
    "community:issue_new NewIssueForm": NEW,
    "community:post_edit EditForm": VERSIONED,
    "community:queue_topic MatterForm": OWN,
    "community:ritual_edit OpeningForm": VERSIONED,
    "community:ritual_edit RitualForm": VERSIONED,
    "community:topic_new TopicForm": NEW,
    "community:topic_split SplitForm": NEW,
    "news:settings WishesForm": OWN,
    "operate:program LeadForm": NEW,
    "people:profile ProfileForm": OWN,
    "programs:call_new NewCallForm": NEW,
    "programs:channels ChannelForm": NEW,
    "programs:checklists QuickForm": NEW,
    "programs:decision_new DecisionForm": NEW,
    "programs:generation_new NewGenerationForm": NEW,
    "programs:guest_new GuestInvitationForm": NEW,
    "programs:handbook_page_edit PageForm": VERSIONED,
    "programs:interest InterestForm": OWN,
    "programs:leitbild BallotForm": OWN,
    "programs:leitbild_open WorkshopForm": NEW,
    "programs:member_new MemberForm": NEW,
    "programs:pairing_card CardForm": OWN,
    "programs:phase_new NewPhaseForm": NEW,
    "programs:phase_remove RemoveForm": "where its items go: suggestions, nothing of it stands anywhere",
    "programs:phase_split SplitForm": NEW,
    "programs:profile_edit OneselfForm": OWN,
    "programs:program_question WhyForm": OWN,
    "community:pulse_new PulseForm": NEW,
    "programs:readiness_open RoundForm": NEW,
    "programs:review_new ReviewForm": NEW,
    "programs:roster_detail LanguageForm": "in which language the invitations of this list go out; it is kept nowhere",
    "programs:team_invitation WelcomeForm": OWN,
    "programs:step_new NewStepForm": NEW,
    "programs:template_edit HeadForm": VERSIONED,
    "programs:template_phase PartForm": VERSIONED,
    "programs:template_phase PlanItemForm": VERSIONED,
} | access_table.told("NOBODY_ELSE_EDITS")  # address and form

TO_PLAY = [(name, instead) for name, more in EDITING.items() for instead in ({}, *more)]

FILLED = {
    "programs:early_check": {"finding": "It begins well.", "decision": "continue"},
    "programs:member_edit": {"is_contact": "on", "contact_for": "Pictures"},
}
TOGETHER = {
    "analytics:key_result_edit": ("kpi", "unit", "start", "target"),
    "programs:early_check": ("finding", "decision"),
}

LISTS = {
    "programs:charter_edit",
    "programs:program_settings",
}  # an emptied goal is closed: the next one takes its place


def page_of(name: str, world: Any, instead: dict[str, Any] | None = None) -> tuple[Client, str]:
    row = ROWS[name]
    member = next((each for each in CAST if getattr(world, each) and row.status(each) == 200), "manager")
    return client_of(member, world), reverse(name, kwargs=row.args(world) | (instead or {}))


def forms_on(response: Any) -> Iterator[forms.BaseForm]:
    """Every form that a page was made with, each once."""
    seen: set[int] = set()
    for layer in response.context or ():
        for value in layer.flatten().values() if hasattr(layer, "flatten") else ():
            if isinstance(value, forms.BaseForm) and id(value) not in seen:
                seen.add(id(value))
                yield value


def shows_what_stands(form: forms.BaseForm) -> bool:
    """More than what its class begins with."""
    for name, field in form.fields.items():
        usual = form.base_fields.get(name)
        value = form.get_initial_for_field(field, name)
        if not field.widget.is_hidden and value not in (None, "", False) and (not usual or value != usual.initial):
            return True
    return False


def sent(form: forms.BaseForm) -> dict[str, Any]:
    """What a browser would send of this form: its fields as they are shown."""
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, WordsFormField):
            data |= {f"{bound.html_name}_{code}": text for code, text in getattr(value, "texts", value or {}).items()}
        elif isinstance(bound.field, forms.BooleanField):
            data |= {bound.html_name: "on"} if value else {}
        elif isinstance(value, list | tuple) or hasattr(value, "values_list"):
            data[bound.html_name] = [str(getattr(each, "pk", each)) for each in value]
        elif isinstance(bound.field, forms.ChoiceField):
            data |= {} if value in (None, "") else {bound.html_name: str(getattr(value, "pk", value))}
        elif value not in (None, ""):
            data[bound.html_name] = bound.field.widget.format_value(getattr(value, "pk", value))
    return data


def others(form: forms.BaseForm, name: str) -> list[dict[str, Any]]:
    """Two other things that could be in a field, as they are sent; none where the test cannot know any."""
    bound = form[name]
    field, key, value = bound.field, bound.html_name, bound.value()
    if isinstance(field, WordsFormField):
        return [{f"{key}_en": f"{word} {key}"} for word in ("One", "Two")]
    if isinstance(field, forms.DateField):
        day = value or date(2027, 3, 1)
        return [{key: (day + timedelta(days=days)).isoformat()} for days in (1, 2)]
    if isinstance(field, forms.TimeField):
        moment = datetime.combine(date(2027, 3, 1), value or time(10))
        return [{key: f"{moment + timedelta(minutes=minutes):%H:%M}"} for minutes in (5, 10)]
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        number = int(float(str(value or 10).replace(",", ".")))
        return [{key: str(number + step)} for step in (1, 2)]
    if isinstance(field, forms.ModelChoiceField):
        keys = [str(row.pk) for row in field.queryset[:4] if row.pk != getattr(value, "pk", value)]
        multiple = isinstance(field, forms.ModelMultipleChoiceField)
        return [{key: [each] if multiple else each} for each in keys[:2]]
    if isinstance(field, forms.MultipleChoiceField):
        return [{key: [str(each)]} for each, _label in field.choices if [each] != value][:2]
    if isinstance(field, forms.ChoiceField):
        return [{key: str(each)} for each, _label in field.choices if each and each != value][:2]
    if isinstance(field, forms.URLField):
        return [{key: f"https://{word}.example/"} for word in ("one", "two")]
    if type(field) in (forms.CharField, MarkdownField):
        return [{key: f"{word} {key}"} for word in ("One", "Two")]
    return []


def shared_on(response: Any) -> Any:
    return next((form for form in forms_on(response) if isinstance(form, Shared) and "seen" in form.fields), None)


@dataclass
class Opened:
    """A page with a form that somebody has open, and what can be done in it."""

    client: Client
    address: str

    def form(self) -> Any:
        return shared_on(self.client.get(self.address))

    def save(self, data: dict[str, Any]) -> bool:
        return self.client.post(self.address, data).status_code == 302

    def stands(self, *changes: dict[str, Any]) -> bool:
        form = self.form()
        data = sent(form) if form else {}
        return all(data.get(key) == value for change in changes for key, value in change.items())

    def kept(self) -> list[str]:
        """The fields that are kept as they are sent, alone; the others are made of several, or say something once."""
        form = self.form()
        names = [name for name, field in form.fields.items() if name != "seen" and not field.widget.is_hidden]
        found = []
        for name in names:
            if len(words := others(form, name)) == 2:
                point = transaction.savepoint()
                if self.save(sent(form) | words[0]) and self.stands(words[0]):
                    found.append(name)
                transaction.savepoint_rollback(point)
        return found


def opened(name: str, instead: dict[str, Any], world: Any) -> Opened:
    page = Opened(*page_of(name, world, instead))
    if name in FILLED:
        assert page.save(sent(page.form()) | FILLED[name])
    return page


@pytest.mark.parametrize(("name", "instead"), TO_PLAY)
def test_two_people(name: str, instead: dict[str, Any], world: Any) -> None:
    play(opened(name, instead, world), name)


def play(page: Opened, name: str) -> None:
    form, kept = page.form(), page.kept()
    assert kept, "nothing of this form could be changed: fill what it needs in the test's world"
    stale = sent(form)
    for field in kept:
        point, (one, two) = transaction.savepoint(), others(form, field)
        assert page.save(stale | one)
        told = page.client.post(page.address, stale | two)
        assert told.status_code == 422, f"{field}: changed by both, and the second is not told"
        again: Any = shared_on(told)
        assert "in the meantime" in str(again.errors[field]), field
        assert page.stands(one), f"{field}: the first is kept until the second says so"
        assert page.save(sent(again)), f"{field}: sent again it counts"
        assert page.stands(two), field
        transaction.savepoint_rollback(point)
    for field, other in pairwise(kept):
        point, one, two = transaction.savepoint(), others(form, field)[0], others(form, other)[0]
        assert page.save(stale | one)
        answer = page.client.post(page.address, stale | two)
        if answer.status_code == 422:
            assert field in TOGETHER.get(name, ()), f"{field} and {other}: who changes another field is not stopped"
        else:
            assert page.stands(one, two), f"{field} and {other}: both are kept"
        transaction.savepoint_rollback(point)
        point = transaction.savepoint()
        if page.save(stale | dict.fromkeys(one, "")):
            answer = page.client.post(page.address, stale | two)
            assert answer.status_code in (302, 422), f"{field} and {other}: an accident after what somebody emptied"
            assert page.stands(two) or answer.status_code == 422 or name in LISTS, f"{field} and {other}: it is kept"
        transaction.savepoint_rollback(point)


def test_every_form_that_shows_what_stands_is_in_one_of_the_lists(world: Any) -> None:
    editing, other = set(), set()
    for name in sorted(ROWS):
        client, address = page_of(name, world)
        for form in forms_on(client.get(address)):
            if isinstance(form, Shared) and "seen" in form.fields:
                editing.add(name)
            elif shows_what_stands(form):
                other.add(f"{name} {type(form).__name__}")
    assert other == set(EXCEPT), "make it a SharedForm that remembers, or say why nobody's work can be lost"
    assert editing == set(EDITING) | set(PLAYED_ELSEWHERE)


class Careless(Form):
    title = forms.CharField()


def overwrites(form: Any) -> None:
    forms.Form._clean_fields(form)
    form.cleaned_data.pop("seen", None)


def test_a_careless_form_is_seen(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shows_what_stands(Careless(initial={"title": "What stands"}))
    assert not shows_what_stands(Careless())
    page = opened("programs:item_edit", {}, world)
    monkeypatch.setattr(Shared, "_clean_fields", overwrites)
    with pytest.raises(AssertionError, match="the second is not told"):
        play(page, "programs:item_edit")
