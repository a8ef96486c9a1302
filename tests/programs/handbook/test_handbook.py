"""Reading and writing the handbook: versions, two hands at once, the tree, the seal, what is found."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from core.journal.models import Entry
from programs.guidelines.documents import parts_of
from programs.handbook import queries, services
from programs.handbook.models import Decision, HandbookPage, HandbookVersion
from programs.handbook.room import ROOM
from programs.handbook.verbs import HandbookVerb
from tests.factories.comments import make_comment
from tests.factories.handbook import make_decision, make_page
from tests.factories.phases import make_milestone


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def written(page: HandbookPage, **more: Any) -> dict[str, Any]:
    values = {"title": page.title.texts.get("en", ""), "text": page.text.texts.get("en", "")}
    return values | {"based_on": page.version} | more


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_draft_is_for_who_writes(world: Any, sign_in: Any) -> None:
    draft = url(world, "handbook_page", world.handbook_draft.pk)
    assert sign_in(world.coach).get(draft).status_code == 200
    assert sign_in(world.influencer).get(draft).status_code == 404
    front = sign_in(world.influencer).get(url(world, "handbook_page", world.handbook_page.pk)).content.decode()
    assert "One hour a week." in front
    assert "Budget" not in front
    assert "Budget" in sign_in(world.manager).get(url(world, "handbook_page", world.handbook_page.pk)).content.decode()


def test_a_page_below_a_draft_does_not_tell_its_title(world: Any, sign_in: Any) -> None:
    page = make_page(world.program, parent=world.handbook_draft, title={"en": "Money for posts"})
    shown = sign_in(world.influencer).get(url(world, "handbook_page", page.pk))
    assert "Money for posts" in shown.content.decode()
    assert "Budget" not in shown.content.decode()
    assert [hit.meta for hit in queries.find_pages(world.influencer, world.program, "money", 5)] == ["Handbook"]
    assert "Budget" in sign_in(world.manager).get(url(world, "handbook_page", page.pk)).content.decode()


def test_what_the_team_says_about_a_page_is_for_the_team(world: Any, sign_in: Any) -> None:
    """The page shows the comments to who writes the handbook; so does every other way to them."""
    page = world.handbook_page
    said = make_comment(page, kind="handbook_page", text="Too soft.", by=world.coach)
    ways = [reverse("comments:thread", args=["handbook_page", page.pk]), reverse("comments:comment", args=[said.pk])]
    for way in ways:
        assert sign_in(world.influencer).get(way).status_code == 404
        assert sign_in(world.coach).get(way, follow=True).status_code == 200


def test_an_empty_handbook_invites_who_writes_and_sends_others_on(world: Any, sign_in: Any) -> None:
    HandbookPage.objects.all().delete()
    assert "Use the seven chapters" in sign_in(world.manager).get(url(world, "handbook")).content.decode()
    answer = sign_in(world.influencer).get(url(world, "handbook")).content.decode()
    assert "Who you can ask" in answer
    assert "seven chapters" not in answer


def test_the_seven_chapters_come_once(world: Any, sign_in: Any) -> None:
    HandbookPage.objects.all().delete()
    client = sign_in(world.manager)
    client.post(url(world, "handbook_start"))
    client.post(url(world, "handbook_start"))
    assert HandbookPage.objects.filter(parent=None).count() == 7
    assert not HandbookPage.objects.filter(is_published=True).exists()
    for page in HandbookPage.objects.all():
        assert set(page.title.texts) == set(page.text.texts) == {"de", "en"}
        assert client.get(url(world, "handbook_page", page.pk)).status_code == 200


def test_a_part_writes_itself(world: Any, sign_in: Any) -> None:
    make_milestone(world.program, on=timezone.localdate() + timedelta(days=3), title_en="Kick-off", title_de="Auftakt")
    page = make_page(world.program, chapter="dates")
    assert "Kick-off" in sign_in(world.influencer).get(url(world, "handbook_page", page.pk)).content.decode()
    rules = make_page(world.program, chapter="guidelines")
    shown = sign_in(world.influencer).get(url(world, "handbook_page", rules.pk)).content.decode()
    assert "Version 2, since" in shown or "Version 1, since" in shown
    assert str(parts_of(world.guideline_version.content)[0].title) in shown
    HandbookPage.objects.filter(pk=page.pk).update(chapter="of_a_room_that_went")
    assert sign_in(world.influencer).get(url(world, "handbook_page", page.pk)).status_code == 200


def test_who_does_not_read_the_language_is_told(world: Any, sign_in: Any) -> None:
    page = make_page(world.program, text={"de": "Nur auf Deutsch."})
    answer = sign_in(world.influencer).get(url(world, "handbook_page", page.pk)).content.decode()
    assert "Nur auf Deutsch." in answer
    assert "only available in German" in answer


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_page(count: int, world: Any, sign_in: Any, django_assert_num_queries: Any) -> None:
    HandbookPage.objects.all().delete()
    pages = [make_page(world.program, place=number) for number in range(count)]
    for number in range(count):
        make_decision(world.program, number + 10, page=pages[0])
    client = sign_in(world.influencer)
    client.get(url(world, "handbook_page", pages[0].pk))
    with django_assert_num_queries(7):
        client.get(url(world, "handbook_page", pages[0].pk))
    with django_assert_num_queries(5):
        client.get(url(world, "handbook"))
    with django_assert_num_queries(5):
        client.get(url(world, "decisions"))


# --- writing ----------------------------------------------------------------------------------------------------------


def test_a_page_is_written_and_what_it_said_before_is_kept(world: Any, sign_in: Any) -> None:
    page, client = world.handbook_page, sign_in(world.coach)
    answer = client.post(
        url(world, "handbook_page_edit", page.pk), written(page, text="Two hours.", note="As agreed."), follow=True
    )
    assert "Two hours." in answer.content.decode()
    page.refresh_from_db()
    assert page.version == 2
    assert page.text.texts == {"en": "Two hours.", "de": "Eine Stunde pro Woche."}
    assert [row.number for row in page.versions.all()] == [2, 1]
    history = client.get(url(world, "handbook_versions", page.pk)).content.decode()
    assert "As agreed." in history
    assert "<del>" in history
    assert "<ins>" in history
    client.post(url(world, "handbook_version_again", page.pk, 1))
    page.refresh_from_db()
    assert (page.version, page.text.texts["en"]) == (3, "One hour a week.")
    assert page.versions.count() == 3


def test_saving_the_same_makes_no_version(world: Any, sign_in: Any) -> None:
    page = world.handbook_page
    sign_in(world.coach).post(url(world, "handbook_page_edit", page.pk), written(page))
    assert page.versions.count() == 1


def test_another_language_is_added_beside(world: Any, sign_in: Any) -> None:
    page = make_page(world.program, title={"en": "Roles"}, text={"en": "Who does what."})
    where = url(world, "handbook_page_edit", page.pk) + "?language=de"
    assert "missing" in sign_in(world.coach).get(url(world, "handbook_page_edit", page.pk)).content.decode()
    sign_in(world.coach).post(where, {"title": "Rollen", "text": "Wer was macht.", "based_on": 1})
    page.refresh_from_db()
    assert page.text.texts == {"en": "Who does what.", "de": "Wer was macht."}


def test_two_who_write_in_different_places_lose_nothing(world: Any, sign_in: Any) -> None:
    page = make_page(world.program, text={"en": "First.\n\nSecond.\n\nThird.\n"})
    client = sign_in(world.coach)
    client.post(url(world, "handbook_page_edit", page.pk), written(page, text="First!\n\nSecond.\n\nThird.\n"))
    answer = client.post(
        url(world, "handbook_page_edit", page.pk), written(page, text="First.\n\nSecond.\n\nThird?\n"), follow=True
    )
    assert "together with what somebody else changed" in answer.content.decode()
    page.refresh_from_db()
    assert page.text.texts["en"] == "First!\n\nSecond.\n\nThird?\n"


def test_two_who_write_in_the_same_place_choose(world: Any, sign_in: Any) -> None:
    page, client = world.handbook_page, sign_in(world.coach)
    client.post(url(world, "handbook_page_edit", page.pk), written(page, text="Two hours."))
    answer = client.post(url(world, "handbook_page_edit", page.pk), written(page, text="Three hours."))
    assert answer.status_code == 409
    assert "Three hours." in answer.content.decode()
    assert "Two hours." in answer.content.decode()
    assert answer.context["form"]["based_on"].value() == "2"
    page.refresh_from_db()
    assert page.text.texts["en"] == "Two hours."
    client.post(url(world, "handbook_page_edit", page.pk), written(page, text="Three hours.", based_on=2))
    page.refresh_from_db()
    assert page.text.texts["en"] == "Three hours."


@pytest.mark.parametrize("based_on", [99, -1, "x", ""])
def test_a_version_that_never_was(based_on: Any, world: Any, sign_in: Any) -> None:
    page = world.handbook_page
    answer = sign_in(world.coach).post(
        url(world, "handbook_page_edit", page.pk), written(page, text="Two hours.", based_on=based_on)
    )
    page.refresh_from_db()
    assert (answer.status_code, page.text.texts["en"]) in {(409, "One hour a week."), (422, "One hour a week.")}


def test_a_page_of_two_megabytes_is_refused_in_words(world: Any, sign_in: Any) -> None:
    page = world.handbook_page
    answer = sign_in(world.coach).post(url(world, "handbook_page_edit", page.pk), written(page, text="word " * 400_000))
    assert answer.status_code == 422
    sent = answer.content.decode()
    head = sent[:100_000]
    assert "Please check this again. Your entries have been kept." in head
    assert "Ensure this value has at most 60000 characters (it has 2000000)." in head
    assert '<a href="#id_text">Text</a>' in head, "and it leads there"
    assert len(sent) > 2_000_000, "what was typed is still in the form"
    assert answer.context["form"]["text"].value() == "word " * 400_000
    page.refresh_from_db()
    assert page.version == 1


def test_no_script_runs(world: Any, sign_in: Any) -> None:
    page = make_page(world.program, text={"en": "<script>alert(1)</script> [x](javascript:alert(1))"})
    answer = sign_in(world.influencer).get(url(world, "handbook_page", page.pk)).content.decode()
    assert "<script>alert" not in answer
    assert 'href="javascript' not in answer


# --- the tree ---------------------------------------------------------------------------------------------------------


def test_a_page_never_stands_below_itself(world: Any, sign_in: Any) -> None:
    page, below = world.handbook_page, world.handbook_draft
    answer = sign_in(world.manager).post(url(world, "handbook_page_arrange", page.pk), {"parent": below.pk})
    assert answer.status_code == 422
    assert "cannot be placed below itself" in answer.content.decode()
    page.refresh_from_db()
    assert page.parent is None


def test_the_tree_is_four_levels_deep(world: Any, sign_in: Any) -> None:
    parent: Any = None
    for _level in range(4):
        parent = make_page(world.program, parent=parent)
    where = url(world, "handbook_page_new") + f"?below={parent.pk}"
    answer = sign_in(world.manager).post(where, {"title": "Deeper", "text": "", "based_on": 0})
    assert answer.status_code == 422
    assert "nested any deeper" in answer.content.decode()


def test_two_who_arrange_at_once_make_no_circle(world: Any) -> None:
    """Each was shown the tree as it stood before: the second is refused, or pages would stand below each other."""
    one, other = make_page(world.program), make_page(world.program)
    seen_before = HandbookPage.objects.get(pk=one.pk)
    services.arrange_page(one, parent=other, by=world.manager)
    with pytest.raises(services.WrongPlace):
        services.arrange_page(other, parent=seen_before, by=world.coach)
    other.refresh_from_db()
    assert other.parent_id is None


def test_nothing_is_put_below_a_page_that_went_meanwhile(world: Any) -> None:
    above, page = make_page(world.program), make_page(world.program)
    seen_before = HandbookPage.objects.get(pk=above.pk)
    services.delete_page(above, by=world.manager)
    with pytest.raises(services.WrongPlace):
        services.add_page(world.program, parent=seen_before, language="en", title="x", text="", by=world.coach)
    with pytest.raises(services.WrongPlace):
        services.arrange_page(page, parent=seen_before, by=world.coach)


def test_pages_change_places(world: Any) -> None:
    HandbookPage.objects.all().delete()
    first, second, third = (make_page(world.program, place=number) for number in range(3))
    services.move_page(third, up=True, by=world.manager)
    services.move_page(first, up=True, by=world.manager)
    assert list(HandbookPage.objects.values_list("pk", flat=True)) == [first.pk, third.pk, second.pk]


def test_deleted_pages_take_those_below_along_and_bring_them_back(world: Any, sign_in: Any) -> None:
    page, below, client = world.handbook_page, world.handbook_draft, sign_in(world.manager)
    gone_before = make_page(world.program, parent=page, deleted_at=timezone.now() - timedelta(days=2))
    client.post(url(world, "handbook_page_delete", page.pk))
    assert client.get(url(world, "handbook_page", below.pk)).status_code == 404
    client.post(url(world, "handbook_page_restore", page.pk))
    assert client.get(url(world, "handbook_page", below.pk)).status_code == 200
    gone_before.refresh_from_db()
    assert gone_before.deleted_at is not None


def test_a_page_whose_parent_went_comes_back_at_the_top(world: Any) -> None:
    services.delete_page(world.handbook_draft, by=world.manager)
    services.delete_page(world.handbook_page, by=world.manager)
    draft = HandbookPage.objects.select_related("parent").get(pk=world.handbook_draft.pk)
    services.restore_page(draft, by=world.manager)
    draft.refresh_from_db()
    assert (draft.deleted_at, draft.parent_id) == (None, None)


# --- the seal ---------------------------------------------------------------------------------------------------------


def test_who_was_asked_approves_what_was_read(world: Any, sign_in: Any) -> None:
    page = world.handbook_page
    HandbookPage.objects.filter(pk=page.pk).update(approver=world.coach_membership)
    approve = url(world, "handbook_page_approve", page.pk)
    assert sign_in(world.manager).post(approve, {"version": 1}).status_code == 403
    services.write_page(page, language="en", title="Time", text="Two hours.", based_on=1, by=world.manager)
    answer = sign_in(world.coach).post(approve, {"version": 1}, follow=True)
    assert "newer version" in answer.content.decode()
    sign_in(world.coach).post(approve, {"version": 2})
    page.refresh_from_db()
    assert (page.is_approved, page.approved_by) == (True, world.coach)
    services.write_page(page, language="en", title="Time", text="Three.", based_on=2, by=world.manager)
    page.refresh_from_db()
    assert not page.is_approved
    assert list(queries.waiting_for(world.coach, world.program)) == [page]


def test_the_seal_fades_on_its_day(world: Any, sign_in: Any) -> None:
    page = world.handbook_page
    HandbookPage.objects.filter(pk=page.pk).update(check_on=timezone.localdate())
    assert "overdue" in sign_in(world.influencer).get(url(world, "handbook_page", page.pk)).content.decode()
    assert [each.pk for each in queries.waiting_for(world.coach, world.program)] == [page.pk]
    assert not queries.waiting_for(world.manager, world.program)
    home = sign_in(world.coach).get(reverse("home:program", args=[world.program.slug])).content.decode()
    assert "Is it still true?" in home


# --- search --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["sprechstunden", "Groesse", "größe", "coffee", "kaffee"])
def test_pages_are_found_in_both_languages(words: str, world: Any) -> None:
    page = make_page(
        world.program,
        title={"de": "Die Sprechstunde", "en": "Office hour"},
        text={"de": "Mit Kaffee, in der Größe, die passt.", "en": "With coffee."},
    )
    with translation.override("de"):
        assert [one.page.pk for one in queries.found(world.influencer, world.program, words)] == [page.pk]


def test_drafts_and_other_programs_are_not_found(world: Any, sign_in: Any) -> None:
    make_page(world.other_program, title={"en": "Budget of theirs"})
    assert queries.found(world.influencer, world.program, "budget") == []
    assert [one.page for one in queries.found(world.manager, world.program, "budget")] == [world.handbook_draft]
    nothing = sign_in(world.influencer).get(url(world, "handbook"), {"q": "budget"}).content.decode()
    assert "No page contains these words" in nothing


# --- decisions --------------------------------------------------------------------------------------------------------


def test_a_decision_is_recorded_changed_and_comes_back(world: Any, sign_in: Any) -> None:
    client, values = sign_in(world.coach), {"text_en": "Tuesdays.", "decided_on": "2026-11-03"}
    client.post(url(world, "decision_new"), values)
    decision = Decision.objects.get(number=2)
    client.post(url(world, "decision_edit", decision.pk), values | {"text_en": "Thursdays."})
    assert "Thursdays." in sign_in(world.influencer).get(url(world, "decisions")).content.decode()
    client.post(url(world, "decision_delete", decision.pk))
    assert "Thursdays." not in client.get(url(world, "decisions")).content.decode()
    client.post(url(world, "decision_restore", decision.pk))
    assert "Thursdays." in client.get(url(world, "decisions")).content.decode()
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {HandbookVerb.DECIDED, HandbookVerb.DECISION_CHANGED, HandbookVerb.DECISION_RESTORED} <= verbs


def test_a_decision_is_looked_at_again_later_than_it_was_made(world: Any, sign_in: Any) -> None:
    values = {"text_en": "Tuesdays.", "decided_on": "2026-11-03", "check_on": "2026-11-03"}
    answer = sign_in(world.coach).post(url(world, "decision_new"), values)
    assert answer.status_code == 422
    assert "a day after the decision" in answer.content.decode()


def test_a_decision_leads_nobody_to_a_draft(world: Any, sign_in: Any) -> None:
    make_decision(world.program, 7, page=world.handbook_draft)
    where = url(world, "handbook_page", world.handbook_draft.pk)
    assert where in sign_in(world.coach).get(url(world, "decisions")).content.decode()
    assert where not in sign_in(world.influencer).get(url(world, "decisions")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_numbers_are_given_once(world: Any) -> None:
    def record() -> None:
        try:
            services.record_decision(
                world.program, by=world.manager, text={"en": "x"}, considered={}, decided_on=timezone.localdate()
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=record) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = list(Decision.objects.filter(program=world.program).values_list("number", flat=True))
    assert sorted(numbers) == list(range(1, 10))


def test_what_goes_for_good_takes_its_versions_along(world: Any) -> None:
    page = world.handbook_page
    page.put_away()
    HandbookPage.objects.filter(pk=page.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    for removes in ROOM.retention:
        removes()
    assert not HandbookVersion.objects.filter(page_id=page.pk).exists()
