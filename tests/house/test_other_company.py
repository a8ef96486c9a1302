"""People of another company ask for everything that is here, by its number, in the name of their own program.

Every address of the access table is looked at and sent to by roles of the other company, in their own program, with the
numbers of what is here in the address and in what is sent. They read no word of it, change none of it, and nothing of
theirs hangs on it afterwards. Addresses that are a secret are left out: who has one may.

Then the same by people who are in both companies, and may see here what they ask for there: what belongs to one company
is never shown, changed or used under the address of the other.
"""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse

from programs.checklists import access
from programs.checklists.models import Item
from programs.membership.models import Membership, Role
from tests.house.test_access import ROWS
from tests.house.test_once import FORMS
from tests.world import join, make_user

ROLES = (Role.MANAGER, Role.INFLUENCER)
ASKED = [name for name in sorted(ROWS) if not name.startswith(("health:", "embedded:", "operate:"))]
OF_THE_SITE = {"sessions.Session", "usersessions.UserSession"}  # of who asks
NO_NUMBER = {
    "analytics:kpi",
    "community:ritual_begin",
    "programs:charter_row_new",
    "programs:consent_set",
}  # the word in it is everybody's
GONE = {"community:box_decide"}  # says of every number it does not know that the question was dealt with
WORDS = re.compile("Nordlichter|Nordwerk")  # stands on every page here, in every file and mail
MAIN = re.compile("<main.*</main>", re.DOTALL)
LEAD_TO_BOTH = ("home:search answers", "privacy:mine answers")  # name the programs of who asks
OF_WHO_LEADS = (
    "programs:library",
    "programs:template_",
    "programs:experience_take",
)  # theirs in each program they lead
Kept = dict[str, dict[str, str]]


class Elsewhere:
    """Somebody of each role in the other company, and what they got hold of."""

    asks_without_program = True

    def __init__(self, world: Any) -> None:
        self.world, self.program = world, world.other_program
        self.people = [make_user(f"elsewhere_{role}") for role in ROLES]
        for user, role in zip(self.people, ROLES, strict=True):
            join(user, self.program, role)
        self.own = {
            "core.User": {f"{user.pk}" for user in self.people},
            "programs.Program": {f"{self.program.pk}"},
            "programs.Membership": set(of_program(self.program)),
        }

    def ask(self, name: str) -> list[str]:
        """What somebody read or changed at this address; all of it is undone again."""
        found: list[str] = []
        with transaction.atomic():
            row = ROWS[name]
            args, sent = row.args(self.world), self.sent(name)
            if "slug" not in args and (args or not self.asks_without_program):
                transaction.set_rollback(True)
                return []
            args |= {"slug": self.program.slug} if "slug" in args else {}
            before, is_taken = rows(), False
            for user in self.people:
                client = Client(raise_request_exception=False)
                client.force_login(user)
                asked = (("get", row.data(self.world)), ("post", sent))
                for method, data in asked if row.method == "get" else asked[1:]:
                    with transaction.atomic():
                        answer = getattr(client, method)(reverse(name, kwargs=args), data)
                    is_taken = is_taken or answer.status_code < 400
                    is_found = answer.status_code < 400 and args.keys() > {"slug"} and name not in NO_NUMBER | GONE
                    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                    said = WORDS.findall(self.words(body.decode(errors="replace")) + str(answer.headers))
                    if answer.status_code >= 500 or is_found or said:
                        found.append(f"{name} answers {user.name} {answer.status_code} to {method} {said[:1]}")
            if is_taken:
                after = rows()
                found += [f"{name} changed {each}" for each in self.changed(before, after)]
                found += [f"{name} made {each}" for each in self.hanging(before, after)]
            transaction.set_rollback(True)
        return found

    def words(self, body: str) -> str:
        return body

    def sent(self, name: str) -> dict[str, Any]:
        data = dict(ROWS[name].data(self.world))
        if form := FORMS.get(name):
            data |= form.values(self.world)
            data |= {key: SimpleUploadedFile(f"{key}.csv", content) for key, content in form.files.items()}
        return data

    def changed(self, before: Kept, after: Kept) -> Iterable[str]:
        for label, kept in before.items():
            for key in kept.keys() - self.own.get(label, set()):
                if after[label].get(key) != kept[key] and self.is_here(label, key):
                    yield f"{label} {key}"

    def hanging(self, before: Kept, after: Kept) -> Iterable[str]:
        """New rows that point at something that was here."""
        for label in after.keys() - OF_THE_SITE:
            new = after[label].keys() - before[label].keys()
            model = apps.get_model(label)
            for made in model._base_manager.filter(pk__in=new) if new else ():
                for field in model._meta.concrete_fields:
                    if isinstance(field, models.ForeignKey):
                        to, key = field.related_model._meta.label, f"{getattr(made, field.attname)}"
                        if key in before.get(to, {}).keys() - self.own.get(to, set()) and self.is_here(to, key):
                            yield f"{label}.{field.name} of {to} {key}"

    def is_here(self, label: str, key: str) -> bool:
        """And not a row of the program that they are in."""
        model = apps.get_model(label)
        names = {field.name for field in model._meta.concrete_fields}
        return "program" not in names or not model._base_manager.filter(pk=key, program=self.program).exists()


class InBoth(Elsewhere):
    """Who leads here, or takes part, and does either there."""

    asks_without_program = False  # there they read about both

    def __init__(self, world: Any) -> None:
        super().__init__(world)
        pairs = [(here, there) for here in ROLES for there in ROLES if (here, there) != (ROLES[1], ROLES[1])]
        self.people = [make_user(f"{here}_here_and_{there}_there") for here, there in pairs]
        for user, (here, there) in zip(self.people, pairs, strict=True):
            join(user, world.program, here)
            join(user, self.program, there)
        self.own["core.User"] = {f"{user.pk}" for user in self.people}
        own = Membership.objects.filter(user__in=self.people)
        self.own["programs.Membership"] |= {f"{pk}" for pk in own.values_list("pk", flat=True)}

    def ask(self, name: str) -> list[str]:
        people = self.people
        if name.startswith(OF_WHO_LEADS):
            self.people = people[1:]
        found, self.people = super().ask(name), people
        return [line for line in found if not line.startswith(LEAD_TO_BOTH)]

    def words(self, body: str) -> str:
        """The frame leads to both programs, and the page in it is about one."""
        found = MAIN.search(body)
        return found[0] if found else body


def of_program(program: Any) -> Iterable[str]:
    return (f"{pk}" for pk in program.memberships.values_list("pk", flat=True))


def rows() -> Kept:
    """Every row there is, with what it holds."""
    found: Kept = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(
                    f'SELECT "{model._meta.pk.column}"::text, md5(kept::text) FROM "{model._meta.db_table}" AS kept'  # noqa: S608
                )
                found[model._meta.label] = dict(cursor.fetchall())
    return found


@pytest.mark.slow
def test_nothing_here_is_reached_from_another_company(world: Any, brief: None) -> None:
    elsewhere = Elsewhere(world)
    found = [line for name in ASKED for line in elsewhere.ask(name)]
    assert found == []


@pytest.mark.slow
def test_nothing_here_is_reached_there_by_who_is_in_both(world: Any, brief: None) -> None:
    both = InBoth(world)
    found = [line for name in ASKED for line in both.ask(name)]
    assert found == []


def test_an_address_that_takes_any_number_is_seen(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "get_item", lambda _user, _slug, pk, *_: Item.objects.get(pk=pk))
    monkeypatch.setattr(access, "get_deleted_item", lambda _user, _slug, pk: Item.objects.get(pk=pk))
    elsewhere = Elsewhere(world)
    assert any("answers Elsewhere Manager 200" in line for line in elsewhere.ask("programs:item_detail"))
    assert any(
        line.startswith("programs:item_delete changed programs.Item") for line in elsewhere.ask("programs:item_delete")
    )


def test_an_address_that_takes_what_one_sees_elsewhere_is_seen(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number is asked for in all programs of who asks, not in the one of the address."""
    mine = Item.objects.filter(phase__program__in=[world.program, world.other_program])
    monkeypatch.setattr(access, "get_item", lambda _user, _slug, pk, *_: mine.get(pk=pk))
    found = InBoth(world).ask("programs:item_detail")
    assert any("200" in line for line in found), found
