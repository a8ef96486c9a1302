"""Somebody leads in one company and took part in another one, and leaves that: in the same browser nothing is left of
it but the pages for the own rights. Addresses that are a secret are left out: who has one may."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core.news import queries
from programs.generations import services as generations
from programs.membership.models import Role
from tests.databases import forget_cache
from tests.house.test_access import ROWS
from tests.world import join

WORDS = re.compile("Nordlichter|Nordwerk")  # stands on every page of the company that was left
FOR_RIGHTS = {
    "analytics:my_dossier", "privacy:mine", "programs:alumni", "programs:consent_erase", "programs:consents",
    "programs:participation_note",
}  # fmt: skip
PUBLIC = {"community:public_archive_list", "community:public_issue", "programs:call"}
SECRET = {"token", "key", "code"}
ASKED = [name for name, row in sorted(ROWS.items()) if row.method == "get" and not name.startswith("health:")]


@pytest.fixture
def gone(world: Any) -> Client:
    """Their browser, in which both were open a moment ago."""
    person = world.influencer
    join(person, world.other_program, Role.MANAGER)
    client = Client(raise_request_exception=False)
    client.force_login(person)
    for program in (world.other_program, world.program):
        assert client.get(reverse("home:program", args=[program.slug])).status_code == 200
    generations.leave(world.participant, by=person)
    forget_cache()
    return client


def left_behind(world: Any, client: Client, names: Iterable[str] = ASKED) -> Iterator[str]:
    for name in names:
        args = ROWS[name].args(world)
        if SECRET & args.keys():
            continue
        programs = (world.program, world.other_program) if "slug" in args else (None,)
        for program in programs:
            if program is not None:
                args["slug"] = program.slug
            with transaction.atomic():
                answer = client.get(reverse(name, kwargs=args), ROWS[name].data(world))
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                yield f"{name} breaks"
            elif program == world.program:
                if answer.status_code < 400 and name not in FOR_RIGHTS | PUBLIC:
                    yield f"{name} is open"
            elif name not in FOR_RIGHTS | PUBLIC and WORDS.search(body.decode(errors="replace") + str(answer.headers)):
                yield f"{name} tells"


@pytest.mark.slow
def test_nothing_is_left_of_a_company_that_was_left(world: Any, gone: Client, brief: None) -> None:
    assert list(left_behind(world, gone)) == []


def test_what_is_left_would_be_seen(world: Any, gone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "of_now", lambda _person, rows: list(rows))
    assert list(left_behind(world, gone, ["news:inbox"])) == ["news:inbox tells"]
