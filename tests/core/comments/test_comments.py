"""Comments on the items and phases of a program: for the team, each word kept, undone, and told to who is named."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.comments import services
from core.comments.models import Comment
from core.comments.room import ROOM
from core.comments.thread import PAGE, thread_on
from core.journal.models import Entry
from core.news import queries as inbox
from core.news.models import Notification
from core.people.models import User
from core.writing.editing import edit_key
from core.writing.models import Draft
from core.writing.services import keep_draft
from programs.checklists import services as checklists
from programs.membership.models import Role
from tests.factories.comments import make_comment
from tests.world import join, make_user

HTMX = {"HTTP_HX_REQUEST": "true"}


def url(name: str, *args: Any) -> str:
    return reverse(f"comments:{name}", args=args)


def say(client: Client, world: Any, text: str, **more: Any) -> Any:
    return client.post(url("comment_add", "item", world.item.pk), {"text": text, "key": uuid.uuid4(), **more})


def texts(world: Any) -> list[str]:
    return list(Comment.objects.present().on("item", world.item.pk).values_list("text", flat=True))


@pytest.fixture
def calm(world: Any) -> Any:
    """Nothing was said yet."""
    Comment.objects.all().delete()
    Notification.objects.all().delete()
    return world


def test_a_comment_stands_on_the_page_of_its_item(calm: Any, sign_in: Any) -> None:
    coach = sign_in(calm.coach)
    answer = say(coach, calm, "The **hall** is booked.\n\n- https://evil is text, <b>this</b> too")
    comment = Comment.objects.get()
    assert answer["Location"] == f"/p/nordlichter/items/{calm.item.pk}/#comment-{comment.pk}"
    page = sign_in(calm.manager).get(answer["Location"]).content.decode()
    assert "The <strong>hall</strong> is booked." in page
    assert "&lt;b&gt;this&lt;/b&gt;" in page
    assert f'id="comment-{comment.pk}"' in page
    entry = Entry.objects.get(verb="comments.added")
    assert (entry.program_id, entry.data) == (calm.program.pk, {"kind": "item", "target": calm.item.pk})


def test_comments_are_for_the_team(calm: Any, sign_in: Any) -> None:
    make_comment(calm.item, calm.coach, text="Only for us")
    page = sign_in(calm.influencer).get(f"/p/nordlichter/items/{calm.item.pk}/").content.decode()
    assert "Only for us" not in page
    assert 'id="comments"' not in page


def test_the_same_form_twice_says_it_once(calm: Any, sign_in: Any) -> None:
    key = uuid.uuid4()
    for _ in range(2):
        say(sign_in(calm.coach), calm, "Once", key=key)
    assert texts(calm) == ["Once"]
    say(sign_in(calm.manager), calm, "Another person's", key=key)
    assert texts(calm) == ["Once", "Another person's"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("  ", "Please write something"),
        ("x" * 4001, "4000"),
        ("a\u202eb", "invisible"),
        ("[x](javascript:1)", "not allowed"),
    ],
)
def test_a_bad_comment_says_why_and_is_kept(text: str, says: str, calm: Any, sign_in: Any) -> None:
    answer = say(sign_in(calm.coach), calm, text)
    page = answer.content.decode()
    assert (answer.status_code, says in page, text.strip()[:3] in page) == (422, True, True)
    assert texts(calm) == []


def test_with_htmx_the_thread_comes_back(calm: Any, sign_in: Any) -> None:
    coach = sign_in(calm.coach)
    form = {"text": "Quick", "key": uuid.uuid4()}
    answer = coach.post(url("comment_add", "item", calm.item.pk), form, **HTMX)
    assert answer.content.decode().lstrip().startswith('<section class="comments"')
    comment = Comment.objects.get()
    assert coach.get(url("comment_edit", comment.pk), **HTMX).content.decode().lstrip().startswith("<form")
    answer = coach.post(url("comment_edit", comment.pk), {"text": "Quicker", "version": 1}, **HTMX)
    assert (answer["HX-Retarget"], "Quicker" in answer.content.decode()) == ("#comments", True)
    assert "Undo" in coach.post(url("comment_delete", comment.pk), **HTMX).content.decode()


def test_one_changes_ones_own_words_only(calm: Any, sign_in: Any) -> None:
    comment = make_comment(calm.item, calm.coach)
    assert sign_in(calm.manager).get(url("comment_edit", comment.pk)).status_code == 403
    coach = sign_in(calm.coach)
    assert comment.text in coach.get(url("comment_edit", comment.pk)).content.decode()
    coach.post(url("comment_edit", comment.pk), {"text": "Better", "version": 1})
    comment.refresh_from_db()
    assert (comment.text, comment.version, bool(comment.edited_at)) == ("Better", 2, True)


def test_two_edits_at_once_lose_nothing(calm: Any, sign_in: Any) -> None:
    comment, coach = make_comment(calm.item, calm.coach), sign_in(calm.coach)
    coach.post(url("comment_edit", comment.pk), {"text": "From the phone", "version": 1})
    answer = coach.post(url("comment_edit", comment.pk), {"text": "From the desk", "version": 1})
    page = answer.content.decode()
    assert (answer.status_code, "From the phone" in page, "From the desk" in page) == (422, True, True)
    assert texts(calm) == ["From the phone"]
    assert 'name="version" value="2"' in page
    coach.post(url("comment_edit", comment.pk), {"text": "Both", "version": 2})
    assert texts(calm) == ["Both"]


def test_what_is_begun_of_an_edit_is_there_again_with_what_was_saved_meanwhile(calm: Any, sign_in: Any) -> None:
    comment, coach = make_comment(calm.item, calm.coach), sign_in(calm.coach)
    here = url("comment_edit", comment.pk)
    keep_draft(calm.coach, edit_key("comment", comment.pk), "Half a thought", beside={"version": "1"})
    page = coach.get(here).content.decode()
    assert ("Half a thought</textarea>" in page, "The other version" in page) == (True, False)
    Comment.objects.filter(pk=comment.pk).update(text="From the desk", version=2)
    page = coach.get(here).content.decode()
    assert ("Half a thought</textarea>" in page, "From the desk</pre>" in page) == (True, True)
    coach.post(here, {"text": "Both", "version": 2})
    assert (texts(calm), Draft.objects.count()) == (["Both"], 0)


def test_words_for_an_object_that_went_meanwhile_are_not_lost(calm: Any, sign_in: Any) -> None:
    checklists.delete_item(calm.item, by=calm.manager)
    answer = say(sign_in(calm.coach), calm, "Half an hour of work")
    assert (answer.status_code, "Half an hour of work" in answer.content.decode()) == (404, True)


def test_what_was_deleted_can_be_said_again_by_the_same_form(calm: Any, sign_in: Any) -> None:
    coach, key = sign_in(calm.coach), uuid.uuid4()
    for _ in range(2):
        say(coach, calm, "The hall is booked.", key=key)
    services.delete_comment(Comment.objects.get(), by=calm.coach)
    for _ in range(2):
        say(coach, calm, "The hall is booked.", key=key)
    assert texts(calm) == ["The hall is booked."]


def test_words_for_a_comment_that_was_deleted_meanwhile_are_not_lost(calm: Any, sign_in: Any) -> None:
    comment, coach = make_comment(calm.item, calm.coach), sign_in(calm.coach)
    here = url("comment_edit", comment.pk)
    keep_draft(calm.coach, edit_key("comment", comment.pk), "Half a thought", beside={"version": "1"})
    services.delete_comment(comment, by=calm.manager)
    assert "Half a thought" in coach.get(here).content.decode()
    answer = coach.post(here, {"text": "A whole thought", "version": 1})
    assert (answer.status_code, "A whole thought" in answer.content.decode()) == (410, True)
    answer = coach.post(here, {"text": "A whole thought", "version": 1}, **HTMX)
    assert (answer.status_code, "A whole thought" in answer.content.decode()) == (422, True)
    assert sign_in(calm.manager).get(here).status_code == 404


def test_people_of_one_name_are_told_apart_as_in_the_directory(calm: Any, sign_in: Any) -> None:
    for address in ("eva1", "eva2"):
        eva = make_user(address)
        User.objects.filter(pk=eva.pk).update(name="Eva Klein")
        join(eva, calm.program, Role.COACH)
    found = sign_in(calm.manager).get(reverse("people:find", args=["item", calm.item.pk]), {"q": "eva"}).json()
    assert [each["name"] for each in found["people"]] == ["Eva Klein (A)", "Eva Klein (B)"]
    say(sign_in(eva), calm, "Hello @Eva Klein (A)")
    page = sign_in(calm.manager).get(f"/p/nordlichter/items/{calm.item.pk}/").content.decode()
    assert "@Eva Klein (A)" in page
    assert "Eva Klein (B)" in page.partition("@Eva Klein (A)")[0]  # who wrote it


def test_deleted_comments_come_back(calm: Any, sign_in: Any) -> None:
    comment, coach, manager = make_comment(calm.item, calm.coach), sign_in(calm.coach), sign_in(calm.manager)
    coach.post(url("comment_delete", comment.pk))
    assert texts(calm) == []
    assert manager.post(url("comment_restore", comment.pk)).status_code == 403, "not by somebody else"
    coach.post(url("comment_restore", comment.pk))
    assert texts(calm) == [comment.text]
    manager.post(url("comment_delete", comment.pk))
    assert coach.post(url("comment_restore", comment.pk)).status_code == 403, "what the manager took away stays away"
    manager.post(url("comment_restore", comment.pk))
    assert texts(calm) == [comment.text]


def test_a_coach_deletes_nobody_elses_words(calm: Any, sign_in: Any) -> None:
    comment = make_comment(calm.item, calm.manager)
    assert sign_in(calm.coach).post(url("comment_delete", comment.pk)).status_code == 403


def test_whoever_is_named_is_told_once(calm: Any, sign_in: Any) -> None:
    User.objects.filter(pk=calm.manager.pk).update(language="de")  # the reader's language, not the writer's
    say(sign_in(calm.coach), calm, "@Manager and @Coach, please look")
    comment, told = Comment.objects.get(), Notification.objects.get(kind="comments.mention")
    assert comment.text == f"@[{calm.manager.pk}] and @[{calm.coach.pk}], please look"
    assert (told.person, told.item) == (calm.manager, str(comment.pk))
    with translation.override("de"):
        (bundle,) = inbox.inbox_of(calm.manager, only_new=True)
        assert bundle.sentence == f"Coach hat Sie in einem Kommentar genannt: {calm.item.title}"
    assert bundle.url == f"/p/nordlichter/items/{calm.item.pk}/#comment-{comment.pk}"
    sign_in(calm.coach).post(url("comment_edit", comment.pk), {"text": "@Manager: please look again", "version": 1})
    assert Notification.objects.filter(kind="comments.mention").count() == 1
    User.objects.filter(pk=calm.manager.pk).update(name="Mara Beck")
    page = sign_in(calm.manager).get(f"/p/nordlichter/items/{calm.item.pk}/").content.decode()
    assert "<strong>@Mara Beck</strong>: please look again" in page


def test_only_people_of_the_team_can_be_named(calm: Any, sign_in: Any) -> None:
    say(sign_in(calm.coach), calm, f"@Influencer and @[{calm.stranger.pk}] and @[{calm.influencer.pk}]")
    assert texts(calm) == [f"@Influencer and @ [{calm.stranger.pk}] and @ [{calm.influencer.pk}]"]
    assert not Notification.objects.filter(kind="comments.mention").exists()


def test_the_list_offers_people_of_the_team(calm: Any, sign_in: Any) -> None:
    muller = make_user("müller")
    User.objects.filter(pk=muller.pk).update(name="Jürgen Müller-Groß")
    join(muller, calm.program, Role.COACH)
    find = reverse("people:find", args=["item", calm.item.pk])

    def found(words: str) -> list[str]:
        return [each["name"] for each in sign_in(calm.manager).get(find, {"q": words}).json()["people"]]

    assert found("") == ["Coach", "Deputy", "Jürgen Müller-Groß", "Manager", "Team"]
    assert found("mull") == found("jur mu") == ["Jürgen Müller-Groß"]
    assert found("influ") == found("zzz") == []


def test_older_comments_are_found_and_linked(calm: Any, sign_in: Any) -> None:
    comments = [make_comment(calm.item, calm.coach, text=f"Number {n}.") for n in range(PAGE + 3)]
    for place, comment in enumerate(comments):
        Comment.objects.filter(pk=comment.pk).update(at=timezone.now() - timedelta(days=50 - place))
    manager = sign_in(calm.manager)
    shown = thread_on(calm.manager, "item", calm.item.pk)
    assert [said.comment.text for said in shown.said][:: PAGE - 1] == ["Number 3.", f"Number {PAGE + 2}."]
    page = manager.get(shown.earlier_url).content.decode()
    assert ("Number 2." in page, "Number 3." in page) == (True, False)
    assert manager.get(shown.earlier_url, **HTMX).content.decode().lstrip().startswith("<li")
    old, new = (manager.get(url("comment", comment.pk))["Location"] for comment in (comments[1], comments[-1]))
    assert "Number 1." in manager.get(old.partition("#")[0]).content.decode()
    assert new == f"/p/nordlichter/items/{calm.item.pk}/#comment-{comments[-1].pk}"


def test_a_thread_costs_the_same_with_many_comments(calm: Any, django_assert_num_queries: Any) -> None:
    for count in (1, 9):
        for _ in range(count):
            make_comment(calm.item, calm.coach, text=f"@[{calm.manager.pk}] look")
        thread_on(calm.manager, "item", calm.item.pk)
        # the item, what was said, who is named, what tells them apart, their pages, a draft
        with django_assert_num_queries(6):
            thread_on(calm.manager, "item", calm.item.pk)


def test_comments_go_with_their_object_and_a_month_after_being_deleted(calm: Any) -> None:
    old, fresh = make_comment(calm.item, calm.coach), make_comment(calm.item, calm.coach)
    Comment.objects.filter(pk=old.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    Comment.objects.filter(pk=fresh.pk).update(deleted_at=timezone.now() - timedelta(days=29))
    assert [purge() for purge in ROOM.retention] == [1]
    assert services.forget("item", [calm.item.pk]) == 1


def test_a_phase_has_comments_too(calm: Any, sign_in: Any) -> None:
    coach = sign_in(calm.coach)
    coach.post(url("comment_add", "phase", calm.phase.pk), {"text": "Two weeks more?", "key": uuid.uuid4()})
    assert "Two weeks more?" in coach.get(f"/p/nordlichter/phases/{calm.phase.pk}/").content.decode()


def test_who_may_not_see_it_any_more_is_told_nothing(calm: Any, sign_in: Any) -> None:
    say(sign_in(calm.coach), calm, "@Manager, please look")
    comment = Comment.objects.get()
    assert len(inbox.inbox_of(calm.manager, only_new=True)) == 1
    services.delete_comment(comment, by=calm.coach)
    assert inbox.inbox_of(calm.manager, only_new=True) == []
    services.restore_comment(comment, by=calm.coach)
    calm.manager_membership.role = Role.EXECUTIVE
    calm.manager_membership.save()
    assert inbox.inbox_of(User.objects.get(pk=calm.manager.pk), only_new=True) == []
