"""Through the main job and into every kind of mistake, with everything logged that can be: no line names anybody,
quotes anybody, or holds what opens a door."""

import io
import logging
import logging.config
import re
from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app, shared_task
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from django.utils import timezone

from core.kit.logs import logging_for
from core.notify import jobs as notify
from core.notify.models import OutgoingMail
from core.people.models import User
from influencer.celery import log_as_the_site_does
from programs.generations.models import Invitation
from programs.membership.models import TeamInvitation
from tests.house.test_access import ROWS

CANARY = "Zitronenfalter"  # stands in every text, name and secret of the walk
ADDRESS = "zitronenfalter@canary.example"
PASSWORD = f"{CANARY} über dem Wasser"
TYPED = {
    name: f"{CANARY} {name}"
    for name in (
        "name",
        "title",
        "title_de",
        "title_en",
        "text",
        "note",
        "reason",
        "handle",
        "company_name",
        "q",
        "place",
    )
} | {
    "email": ADDRESS,
    "login": ADDRESS,
    "password": PASSWORD,
    "password1": PASSWORD,
    "on": CANARY,
    "url": f"//{CANARY}",
}
WALKERS = ("influencer", "manager")


def breaks(request: HttpRequest) -> HttpResponse:
    """The database refuses a row that names somebody."""
    User.objects.create(email=User.objects.exclude(pk=request.user.pk).first().email, name=CANARY)
    return HttpResponse()


def breaks_on_a_value(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text::integer", [CANARY])
    return HttpResponse()


urlpatterns = [
    path("breaks/", breaks),
    path("breaks-on-a-value/", breaks_on_a_value),
    path("", include("influencer.urls")),
]


@shared_task(name="test.breaks")
def breaking_task(pk: int) -> None:
    with transaction.atomic():
        User.objects.create(email=User.objects.get(pk=pk).email, name=CANARY)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What production writes, with everything turned on; the worker's lines too."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logging.config.dictConfig(logging_for("DEBUG", as_json=True))
    logging.getLogger("django.db.backends").setLevel("INFO")  # statements are never logged; tests count them
    written = io.StringIO()
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]  # a StreamHandler
    yield written
    logging.config.dictConfig(settings.LOGGING)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def canaries(world: Any) -> list[str]:
    """Everything that no log may hold: the names and addresses of all, texts, sessions, links."""
    for person in User.objects.all():
        User.objects.filter(pk=person.pk).update(name=f"{CANARY} {person.pk}")
    Invitation.objects.update(name=CANARY)
    found = set(User.objects.values_list("email", flat=True))
    found |= set(Invitation.objects.values_list("email", flat=True)) | set(
        TeamInvitation.objects.values_list("email", flat=True)
    )
    return [*found, *world.sessions.values(), world.invitation_token, CANARY, ADDRESS]


def told(text: str, canaries: list[str]) -> list[str]:
    """Lines that hold one of them, whole or in part, as it is or as it stands in a link."""
    words = [re.escape(each) for each in canaries] + [r"[\w.+-]+(?:@|%40)[\w-]+\.\w+"]
    pattern = re.compile("|".join(words), re.IGNORECASE)
    return [line for line in text.splitlines() if pattern.search(line)]


def client_of(world: Any, member: str) -> Client:
    client = Client(raise_request_exception=False, headers={"user-agent": "Mozilla/5.0"})
    if member != "visitor":
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[member]
    return client


def walk(world: Any) -> None:
    """Every address as it should be asked, and with words where they do not belong."""
    for member in WALKERS:
        client = client_of(world, member)
        for name, row in ROWS.items():
            address = reverse(name, kwargs=row.args(world))
            with transaction.atomic():
                getattr(client, row.method)(address, row.data(world))
                transaction.set_rollback(True)
            if member == "manager" or row.expect.get("manager") == 403:
                with transaction.atomic():
                    client.post(address, TYPED)
                    transaction.set_rollback(True)


def mistakes(world: Any) -> None:
    client = client_of(world, "influencer")
    client.post("/accounts/login/", {"login": world.manager.email, "password": PASSWORD})
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    client.post("/accounts/password/reset/", {"email": world.coach.email})
    for link in ("/invitation/", "/welcome/", "/unsubscribe/", "/team/", "/keep-account/", "/accounts/confirm-email/"):
        client.get(f"{link}{CANARY}/?next={ADDRESS}")
    client.get(f"/calendar/{CANARY}.ics")
    client.get(f"/p/{world.program.slug}/search/?q={CANARY}")
    client.get(f"/{CANARY}/?{ADDRESS}")
    Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    client.put(f"/me/?{CANARY}", PASSWORD)
    upload = SimpleUploadedFile(f"{CANARY}.xlsx", f"PK\x03\x04 {CANARY} {ADDRESS}".encode())
    client.post(reverse("analytics:import_new", args=[world.program.slug]), {"file": upload})
    for path_ in ("/breaks/", "/breaks-on-a-value/"):
        with transaction.atomic():
            assert client.get(path_).status_code == 500
            transaction.set_rollback(True)


def work(world: Any) -> None:
    """What a worker does, and what fails in it."""
    log_handlers = logging.getLogger().handlers[:]
    log_as_the_site_does()
    logging.getLogger().handlers[:] = log_handlers
    for name in sorted(name for name in current_app.tasks if not name.startswith("celery.")):
        task = current_app.tasks[name]
        if name != "test.breaks" and not task.run.__code__.co_argcount:
            task.apply()
    breaking_task.apply(args=[world.coach.pk])


@pytest.mark.slow
@pytest.mark.urls("tests.house.test_log_walk")
@pytest.mark.django_db
def test_no_log_names_or_quotes_anybody(world: Any, canaries: list[str], log: io.StringIO) -> None:
    walk(world)
    mistakes(world)
    work(world)
    text = log.getvalue()
    assert "request_failed" in text  # the errors were met
    assert "duplicate key value violates unique constraint" in text  # and are told with the rule
    assert "test.breaks" in text
    assert told(text, canaries) == []


@pytest.mark.django_db
def test_a_mail_server_that_names_whom_it_refuses_is_not_quoted(world: Any, log: io.StringIO, settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    OutgoingMail.objects.update(due_at=timezone.now())
    notify.sweep()
    logging.getLogger("smtp").error("550 5.1.1 <%s>: Recipient address rejected", world.coach.email)
    assert "Recipient address rejected" in log.getvalue()
    assert told(log.getvalue(), [world.coach.email]) == []


def test_the_grep_would_find_it(world: Any, canaries: list[str], log: io.StringIO) -> None:
    """The same grep over the same lines, with the writer's care taken out."""
    formatter = logging.getLogger().handlers[0].formatter
    assert formatter is not None
    care = {"say_less", "leave_out_people", "leave_out_what_was_said"}
    formatter.processors = [each for each in formatter.processors if getattr(each, "__name__", "") not in care]  # type: ignore[attr-defined]
    with transaction.atomic():
        breaking_task.apply(args=[world.coach.pk])
    assert len(told(log.getvalue(), canaries)) > 0
    logging.getLogger("somebody").warning("%s could not sign in", world.coach.email)
    assert any("could not sign in" in line for line in told(log.getvalue(), canaries))
