"""Two writers of one issue: what each changed is kept, and of the same text both versions are shown."""

import re
from typing import Any

import pytest
from django.test import Client

from community.newsletters.models import Issue
from programs.membership.models import Role
from tests.community.newsletters.test_pages import path, texts
from tests.factories.membership import make_member

LIVE = {"HX-Request": "true"}


@pytest.fixture
def two(world: Any, sign_in: Any) -> tuple[Client, Client]:
    return sign_in(world.manager), sign_in(make_member(world.program, "deputy2", role=Role.MANAGER).user)


def shown(client: Client, world: Any) -> dict[str, str]:
    """What the page of the issue would send, with the marks of what it shows."""
    page = client.get(path(world, world.draft_issue.pk, "edit/")).content.decode()
    found = dict(re.findall(r'name="(seen_\w+)" value="(\w*)"', page))
    assert len(found) == 4
    return texts(Issue.objects.get(pk=world.draft_issue.pk)) | found


def now(world: Any) -> Issue:
    return Issue.objects.get(pk=world.draft_issue.pk)


def test_two_languages_at_once_are_both_kept(world: Any, two: Any) -> None:
    first, second = two
    address = path(world, world.draft_issue.pk, "edit/")
    mine, theirs = shown(first, world), shown(second, world)
    assert second.post(address, theirs | {"body_de": "Guten Tag", "subject_de": "Neu"}, headers=LIVE).status_code == 200
    part = first.post(address, mine | {"body_en": "Hello all"}, headers=LIVE).content.decode()
    assert now(world).body.texts == {"de": "Guten Tag", "en": "Hello all"}
    assert now(world).subject.texts["de"] == "Neu"
    assert "deputy" in part.lower()
    assert "has changed this, and it is kept:" in " ".join(part.split())
    assert 'data-theirs="body_de"' in part
    assert "Guten Tag</pre>" in part
    assert 'name="seen_body_en"' in part
    assert 'name="seen_body_de"' not in part, "the page still shows the old text and knows it"
    # the page was not refreshed: its old German is no change of its writer
    seen = dict(re.findall(r'name="(seen_\w+)" id="\w+" value="(\w+)"', part))
    again = mine | seen | {"body_en": "Hello everybody", "version": now(world).version}
    assert "saved at" in first.post(address, again, headers=LIVE).content.decode()
    assert now(world).body.texts == {"de": "Guten Tag", "en": "Hello everybody"}


def test_the_same_text_is_shown_twice_and_the_rest_is_joined(world: Any, two: Any) -> None:
    first, second = two
    address = path(world, world.draft_issue.pk, "edit/")
    mine, theirs = shown(first, world), shown(second, world)
    second.post(address, theirs | {"body_en": "Theirs", "body_de": "Ihres"})
    mine |= {"body_en": "Mine"}
    assert "Not saved" in first.post(address, mine, headers=LIVE).content.decode()
    assert now(world).body.texts == {"de": "Ihres", "en": "Theirs"}
    answer = first.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(r'name="body_de"[^>]*>\s*Ihres</textarea>', page), "nobody else touched it: it is there already"
    assert re.search(r'name="body_en"[^>]*>\s*Mine</textarea>', page)
    assert page.count('class="othertext"') == 1
    assert "Theirs</pre>" in page
    again = dict(re.findall(r'name="(seen_\w+)" value="(\w*)"', page))
    kept = mine | again | {"body_de": "Ihres", "version": now(world).version}
    assert first.post(address, kept).status_code == 302
    assert now(world).body.texts == {"de": "Ihres", "en": "Mine"}


def test_the_same_change_by_both_is_none(world: Any, two: Any) -> None:
    first, second = two
    address = path(world, world.draft_issue.pk, "edit/")
    mine, theirs = shown(first, world), shown(second, world)
    second.post(address, theirs | {"body_en": "The same"})
    assert first.post(address, mine | {"body_en": "The same", "subject_en": "Other"}).status_code == 302
    assert (now(world).body.texts["en"], now(world).subject.texts["en"]) == ("The same", "Other")


def test_a_plan_with_what_was_typed_joins_too(world: Any, two: Any) -> None:
    """Every press saves the text first: also with a colleague's in another field."""
    first, second = two
    mine, theirs = shown(first, world), shown(second, world)
    second.post(path(world, world.draft_issue.pk, "edit/"), theirs | {"body_de": "Guten Tag"})
    first.post(path(world, world.draft_issue.pk, "test/"), mine | {"body_en": "Hello all", "language": "en"})
    assert now(world).body.texts == {"de": "Guten Tag", "en": "Hello all"}


def test_a_mark_that_was_made_up_overwrites_nothing(world: Any, two: Any) -> None:
    first, second = two
    address = path(world, world.draft_issue.pk, "edit/")
    mine, theirs = shown(first, world), shown(second, world)
    second.post(address, theirs | {"body_en": "Theirs"})
    for seen in ("", "0" * 16):
        assert first.post(address, mine | {"body_en": "Mine", "seen_body_en": seen}).status_code == 409
    assert first.post(address, mine | {"body_en": "Mine", "seen_body_en": "0" * 17}).status_code == 422
    assert now(world).body.texts["en"] == "Theirs"
