"""Canaries: words of the other company, and words and a number of one person. Whoever may not see them finds them
nowhere: not by links, not by guessed addresses, not by the search.
"""

import logging
import re
from typing import Any

import pytest
from django.apps import apps
from django.db.models import AutoField, ForeignObjectRel, Model
from django.test import Client
from django.urls import NoReverseMatch, reverse

from analytics.activities.models import Activity
from analytics.metrics.models import Post, Reading
from core.people.models import User
from influencer.home.demo.people import SIGN_INS
from programs.checklists.models import Item
from programs.consents.models import ConsentEvent
from programs.generations.models import Generation
from programs.membership.models import Membership, Program
from tests.house.test_access import ROWS

WORD = "Kanarienvogel"
NUMBER = 7_654_321
TRACE = re.compile(rf"{WORD}|7[.,\s\u00a0\u202f]?654[.,\s\u00a0\u202f]?321|7[.,]65\d?\s*(M|Mio)")
# One row of every kind bears the same number: who guesses it asks each address once, however many kinds there are.
FOREIGN, OWNED = 900_001, 900_002  # of the other company, of the marked person
NOT_ASKED = ("admin", "influencer2")  # belongs to neither company; has the same role as another one
DEVELOPMENT = ("health:", "embedded:")
OTHERS = ("http", "mailto:", "#", "/static/", "/accounts/log", "/language/", "/health/")


@pytest.fixture
def marked(demo: None) -> Any:
    """Both companies; everything of the second one is marked, and in the first one a person outside the cast."""
    first = Membership.objects.get(user__email="executive@demo.example").program
    second = Program.objects.exclude(pk=first.pk).get()
    strangers = User.objects.filter(memberships__program=second).exclude(memberships__program=first)
    User.objects.filter(pk__in=strangers).update(name=f"Karla {WORD}")
    Program.objects.filter(pk=second.pk).update(name=f"Programm {WORD}", company_name=f"{WORD} AG")
    Generation.objects.filter(program=second).update(name=f"Generation {WORD}")
    Item.objects.filter(phase__program=second).update(title={"de": f"Punkt {WORD}", "en": f"Item {WORD}"})

    posts = Post.objects.filter(program=first, account__kind="person", account__user__is_active=True)
    owner = posts.exclude(account__user__email__endswith="@demo.example").order_by("-published_at")[0].account.user
    Activity.objects.filter(program=first, user=owner).update(note=f"Notiz {WORD}")
    posts.filter(account__user=owner).update(title=f"Beitrag {WORD}")
    accounts = list(owner.accounts.values_list("pk", flat=True))  # by number: the planner knows nothing of fresh rows
    Reading.objects.filter(program=first, account__in=accounts, post__isnull=False).update(value=NUMBER)
    for numbered, of in ((FOREIGN, {"program": second}), (OWNED, {"user": owner}), (OWNED, {"account__user": owner})):
        for model in addressed(*of):
            if row := model._base_manager.filter(**of).order_by("pk").first():
                renumber(row, numbered)
    return first, second, owner


def renumber(row: Model, number: int) -> None:
    """Give a row another number, and all that points to it."""
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.field.concrete and not relation.many_to_many:
            to_it = relation.related_model._base_manager.filter(**{relation.field.name: row.pk})
            to_it.update(**{relation.field.attname: number})
    type(row)._base_manager.filter(pk=row.pk).update(**{row._meta.pk.name: number})


def addressed(way: str) -> list[type[Model]]:
    """Every kind of row that belongs to a program or person this way, and has a number to be asked for by."""
    field = way.split("__")[0]
    kinds = [
        model for model in apps.get_models() if isinstance(model._meta.pk, AutoField) and model is not ConsentEvent
    ]
    return [model for model in kinds if field in {each.name for each in model._meta.concrete_fields}]


def guesses(slugs: list[str]) -> list[str]:
    """Every address of the access table that can be looked at, with the numbers that lead to what is marked."""
    found = set()
    for name in [name for name, row in ROWS.items() if row.method == "get" and not name.startswith(DEVELOPMENT)]:
        for slug in slugs:
            for kwargs in ({}, {"slug": slug}, *({"slug": slug, "pk": pk} for pk in (FOREIGN, OWNED))):
                try:
                    found.add(reverse(name, kwargs=kwargs))
                except NoReverseMatch:
                    continue
    return sorted(found)


def walk(client: Client, guessed: list[str]) -> tuple[dict[str, str], list[str]]:
    """All guessed addresses, and one page of every kind that is linked from them; and what ended in an accident."""
    pages: dict[str, str] = {}
    broken: list[str] = []
    waiting, kinds = list(guessed), set()
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        if answer.status_code == 500:
            broken.append(address)
        body = answer.getvalue() if answer.streaming else answer.content
        pages[address] = text = body.decode(errors="replace") + str(answer.headers)
        for link in re.findall(r'(?:href|hx-get|src|action)="(/[^"]*)"', text):
            kind = kind_of(link)
            if kind not in kinds and not link.startswith(OTHERS):
                kinds.add(kind)
                waiting.append(link.replace("&amp;", "&"))
    return pages, broken


def kind_of(link: str) -> str:
    """Two orders of one list, or two weeks of one calendar, show the same rows."""
    path, _, query = re.sub(r"\d+", "#", link).partition("?")
    return f"{path}?{sorted({pair.partition('=')[0] for pair in query.split('&')})}"


def traces(text: str) -> list[str]:
    return [text[max(0, m.start() - 60) : m.end() + 30] for m in TRACE.finditer(text)]


def test_nobody_of_the_first_company_finds_a_canary(marked: Any, request: Any) -> None:
    logging.disable(logging.CRITICAL)  # a thousand times "not found" is what is wanted here
    request.addfinalizer(lambda: logging.disable(logging.NOTSET))
    first, second, _ = marked
    addresses = guesses([first.slug, second.slug])
    addresses += [f"{reverse('home:search', args=[first.slug])}?q={words}" for words in ("Karla", "Beitrag", "765")]
    for role in [role for role in SIGN_INS if role not in NOT_ASKED]:
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(email=f"{role}@demo.example"))
        pages, broken = walk(client, addresses)
        assert len(pages) > 100
        assert broken == [], role
        leaks = {address: found for address, text in pages.items() if (found := traces(text))}
        assert leaks == {}, role


def test_the_canaries_are_there_for_whom_they_belong_to(marked: Any) -> None:
    """The other test would also pass if nothing showed them to anybody."""
    first, second, owner = marked
    client = Client()
    client.force_login(owner)
    for name in ("analytics:mine", "analytics:activity_list"):
        assert traces(client.get(reverse(name, args=[first.slug])).content.decode()), name
    client.force_login(User.objects.get(memberships__program=second, memberships__role="manager"))
    for name in ("home:program", "programs:people", "programs:checklists"):
        assert traces(client.get(reverse(name, args=[second.slug])).content.decode()), name
