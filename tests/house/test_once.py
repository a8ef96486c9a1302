"""What makes something makes it once: fifty copies of every creating form at the same moment have one effect.

Creating forms are found through the resolver, by what they are called and by what their views call. The forum's forms
carry the key of the post itself (tests/community/forum/test_at_once.py).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse

from analytics.activities.models import Activity
from analytics.imports.models import ImportRun
from analytics.reports.models import Report
from community.barcamp.models import Proposal
from community.events.models_guests import Guest
from community.newsletters.models import Issue
from community.world_cafe.models import CafeNote, CafeTable
from core.notify.models import OutgoingMail
from core.once.models import Sending
from programs.casting.models import Call
from programs.charter.models import Risk
from programs.chats.models import Channel, ChannelPost, Occasion
from programs.checklists.models import Evidence, Item
from programs.generations.models import Generation, Roster
from programs.guide.models import NeededDocument
from programs.guidelines.models import GuidelineCase
from programs.handbook.models import Decision, HandbookPage
from programs.library.models import PlanTemplate
from programs.membership.models import Program, TeamInvitation
from programs.phases.models import Milestone, Phase
from programs.readiness.models import ReadinessRound
from programs.reviews.models import Finding, Review, ReviewAction
from programs.support.models import Helper
from programs.support.models_incidents import Incident
from tests.at_once import VERY_MANY, at_once
from tests.factories.kpis import make_cell
from tests.factories.reports import MONTHS
from tests.house.addresses import addresses
from tests.house.test_undo import words_of
from tests.world import client_of

ROOMS = ("programs:", "analytics:", "community:issue", "community:barcamp", "community:cafe", "community:event_guest")
NAMED = re.compile(r"_(?:new|add|test)$")
CALLS = re.compile(r"^(?:add|create|make|log|invite|start|write|read|open)_(?!page|on$|context|items|reports)")
# The second time finds it so and changes nothing.
STATE_DECIDES = {
    "programs:phase_start",
    "programs:phase_split",  # the day lies behind the first part by then
    "programs:review_of_date",
    "programs:review_point",
    "programs:review_end",
    "programs:profile_edit",
    "programs:logo",  # the same picture again is no other one
    "programs:charter_edit",
    "programs:handbook_start",
    "programs:handbook_page_edit",
    "programs:handbook_version_again",
    "programs:casting_answers",
    "programs:guideline_start",
    "programs:guideline_section",
    "programs:guideline_write",
    "community:issue_schedule",
    "community:event_guests_invite",  # who has an invitation gets no second one
    "community:cafe_to_handbook",  # the second press leads to the page of the first
    "community:barcamp_proposal_edit",  # twice is once
    "community:barcamp_room_new",
    "community:barcamp_room_edit",
    "community:barcamp_slot_new",
    "community:barcamp_slot_edit",
}
OF_ITS_OWN = {
    "analytics:activity_new",
    "analytics:activity_sync",
}  # the entry itself keeps the key, for days without a network


@dataclass(frozen=True)
class Form:
    model: type[Model]
    values: Callable[[Any], dict[str, Any]]
    page: str = ""  # where the form stands, when it is not the address it is sent to
    of: str = ""  # the object in the address
    by: str = "manager"
    page_of: str = ""
    files: dict[str, bytes] = field(default_factory=dict)


def _no_round_is_open(world: Any) -> dict[str, Any]:
    """Only one survey is open at a time."""
    ReadinessRound.objects.all().delete()
    return {"closes_on": (world.today + timedelta(days=14)).isoformat()}


def _tables_take_notes(world: Any) -> dict[str, Any]:
    Milestone.objects.filter(pk=world.cafe.milestone_id).update(on=world.today)
    return {"text": "Once"}


TITLE = {"title_en": "Once is enough", "title_de": "Einmal genügt"}
FORMS = {
    "programs:program_new": Form(Program, lambda world: {}),
    "programs:document_new": Form(NeededDocument, lambda world: TITLE),
    "programs:item_new": Form(Item, lambda world: TITLE, of="phase"),
    "programs:item_add": Form(
        Item, lambda world: {"title": "Once", "phase": world.phase.pk}, page="programs:checklists"
    ),
    "programs:evidence_add": Form(
        Evidence, lambda world: {"note": "Once"}, page="programs:item_detail", of="item", page_of="item"
    ),
    "programs:phase_new": Form(Phase, lambda world: TITLE | {"start_on": "2027-01-04", "end_on": "2027-02-01"}),
    "programs:milestone_new": Form(
        Milestone, lambda world: TITLE | {"kind": Milestone.Kind.values[0], "on": "2026-12-07"}
    ),
    "programs:generation_new": Form(Generation, lambda world: {"name": "Once", "start_on": "2027-03-01", "places": 3}),
    "programs:roster_new": Form(Roster, lambda world: {"text": "once@example.com"}, of="generation"),
    "community:event_guests": Form(
        Guest, lambda world: {"guests": "Once <once@elsewhere.example>", "language": "en"}, of="event"
    ),
    "programs:review_new": Form(Review, lambda world: TITLE | {"kind": "program", "on": "2026-12-07"}),
    "programs:finding_add": Form(
        Finding, lambda world: {"text": "Once"}, page="programs:review_detail", of="review", page_of="review"
    ),
    "programs:review_action_add": Form(
        ReviewAction, lambda world: {"text": "Once"}, page="programs:review_detail", of="review", page_of="review"
    ),
    "programs:handbook_page_new": Form(
        HandbookPage, lambda world: {"title": "Once", "text": "Once is enough", "based_on": 0}
    ),
    "programs:incident_new": Form(
        Incident, lambda world: {"helpers": [world.coach_membership.pk], "text": "Once"}, by="influencer"
    ),
    "programs:decision_new": Form(Decision, lambda world: {"text_en": "Once", "decided_on": "2026-11-02"}),
    "programs:channels": Form(
        Channel,
        lambda world: {
            "kind": "slack",
            "name": "#once",
            "address": "https://chat.example.com/once",
            "language": "en",
            "occasions": Occasion.values,
        },
    ),
    "programs:channel_test": Form(ChannelPost, lambda world: {}, page="programs:channels", of="channel"),
    "programs:member_new": Form(
        TeamInvitation, lambda world: {"email": "once@example.com", "name": "Once", "role": "coach"}
    ),
    "programs:call_new": Form(
        Call,
        lambda world: {
            "generation": world.generation.pk,
            "opens_on": "2026-12-01",
            "closes_on": "2026-12-24",
        },
    ),
    "programs:guideline_case_new": Form(
        GuidelineCase, lambda world: {"situation_en": "Once", "verdict": "yes"}, of="guideline_section"
    ),
    "programs:charter_row_new": Form(
        Risk, lambda world: {"text": "Once", "likelihood": 1, "impact": 1}, of="kind_of_row"
    ),
    "programs:helper_new": Form(
        Helper,
        lambda world: {
            "name": "Once",
            "concerns": ["crisis"],
            "phone": "112",
            "weekdays": ["0"],
            "begins": "09:00",
            "ends": "17:00",
        },
    ),
    "programs:readiness_open": Form(ReadinessRound, _no_round_is_open),
    "programs:template_new": Form(PlanTemplate, lambda world: {"name_en": "Once", "name_de": "Einmal"}),
    "community:issue_new": Form(Issue, lambda world: {"template": ""}),
    "community:issue_test": Form(
        OutgoingMail,
        lambda world: {"language": "en"},
        page="community:issue_edit",
        of="draft_issue",
        page_of="draft_issue",
    ),
    "community:barcamp_proposal_new": Form(
        Proposal, lambda world: {"title": "Once", "kind": "wish"}, of="barcamp", by="influencer"
    ),
    "community:cafe_table_new": Form(
        CafeTable, lambda world: {"question": "Once?"}, page="community:cafe_setup", of="cafe", page_of="cafe"
    ),
    "community:cafe_note_new": Form(CafeNote, _tables_take_notes, of="cafe_table", by="influencer"),
    "analytics:activity_new": Form(
        Activity,
        lambda world: {
            "kind": "comment",
            "purpose": "value",
            "label": "open",
            "minutes": 10,
            "on": world.today.isoformat(),
            "channel": "linkedin",
            "note": "Once",
        },
        by="influencer",
    ),
    "analytics:import_new": Form(
        ImportRun, lambda world: {"whose": "own"}, by="influencer", files={"file": b"date,impressions\n2026-11-02,5\n"}
    ),
    "analytics:report_new": Form(Report, lambda world: {"headline_en": "Once", "month": MONTHS[-1].isoformat()}),
}


def creating() -> dict[str, Any]:
    found = {}
    for each in addresses():
        if each.is_ours and each.name.startswith(ROOMS) and each.name not in STATE_DECIDES:
            calls = {word for word in words_of(each.view) if CALLS.match(word)}
            if NAMED.search(each.name) or calls:
                found[each.name] = each.view
    return found


def test_every_creating_form_is_known() -> None:
    assert set(creating()) == {*FORMS, "analytics:activity_sync"}  # the first is tried in its room
    assert {name for name, view in creating().items() if not is_guarded(view)} == OF_ITS_OWN


def is_guarded(view: Any) -> bool:
    """Whether `@once` is among what the view is wrapped in."""
    while view is not None:
        if Path(view.__code__.co_filename).match("core/once/sending.py"):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", FORMS)
def test_sent_fifty_times_it_is_there_once(name: str, world: Any, settings: Any) -> None:
    settings.CHAT_HOSTS = ["*.example.com"]
    form = FORMS[name]
    address = _address(name, form.of, world)
    page = _address(form.page, form.page_of, world) if form.page else address
    make_cell(world.program, "impressions", MONTHS[-1], 10)  # without a figure there is no month to report on
    key = _key_of(client_of(form.by, world).get(page).content.decode(), address)
    values = form.values(world) | {"once": key}
    before = form.model.objects.count()  # type: ignore[attr-defined]
    answers = at_once(lambda: _sent(form, address, values, world), VERY_MANY)
    assert form.model.objects.count() == before + 1, answers[:2]  # type: ignore[attr-defined]
    assert len(answers) == VERY_MANY
    assert {status for status, _place in answers} == {302}
    assert len({place for _status, place in answers}) == 1
    assert Sending.objects.count() == (0 if name in OF_ITS_OWN else 1)
    again = client_of(form.by, world).post(address, values | {"next": "/"} | _files(form), follow=True)
    assert again.status_code == 200


def _address(name: str, of: str, world: Any) -> str:
    if name == "programs:program_new":
        return reverse(name)
    if of == "kind_of_row":
        return reverse(name, args=[world.program.slug, "risk"])
    if of == "cafe_table":
        return reverse(name, args=[world.program.slug, world.cafe.pk, world.cafe_table.pk])
    return reverse(name, args=[world.program.slug, *([getattr(world, of).pk] if of else [])])


def _key_of(page: str, address: str) -> str:
    """The key of the form that is sent to this address; one without an address goes to its own page."""
    for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
        to = re.search(r'^<form[^>]* action="([^"]*)"', form)
        key = re.search(r'name="once" value="([^"]+)"', form)
        if key and (to is None or to[1] in ("", address)):
            return key[1]
    raise AssertionError(f"no form of {address} carries a key")


def _files(form: Form) -> dict[str, Any]:
    return {name: SimpleUploadedFile(f"{name}.csv", content) for name, content in form.files.items()}


def _sent(form: Form, address: str, values: dict[str, Any], world: Any) -> tuple[int, str]:
    answer = client_of(form.by, world).post(address, values | _files(form))
    return answer.status_code, answer.headers.get("Location", "")


def test_other_words_in_the_same_form_are_another_one(world: Any) -> None:
    """After the browser's way back the page carries the key of before."""
    client, address = client_of("manager", world), _address("programs:item_new", "phase", world)
    key = _key_of(client.get(address).content.decode(), address)
    for title in ("One", "Two", "Two"):
        client.post(address, {"title_en": title, "once": key})
    assert sorted(item.title for item in Item.objects.order_by("-pk")[:2]) == ["One", "Two"]


def test_a_form_that_came_back_with_a_mistake_is_sent_again(world: Any) -> None:
    client, address = client_of("manager", world), _address("programs:item_new", "phase", world)
    wrong = {"title_en": "", "once": "a-key"}
    assert [client.post(address, wrong).status_code for _ in range(2)] == [422, 422]
    assert not Sending.objects.exists()


def test_who_sends_a_form_twice_keeps_the_undo(world: Any) -> None:
    """A browser shows only what it got last."""
    address = _address("community:cafe_note_new", "cafe_table", world)
    sent = _tables_take_notes(world) | {"once": "a-key"}
    client_of("influencer", world).post(address, sent)
    note = CafeNote.objects.order_by("-pk").first()
    again = client_of("influencer", world).post(address, sent, follow=True).content.decode()
    undo = reverse("community:cafe_note_remove", args=[world.program.slug, world.cafe.pk, note.pk])  # type: ignore[union-attr]
    assert "This was sent twice and saved only once." in again
    assert f'action="{undo}"' in again
