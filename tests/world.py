"""The cast and the world they live in: two companies, so that a leak between programs is seen.

`furnish(world)` functions in tests/factories/*.py add one of each thing; the access table walks them.
"""

import importlib
import pkgutil
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from core.notify.models import OutgoingMail
from core.people.models import User
from influencer.home.demo.load import load
from programs.generations.services import close_generation
from programs.membership.models import Membership, Program, Role
from tests import factories
from tests.factories import generations

PASSWORD = "correct horse battery"
CAST = (
    "visitor",  # not signed in
    "manager",
    "influencer",
    "influencer2",
    "coach",
    "team",
    "executive",
    "council",
    "agency",  # a guest of the program
    "admin",  # site administrator, member of no program
    "stranger",  # manager of the other company's program
    "leaver",  # was an influencer here and left
    "pioneer",  # takes part in a generation that was closed; comes where a test asks for it (`bring_pioneer`)
)


def make_user(name: str, **fields: Any) -> User:
    fields = {"language": "en", "name": name.replace("_", " ").title()} | fields
    user = User(email=f"{name}@example.com", **fields)
    user.set_unusable_password()
    user.save()
    return user


def make_program(slug: str = "nordlichter", **fields: Any) -> Program:
    fields = {"name": slug.title(), "company_name": "Nordwerk AG", "start_on": date(2026, 1, 5)} | fields
    return Program.objects.create(slug=slug, **fields)


def join(user: User, program: Program, role: str, **fields: Any) -> Membership:
    return Membership.objects.create(user=user, program=program, role=role, **fields)


def make_world() -> Any:
    """One of each, named as people say it: `world.program`, `world.manager`, `world.today`, ..."""
    world = SimpleNamespace(today=date.today(), yesterday=date.today() - timedelta(days=1))
    world.program = make_program()
    world.other_program = make_program("stimmen", company_name="Alpina Versicherung", country="AT")
    for name in ("manager", "influencer", "influencer2", "coach", "team", "executive", "council", "agency"):
        user = make_user(name)
        setattr(world, name, user)
        role = {"influencer2": Role.INFLUENCER, "agency": Role.GUEST}.get(name) or Role(name)
        setattr(world, f"{name}_membership", join(user, world.program, role, is_contact=name == "manager"))
    world.admin = make_user("admin", is_superuser=True)
    world.stranger = make_user("stranger")
    join(world.stranger, world.other_program, Role.MANAGER)
    world.leaver = make_user("leaver")
    join(world.leaver, world.program, Role.INFLUENCER, ended_at="2026-10-01T00:00:00Z")
    world.visitor = world.pioneer = None
    modules = [importlib.import_module(f"tests.factories.{m.name}") for m in pkgutil.iter_modules(factories.__path__)]
    for module in sorted(modules, key=lambda module: (getattr(module, "ORDER", 50), module.__name__)):
        module.furnish(world)
    OutgoingMail.objects.all().delete()  # what people were told while it was furnished
    world.sessions = {name: _session_of(person) for name in CAST if (person := getattr(world, name))}
    return world


def bring_pioneer(world: Any) -> None:
    """Not there from the start: most tests count the two who take part."""
    generation = generations.make_generation(world.program, 7)
    world.pioneer = make_user("pioneer")
    join(world.pioneer, world.program, Role.INFLUENCER)
    world.pioneer_participant = generations.make_participant(world.pioneer, generation, days=90)
    close_generation(generation, by=world.manager)
    world.sessions["pioneer"] = _session_of(world.pioneer)


def _session_of(person: User) -> str:
    """Everybody of the cast has signed in once: asking every address as each of them would take twice as long."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def client_of(member: str, world: Any) -> Client:
    """One of the cast in front of a browser; accidents are answered, as they would be there."""
    client = Client(raise_request_exception=False)
    if member in world.sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[member]
    return client


def make_demo() -> None:
    load("not typed here", timezone.localdate())
