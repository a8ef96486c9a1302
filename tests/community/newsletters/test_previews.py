"""The mail before it goes out, as different readers in different windows get it."""

from typing import Any

import pytest
from django.test import Client

from community.newsletters import previews
from community.newsletters.models_audiences import Audience
from programs.membership.models import Role
from tests.community.newsletters.test_pages import path, texts
from tests.factories.generations import make_generation
from tests.in_words import rewrite

IN_THE_DARK = "@media (prefers-color-scheme: dark)"


@pytest.fixture
def writer(world: Any, sign_in: Any) -> Client:
    return sign_in(world.manager)


def test_light_and_dark_whatever_window_the_writer_has(world: Any, writer: Client) -> None:
    address = path(world, world.draft_issue.pk, "preview/")
    own, light, dark = (writer.get(address, {"view": view}).content.decode() for view in ("wide", "light", "dark"))
    assert IN_THE_DARK in own
    assert 'content="light dark"' in own
    assert IN_THE_DARK not in light
    assert "@media not all {" in light
    assert 'content="light"' in light
    assert "@media all {" in dark
    assert 'content="dark"' in dark


def test_narrow_is_the_mail_on_a_phone(world: Any, writer: Client) -> None:
    page = writer.get(path(world, world.draft_issue.pk, "edit/"), {"view": "narrow"}).content.decode()
    assert 'class="preview is-narrow"' in page
    assert "view=narrow&amp;version=" in page
    part = writer.get(path(world, world.draft_issue.pk, "edit/"), {"view": "narrow"}, headers={"HX-Request": "true"})
    assert part.content.decode().startswith('<section class="preview is-narrow"')
    saved = writer.post(
        path(world, world.draft_issue.pk, "edit/"),
        texts(world.draft_issue, body_en="New", view="narrow", reader="nameless"),
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "is-narrow" in saved
    assert '<option value="nameless" selected>' in saved


def test_as_somebody_without_a_name_reads_it(world: Any, writer: Client) -> None:
    rewrite(world.draft_issue, body_en="Hello {{first_name}}, here we are.")
    address = path(world, world.draft_issue.pk, "preview/")
    for view in ("wide", "text"):
        asked = {"language": "en", "view": view}
        assert "Hello Manager, here" in writer.get(address, asked).content.decode()
        assert "Hello, here" in writer.get(address, asked | {"reader": "nameless"}).content.decode()
        assert "Hello [first name], here" in writer.get(address, asked | {"reader": "role-coach"}).content.decode()


def test_as_a_role_or_a_generation_gets_it(world: Any) -> None:
    issue, generation = world.draft_issue, make_generation(world.program, 9)
    mine = f"generation-{generation.pk}"
    assert {"", "nameless", "role-coach", mine} <= set(dict(previews.sorts_of(world.program)))
    assert "role-guest" not in dict(previews.sorts_of(world.program)), "guests get no newsletter"
    assert previews.who_gets(issue, "role-coach") == "They get it like this, if they have subscribed."
    issue.audience = Audience(roles=(Role.COACH,))
    assert previews.who_gets(issue, "role-coach").startswith("They get it like this")
    assert previews.who_gets(issue, "role-executive") == "They do not get this issue. It is for: coach."
    assert previews.who_gets(issue, mine).startswith("Some of them get it like this")
    issue.audience = Audience(generations=(generation.pk,))
    assert previews.who_gets(issue, mine).startswith("They get it like this")
    assert previews.who_gets(issue, "generation-0").startswith("They do not get")
    issue.audience = Audience()
    rewrite(issue, body_en="[[solved]]")
    assert "[[solved]] is not for this role" in previews.who_gets(issue, "role-executive")
    assert previews.who_gets(issue, "role-coach").startswith("They get it like this")


@pytest.mark.parametrize("reader", ["role-", "role-guest", "generation-999999999999999999999", "<b>", "role"])
def test_a_sort_that_is_none_is_the_writer(reader: str, world: Any, writer: Client) -> None:
    page = writer.get(path(world, world.draft_issue.pk, "edit/"), {"reader": reader}).content.decode()
    assert '<option value="" selected>Myself</option>' in page
    assert f'name="reader" value="{reader}"' not in page
