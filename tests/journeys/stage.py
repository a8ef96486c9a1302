"""The stage of a journey: a company with its program, a mail server and a real Celery worker."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from core.people.models import User
from programs.consents.models import Purpose
from programs.generations.models import Generation
from programs.membership.models import Program, Role
from tests.factories.generations import make_generation, make_participant
from tests.smtp_sink import SmtpSink
from tests.worker import Running, wait_until, worker
from tests.world import join, make_program, make_user

PASSWORD = "correct horse battery"
SAMPLES = Path(__file__).parents[1] / "samples"
COMPANY = SAMPLES / "linkedin_company_ghe"
OWN_EXPORT = SAMPLES / "synthetic" / "AggregateAnalytics_Erika Beispiel_2026-10-03_2026-11-01.xlsx"
QUEUES = ("default", "mail", "imports", "reports")


def make_company() -> Any:
    """A program with a manager, an executive and a generation that has not begun to invite."""
    here = SimpleNamespace(today=timezone.localdate())
    here.program = make_program(start_on=here.today - timedelta(weeks=12))
    here.manager = _member(here.program, "manager", Role.MANAGER, "Maria Manager")
    here.executive = _member(here.program, "executive", Role.EXECUTIVE, "Emil Executive")
    here.generation = make_generation(here.program)
    return here


def _member(program: Program, name: str, role: str, full_name: str) -> User:
    user = make_user(name)
    user.name = full_name
    user.set_password(PASSWORD)
    user.save()
    join(user, program, role)
    return user


def make_erika(generation: Generation, *purposes: str, **fields: Any) -> User:
    """The person whose name stands in the sample exports; she agreed to everything that was not said otherwise."""
    erika = make_user("erika", **fields)
    erika.name = "Erika Beispiel"
    erika.save()
    join(erika, generation.program, Role.INFLUENCER)
    make_participant(erika, generation, *(purposes or Purpose.values))
    return erika


@contextmanager
def running(settings: Any, url: str = "", **environment: str) -> Iterator[tuple[SmtpSink, Running]]:
    """A mail server, and a worker that does what the site leaves to it."""
    with SmtpSink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        settings.SITE_URL = url or settings.SITE_URL
        with worker(*QUEUES, SITE_URL=settings.SITE_URL, **environment) as process:
            yield sink, process


def mails_to(sink: SmtpSink, address: str) -> list[EmailMessage]:
    return [mail for mail in sink.mails if address in mail["To"]]


def mail_to(sink: SmtpSink, address: str) -> EmailMessage:
    """The one mail to this address, as soon as it is there."""
    assert wait_until(lambda: mails_to(sink, address)), f"no mail to {address}"
    (mail,) = mails_to(sink, address)
    return mail


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return part.get_content()


def link_in(mail: EmailMessage, path: str) -> str:
    """The address of that kind in the mail's plain text."""
    found = re.search(rf"https?://\S+{path}\S+", text_of(mail))
    assert found, text_of(mail)
    return found.group().rstrip(".>")
