import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.attachments.models import Attachment
from programs.checklists import services
from programs.checklists.models import Evidence, Item
from programs.generations.models import Generation
from tests.factories.checklists import make_item, make_note
from tests.factories.phases import make_milestone, make_phase

BASE = "/p/nordlichter"


def item_url(world: Any, verb: str = "") -> str:
    return f"{BASE}/items/{world.item.pk}/" + (f"{verb}/" if verb else "")


def test_timeline_shows_phases_dates_and_generations_in_both_languages(world: Any, sign_in: Any) -> None:
    Generation.objects.create(program=world.program, number=9, name="Generation 9", start_on=date(2027, 1, 4))
    page = sign_in(world.influencer).get(f"{BASE}/timeline/").content.decode()
    for words in ("1 Phase 1 in English", "Big kick-off", "Generation 9", "Phase 1 of 2 is running", "0 of 2"):
        assert words in page
    world.influencer.language = "de"
    world.influencer.save()
    page = sign_in(world.influencer).get(f"{BASE}/timeline/").content.decode()
    for words in ("1 Phase 1 auf Deutsch", "Großes Kick-off", "Zeitplan", "Phase 1 von 2 läuft"):
        assert words in page


def test_timeline_of_a_bare_program(world: Any, sign_in: Any) -> None:
    world.program.phases.all().delete()
    world.program.milestones.all().delete()
    page = sign_in(world.manager).get(f"{BASE}/timeline/")
    assert "This program has no phases yet." in page.content.decode()


def test_readers_see_no_evidence_and_no_tick_boxes(world: Any, sign_in: Any) -> None:
    make_note(world.item, text="A note for the team")
    for url in (f"{BASE}/timeline/", f"{BASE}/phases/{world.phase.pk}/", item_url(world)):
        for reader in (world.influencer, world.executive, world.council):
            page = sign_in(reader).get(url).content.decode()
            assert "A note for the team" not in page
            assert "minutes.pdf" not in page
            assert "/tick/" not in page
        assert "A note for the team" in sign_in(world.coach).get(url).content.decode()


def test_a_coach_ticks_own_items_only(world: Any, sign_in: Any) -> None:
    coach = sign_in(world.coach)
    page = coach.get(f"{BASE}/phases/{world.phase.pk}/").content.decode()
    assert f"/items/{world.item.pk}/tick/" in page
    assert f"/items/{world.free_item.pk}/tick/" not in page
    assert coach.post(f"{BASE}/items/{world.free_item.pk}/tick/").status_code == 403
    assert coach.post(item_url(world, "tick")).status_code == 302
    assert Item.objects.get(pk=world.item.pk).closed_by == world.coach


def test_a_coach_does_not_see_the_evidence_of_other_items(world: Any, sign_in: Any) -> None:
    note = make_note(world.free_item, text="Between managers")
    coach = sign_in(world.coach)
    for url in (f"{BASE}/checklists/", f"{BASE}/items/{world.free_item.pk}/"):
        assert "Between managers" not in coach.get(url).content.decode()
    for verb in ("delete", "restore"):
        assert coach.post(f"{BASE}/evidence/{note.pk}/{verb}/").status_code == 403


def test_ticking_leads_back_and_offers_undo(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    here = f"{BASE}/checklists/?state=all"
    answer = manager.post(item_url(world, "tick"), {"next": here})
    assert answer["Location"] == here
    page = manager.get(here).content.decode()
    undo = f"/items/{world.item.pk}/untick/?next=%2Fp%2Fnordlichter%2Fchecklists%2F%3Fstate%3Dall"
    assert undo in page
    assert manager.post(f"{BASE}{undo}")["Location"] == here
    assert Item.objects.get(pk=world.item.pk).is_open


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_never_leads_away(elsewhere: str, world: Any, sign_in: Any) -> None:
    answer = sign_in(world.manager).post(item_url(world, "tick"), {"next": elsewhere})
    assert answer["Location"] == f"{BASE}/phases/{world.phase.pk}/"


def test_not_applicable_needs_a_reason_and_can_be_taken_back(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    assert manager.post(item_url(world, "not-applicable"), {"reason": ""}).status_code == 422
    manager.post(item_url(world, "not-applicable"), {"reason": "No works council here"})
    page = sign_in(world.influencer).get(f"{BASE}/phases/{world.phase.pk}/").content.decode()
    assert "No works council here" in page
    manager.post(item_url(world, "untick"))
    assert Item.objects.get(pk=world.item.pk).is_open
    assert "No works council here" in manager.get(item_url(world, "not-applicable")).content.decode()


def test_items_are_added_edited_deleted_and_brought_back(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    form = {"title_en": "Book a room", "owner": str(world.coach_membership.pk), "due_on": "2026-12-01"}
    manager.post(f"{BASE}/phases/{world.phase.pk}/items/new/", form)
    item = Item.objects.get(title__en="Book a room")
    assert (item.owner, item.due_on) == (world.coach_membership, date(2026, 12, 1))
    url = f"{BASE}/items/{item.pk}/"
    manager.post(f"{url}edit/", form | {"owner": "", "title_de": "Raum buchen"})
    item.refresh_from_db()
    assert (item.owner, item.title.texts["de"]) == (None, "Raum buchen")
    page = manager.post(f"{url}delete/", follow=True).content.decode()
    assert f"{url}restore/" in page
    assert manager.get(url).status_code == 404
    manager.post(f"{url}restore/")
    assert manager.get(url).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"title_en": ""}, {"due_on": "soon"}, {"owner": "influencer"}, {"title_en": "x" * 201}]
)
def test_a_bad_item_is_refused_with_the_input_kept(wrong: dict[str, str], world: Any, sign_in: Any) -> None:
    if "owner" in wrong:
        wrong = {"owner": str(world.influencer_membership.pk)}
    form = {"title_en": "Book a room", "hint_en": "Kept hint"} | wrong
    answer = sign_in(world.manager).post(f"{BASE}/phases/{world.phase.pk}/items/new/", form)
    assert answer.status_code == 422
    assert "Kept hint" in answer.content.decode()


def test_evidence_is_added_and_served_as_a_download(world: Any, sign_in: Any) -> None:
    coach = sign_in(world.coach)
    file = SimpleUploadedFile("../Ablauf plan.pdf", b"%PDF-1.7 plan")
    form = {"note": "Agreed on Monday", "link": "HTTPS://intranet.example/plan", "file": file}
    page = coach.post(item_url(world, "evidence"), form, follow=True).content.decode()
    for words in ("Agreed on Monday", "https://intranet.example/plan", "Ablauf plan.pdf"):
        assert words in page
    evidence = Evidence.objects.get(text="Ablauf plan.pdf")
    assert evidence.attachment
    assert "Ablauf" not in evidence.attachment.file.name
    answer = coach.get(f"{BASE}/evidence/{evidence.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 plan"
    assert answer["Content-Disposition"] == 'attachment; filename="Ablauf plan.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "write a note, paste a link, or choose a file, a page or an event"),
        ({"link": "http://example.com"}, "start with https://"),
        ({"link": "javascript:alert(1)"}, "valid URL"),
        ({"link": "ftp://example.com/a"}, "https://"),
        ({"note": "x" * 2001}, "2000 characters"),
        ({"file": ("setup.exe", b"hello")}, "ends in .exe, but its content is text"),
        ({"file": ("invoice.pdf", b"MZ\x90\x00")}, "can run as programs"),
        ({"file": ("empty.pdf", b"")}, "is empty"),
    ],
)
def test_bad_evidence_says_why(form: dict[str, Any], says: str, world: Any, sign_in: Any) -> None:
    if "file" in form:
        form = {"file": SimpleUploadedFile(*form["file"])}
    answer = sign_in(world.manager).post(item_url(world, "evidence"), {"note": ""} | form)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Evidence.objects.filter(item=world.item).count() == 1


def test_evidence_can_be_deleted_and_brought_back(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    url = f"{BASE}/evidence/{world.evidence.pk}/"
    assert "restore" in manager.post(f"{url}delete/", follow=True).content.decode()
    assert manager.get(url).status_code == 404
    manager.post(f"{url}restore/")
    assert manager.get(url).status_code == 200


def test_a_file_that_is_gone_and_a_note_are_not_there(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    assert manager.get(f"{BASE}/evidence/{make_note(world.item).pk}/").status_code == 404
    world.evidence.attachment.file.delete(save=False)
    Attachment.objects.filter(pk=world.evidence.attachment_id).update(file="evidence/gone.pdf")
    assert manager.get(f"{BASE}/evidence/{world.evidence.pk}/").status_code == 404


def test_checklists_are_filtered_by_the_address(world: Any, sign_in: Any) -> None:
    late = make_item(world.next_phase, title_en="Late one", due_on=world.yesterday)
    services.tick_item(make_item(world.phase, 7, title_en="Closed one"), by=world.manager)

    def titles(query: str, user: Any = None) -> set[str]:
        page = sign_in(user or world.manager).get(f"{BASE}/checklists/?{query}", follow=True).content.decode()
        return {title for title in ("Item 1", "Item 2", "Late one", "Closed one") if f">{title}</a>" in page}

    assert titles("") == {"Item 1", "Item 2", "Late one"}
    assert titles("state=overdue") == {late.title}
    assert titles("state=done") == {"Closed one"}
    assert titles("state=all") == {"Item 1", "Item 2", "Late one", "Closed one"}
    assert titles(f"phase={world.next_phase.pk}") == {"Late one"}
    assert titles("owner=me", world.coach) == {"Item 1"}
    assert titles("owner=nobody") == {"Item 2", "Late one"}
    assert titles(f"owner={world.coach.pk}&state=all") == {"Item 1"}
    assert titles(f"phase={world.other_phase.pk}&state=nonsense&owner=%00&page=99") == {"Item 1", "Item 2", "Late one"}


def test_an_empty_list_says_why(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    assert "No matches" in manager.get(f"{BASE}/checklists/?state=na").content.decode()
    Item.objects.all().delete()
    assert "Nothing is open" in manager.get(f"{BASE}/checklists/").content.decode()


def test_late_items_stand_on_top(world: Any, sign_in: Any) -> None:
    world.free_item.due_on = world.yesterday
    world.free_item.save()
    page = sign_in(world.manager).get(f"{BASE}/phases/{world.phase.pk}/").content.decode()
    assert page.index(">Item 2</a>") < page.index(">Item 1</a>")
    assert "since" in page


def test_who_cannot_tick_sees_no_box_and_no_red_date(world: Any, sign_in: Any) -> None:
    """Others' items are read: nothing looks like one's own to do, and nobody's delay is shown about."""
    world.item.due_on = world.yesterday
    world.item.save()
    address = f"{BASE}/phases/{world.phase.pk}/"
    managers = sign_in(world.manager).get(address).content.decode()
    assert "tickbox" in managers
    assert 'class="late"' in managers
    read = sign_in(world.influencer).get(address).content.decode()
    assert "tickbox" not in read
    assert "statemark is-open" in read
    for sign in ("is-late", 'class="late"', ">since "):
        assert sign not in read, sign


def test_every_sign_on_the_timeline_is_said_in_words(world: Any, sign_in: Any) -> None:
    """A phone has no room for words beside the signs: the same number stands at the sign and in a list."""
    page = sign_in(world.influencer).get(f"{BASE}/timeline/").content.decode()
    signs = re.findall(r'class="mnum"[^>]*>(\d+)<', page)
    rows = re.findall(r'<span class="n">(\d+)</span><span class="t">([^<]+)</span>', page)
    assert signs
    assert signs == [number for number, _title in rows]


@pytest.mark.parametrize(
    ("url", "queries"), [("/timeline/", 8), ("/checklists/", 7), ("/phases/{phase}/", 12), ("/items/{item}/", 13)]
)
def test_pages_ask_as_often_for_three_as_for_one(url: str, queries: int, world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    address = BASE + url.format(phase=world.phase.pk, item=world.item.pk)
    client.get(address)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
        for position in range(10, 13):
            item = make_item(world.phase, position, owner=world.manager_membership)
            make_note(item)
            make_note(world.item)
            services.tick_item(make_item(world.phase, position + 10), by=world.coach)
            make_phase(world.program, number * 10 + position, state="active")
            make_milestone(world.program, on=world.today + timedelta(days=position), phase=world.phase)
    assert counts == [queries, queries]


def test_links_and_the_search_land_on_the_item(world: Any, sign_in: Any) -> None:
    """What `#item-61` names stands on the page it leads to."""
    client = sign_in(world.manager)
    hits = client.get(f"{BASE}/search/", {"q": world.item.title}).context["groups"]
    (url,) = [hit.url for group in hits for hit in group.hits if "#item-" in hit.url]
    path, anchor = url.split("#")
    assert f'id="{anchor}"' in client.get(path).content.decode()


def test_ticking_on_the_start_page_stays_there(world: Any, sign_in: Any) -> None:
    Item.objects.filter(pk=world.item.pk).update(due_on=world.today, owner=world.manager_membership, state="open")
    client = sign_in(world.manager)
    page = client.get(f"{BASE}/").content.decode()
    assert f'name="next" value="{BASE}/"' in page
    assert client.post(item_url(world, "tick"), {"next": f"{BASE}/"}).url == f"{BASE}/"


@pytest.mark.parametrize(("address", "questions"), [("phases/{0.phase.pk}/", 12), ("items/{0.item.pk}/", 13)])
def test_a_phase_and_an_item_ask_little(
    world: Any, sign_in: Any, django_assert_num_queries: Any, address: str, questions: int
) -> None:
    client, at = sign_in(world.manager), f"{BASE}/{address.format(world)}"
    client.get(at)
    with django_assert_num_queries(questions):
        assert client.get(at).status_code == 200
