"""The field for longer texts: drafts for their writer alone, a preview of what the writer may see, pictures of ours."""

import json
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.forum.models import Board
from core.comments.models import Comment
from core.kit.markdown import attachments_of, plain_text, render, validate_links
from core.writing import jobs, services
from core.writing.access import find_draft
from core.writing.forms import MarkdownField, MarkdownInput
from core.writing.models import Draft
from tests.at_once import VERY_MANY, at_once
from tests.factories.attachments import make_picture

PICTURE = "0" * 8 + "-0000-4000-8000-" + "0" * 12


def test_a_draft_is_there_again_and_goes_when_it_is_sent(world: Any, sign_in: Any) -> None:
    coach, key = sign_in(world.coach), f"comment:item:{world.item.pk}"
    answer = coach.post(reverse("writing:draft"), {"key": key, "text": "About the hall, @Man"})
    assert answer.json()["words"].startswith("Draft saved at ")
    page = coach.get(f"/p/nordlichter/items/{world.item.pk}/").content.decode()
    assert "About the hall, @Man</textarea>" in page
    assert "Your draft of" in page
    assert "About the hall" not in sign_in(world.manager).get(f"/p/nordlichter/items/{world.item.pk}/").content.decode()
    form = {"text": "About the hall", "key": uuid.uuid4()}
    coach.post(reverse("comments:comment_add", args=["item", world.item.pk]), form)
    assert not Draft.objects.exists()


def test_why_a_draft_cannot_be_saved_is_said_once_and_with_the_place(world: Any, sign_in: Any) -> None:
    coach, key = sign_in(world.coach), f"comment:item:{world.item.pk}"
    words = coach.post(reverse("writing:draft"), {"key": key, "text": "About the hall\u202e, and more"}).json()["words"]
    assert words.count("invisible control character") == 1
    assert "after “About the hall”" in words
    answer = coach.post(
        reverse("comments:comment_add", args=["item", world.item.pk]), {"text": "a\u202eb", "key": uuid.uuid4()}
    )
    assert answer.content.decode().count("invisible control character") == 2  # above the form, and at the field


def test_no_text_is_cut_when_it_is_pasted(world: Any, sign_in: Any) -> None:
    """The browser would do so without a word; what is too long is said when it is sent, and kept."""
    for person, address in (
        (world.coach, "/p/nordlichter/forum/new/"),
        (world.coach, f"/p/nordlichter/items/{world.item.pk}/"),
    ):
        page = sign_in(person).get(address).content.decode()
        areas = re.findall(r"<textarea[^>]*>", page)
        assert areas
        assert not [each for each in areas if "maxlength" in each]


def test_an_empty_draft_is_none(world: Any, sign_in: Any) -> None:
    services.keep_draft(world.coach, "comment:item:1", "x")
    answer = sign_in(world.coach).post(reverse("writing:draft"), {"key": "comment:item:1", "text": " \n"})
    assert (answer.json(), find_draft(world.coach, "comment:item:1")) == ({"words": "", "version": 0}, None)


@pytest.mark.django_db(transaction=True)
def test_fifty_copies_of_a_draft_are_one(world: Any, settings: Any) -> None:
    """A browser that asks again because the answer was lost is not somebody in another window."""

    def sent(text: str, seen: int) -> int:
        client = Client(raise_request_exception=False)
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions["coach"]
        form = {"key": "comment:item:1", "text": text, "seen": seen, "beside": "{}"}
        return int(client.post(reverse("writing:draft"), form).status_code)

    assert set(at_once(lambda: sent("A day at the pier", 0), VERY_MANY)) == {200}
    assert [(draft.text, draft.version) for draft in Draft.objects.all()] == [("A day at the pier", 1)]
    assert set(at_once(lambda: sent("Two days", 1), VERY_MANY)) == {200}
    assert [(draft.text, draft.version) for draft in Draft.objects.all()] == [("Two days", 2)]
    assert set(at_once(lambda: sent(" ", 2), VERY_MANY)) == {200}
    assert not Draft.objects.exists()


@pytest.mark.parametrize("wrong", [{"key": "../x"}, {"key": "a" * 81}, {"text": "a\u202eb"}, {"text": "x" * 60_001}])
def test_an_odd_draft_is_refused(wrong: dict[str, str], world: Any, sign_in: Any) -> None:
    answer = sign_in(world.coach).post(reverse("writing:draft"), {"key": "a:1", "text": "x"} | wrong)
    assert (answer.status_code, Draft.objects.count()) == (422, 0)


def test_drafts_are_not_for_ever_and_not_endless(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "MOST", 2)
    for number in range(4):
        services.keep_draft(world.coach, f"a:{number}", "x")
    assert set(Draft.objects.values_list("key", flat=True)) == {"a:2", "a:3"}
    Draft.objects.filter(key="a:2").update(saved_at=timezone.now() - timedelta(days=31))
    assert jobs.retention() == 1


def test_the_preview_shows_people_and_pictures_of_the_object(world: Any, sign_in: Any) -> None:
    picture = make_picture(world.program.pk, kind="item", target_id=world.item.pk)
    text = f"**Look**, @Manager and @[{world.influencer.pk}]: ![rig](attachment:{picture.pk}) ![x](https://evil.example/p.png)"
    form = {"text": text, "kind": "item", "target": world.item.pk}
    html = sign_in(world.coach).post(reverse("writing:preview"), form).content.decode()
    assert "<strong>@Manager</strong>" in html
    assert f'src="/files/{picture.pk}/"' in html
    assert ('src="https://evil' in html, "Influencer" in html) == (False, False)
    assert sign_in(world.stranger).post(reverse("writing:preview"), form).status_code == 404
    assert sign_in(world.influencer).post(reverse("writing:preview"), form).status_code == 403
    assert sign_in(world.influencer).post(reverse("writing:preview"), {"text": "*a*"}).content == b"<p><em>a</em></p>\n"


def test_a_comment_shows_its_pictures(world: Any, sign_in: Any) -> None:
    picture = make_picture(world.program.pk, kind="item", target_id=world.item.pk)
    foreign = make_picture(world.program.pk, kind="item", target_id=world.free_item.pk)
    text = f"![The rig](attachment:{picture.pk}) ![secret](attachment:{foreign.pk})"
    form = {"text": text, "key": uuid.uuid4()}
    coach = sign_in(world.coach)
    assert coach.post(reverse("comments:comment_add", args=["item", world.item.pk]), form).status_code == 302
    page = coach.get(f"/p/nordlichter/items/{world.item.pk}/").content.decode()
    assert f'<img src="/files/{picture.pk}/" alt="The rig">' in page
    assert f'src="/files/{foreign.pk}/"' not in page
    assert Comment.objects.filter(text=text).exists()


def test_a_picture_of_ours_is_drawn_where_it_is_known() -> None:
    text = f"![rig](attachment:{PICTURE}) [link](attachment:{PICTURE})"
    assert attachments_of(text) == {PICTURE}
    validate_links(text)
    assert render(text, pictures={PICTURE: "/files/1/"}) == '<p><img src="/files/1/" alt="rig"> link</p>\n'
    assert render(text) == "<p>[rig] link</p>\n"
    assert render(text, files={PICTURE: "/files/1/"}) == (
        '<p>[rig] <a href="/files/1/" rel="noopener noreferrer">link</a></p>\n'
    )
    assert plain_text(text) == "[rig] link"
    http = render(text, images=True, pictures={PICTURE: "http://127.0.0.1/x/"})
    assert 'src="http://127.0.0.1/x/"' in http
    assert "src" not in render(
        "![x](http://evil.example/a.png)", images=True, pictures={PICTURE: "http://127.0.0.1/x/"}
    )


def test_without_scripts_it_is_a_plain_field() -> None:
    field = MarkdownField(widget=MarkdownInput(rows=4))
    html = field.widget.render("text", "<b>", {"id": "t"})
    assert re.search(r'<textarea name="text"[^>]* rows="4"[^>]* id="t"', html)
    assert "&lt;b&gt;</textarea>" in html
    assert 'aria-controls="t" hidden' in html
    assert "data-mentions" not in html
    assert field.clean("a\r\nb\rc") == "a\nb\nc"


def test_the_fields_beside_are_kept_with_the_text(world: Any, sign_in: Any) -> None:
    coach, key = sign_in(world.coach), f"forum:{world.program.pk}"
    ideas = Board.objects.get(program=world.program, key="ideas")
    beside = {
        "title": "A day at the pier",
        "board": str(ideas.pk),
        "poll-question": "When?",
        "poll-choices": "May\nJune",
    }
    form = {"key": key, "text": "", "seen": 0, "beside": json.dumps(beside)}
    assert coach.post(reverse("writing:draft"), form).json()["version"] == 1
    page = coach.get(reverse("community:topic_new", args=["nordlichter"])).content.decode()
    assert 'value="A day at the pier"' in page
    assert re.search(rf'value="{ideas.pk}" checked', page)
    assert 'value="When?"' in page
    assert "May\nJune</textarea>" in page
    assert "Your draft of" in page


MANY_FIELDS = json.dumps(dict.fromkeys(map(str, range(13)), "x"))
LONG_FIELD = json.dumps({"a": "x" * 4_001})


@pytest.mark.parametrize("wrong", ["[1]", "{", '{"title": 7}', LONG_FIELD, MANY_FIELDS, '{"t": "a\\u202eb"}'])
def test_odd_fields_beside_are_refused(wrong: str, world: Any, sign_in: Any) -> None:
    answer = sign_in(world.coach).post(reverse("writing:draft"), {"key": "a:1", "text": "x", "beside": wrong})
    assert (answer.status_code, Draft.objects.count()) == (422, 0)


def test_two_windows_do_not_overwrite_each_other(world: Any, sign_in: Any) -> None:
    coach, key = sign_in(world.coach), "forum:1"

    def keep(text: str, seen: int) -> Any:
        return coach.post(reverse("writing:draft"), {"key": key, "text": text, "seen": seen})

    assert keep("One", 0).json()["version"] == 1
    assert keep("One and more", 1).json()["version"] == 2
    late = keep("The other", 0)
    assert (late.status_code, late.json()["version"], find_draft(world.coach, key).text) == (409, 2, "One and more")  # type: ignore[union-attr]
    assert keep("The other", late.json()["version"]).json()["version"] == 3
    assert keep("", 3).json() == {"words": "", "version": 0}
    assert keep("After it was sent", 3).json()["version"] == 4, "a version never comes twice"


@pytest.mark.django_db(transaction=True)
def test_twenty_windows_at_once_keep_one_of_them(world: Any) -> None:
    def keep() -> bool:
        try:
            return services.keep_draft(world.coach, "forum:1", f"x {uuid.uuid4()}", seen=0) is not None
        except services.WrittenElsewhere:
            return False

    assert sum(at_once(keep)) == 1
    assert Draft.objects.count() == 1
