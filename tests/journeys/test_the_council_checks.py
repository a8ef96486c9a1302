"""The works council checks what is stored: the page says all of it, the log says who did what, and no person's figure
is anywhere it may look."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from analytics.channels.models import Network
from analytics.channels.services import ensure_company_account
from analytics.connectors import jobs, services
from analytics.connectors.models import Connection, Look
from analytics.connectors.networks.base import Handle, Profile, Tally, Told
from analytics.metrics.models import Reading
from core.journal.models import Entry
from influencer.privacy import map as privacy_map
from programs.consents import jobs as consents_jobs
from programs.consents import services as consents
from programs.consents.models import Erasure

pytestmark = pytest.mark.django_db
LIKES, FOLLOWERS = 48213, 73109  # of one person: numbers that stand nowhere else, also in no random token of a page
ACCOUNT = "@ines@nord.example"


def address(name: str, world: Any, *args: Any) -> str:
    return reverse(name, args=[world.program.slug, *args])


@pytest.fixture
def stored(world: Any) -> Connection:
    """A person's figures came by the clock, and the manager connected the company's account."""
    found: Connection = world.connection
    Connection.objects.filter(pk=found.pk).update(due_at=timezone.now())
    held = jobs._claim(found.pk)
    assert held is not None
    profile = Profile(found.number, ACCOUNT, "Ines", found.url, FOLLOWERS)
    at = timezone.now() - timedelta(days=3)
    jobs._store(held, Told(profile, [Tally("9", found.url, at, "Nachtschicht", {"reactions": LIKES})]), "mastodon")
    ensure_company_account(world.program, Network.MASTODON, "@team@social.example")
    place = Handle(Network.MASTODON, "social.example", "team")
    of_company = Profile("7", "@team@social.example", "Team", "https://social.example/@team", 5)
    services.connect(world.program, place, of_company, by=world.manager, whose="company")
    return Connection.objects.get(pk=found.pk)


def test_the_page_names_every_table_that_holds_something_of_people(
    stored: Connection, world: Any, sign_in: Any
) -> None:
    page = sign_in(world.council).get(address("privacy:council", world)).text.replace("&#x27;", "'")
    rules = privacy_map.rules()
    held = [model for model in apps.get_models() if model.objects.exists() and model._meta.label in rules]
    personal = [rules[model._meta.label] for model in held if rules[model._meta.label].fields]
    assert len(personal) > 40
    assert [rule.label for rule in personal if str(rule.area) not in page] == []
    assert "Fetching the public figures of your account every day" in page
    assert "until 30 days after you withdraw the consent" in page
    for model in apps.get_models():  # and no table of ours is forgotten
        if model.__module__.split(".")[0] in ("core", "programs", "community", "analytics", "influencer"):
            assert model._meta.label in rules, model._meta.label


def test_the_log_says_what_the_team_did_and_nothing_of_a_person(stored: Connection, world: Any, sign_in: Any) -> None:
    council = sign_in(world.council)
    log = address("privacy:log", world)
    page = council.get(log).text
    assert "connected an account of the company" in page
    assert "@team@social.example" in page
    files = [council.get(log, {"as": kind}) for kind in ("csv", "xlsx", "pdf")]
    assert all(answer.status_code == 200 for answer in files)
    csv = files[0].content.decode("utf-8-sig")
    for text in (page, csv):
        assert ACCOUNT not in text
        assert str(LIKES) not in text
        assert world.influencer.name not in text
    looked = Entry.objects.filter(actor=world.council, verb__startswith="privacy.log")
    assert looked.count() == 4  # who checks is written down as well: one look, three files


def test_wherever_it_looks_it_finds_no_figure_of_a_person(stored: Connection, world: Any, sign_in: Any) -> None:
    council = sign_in(world.council)
    seen = 0
    for name in ("privacy:council", "privacy:log", "privacy:decisions", "privacy:decisions_past",
                 "analytics:dashboard", "analytics:reports", "analytics:connections", "analytics:mine",
                 "analytics:imports", "programs:contacts", "programs:people"):  # fmt: skip
        answer = council.get(address(name, world))
        if answer.status_code == 200:
            seen += 1
            for told in (str(LIKES), f"{LIKES:,}", ACCOUNT, str(FOLLOWERS), f"{FOLLOWERS:,}"):
                assert told not in answer.text, name
        else:
            assert answer.status_code in (403, 404), name
    assert seen >= 5
    assert council.get(address("analytics:connection_detail", world, stored.pk)).status_code in (403, 404)
    with CaptureQueriesContext(connection) as asked:
        council.get(address("privacy:council", world))
    assert not [each for each in asked.captured_queries if "analytics_reading" in each["sql"]]


def test_what_the_page_promises_happens(stored: Connection, world: Any, sign_in: Any) -> None:
    """Thirty days after a consent was withdrawn account and figures are deleted; until then nothing is fetched."""
    account = stored.account
    consents.withdraw(world.program, ["own_figures"], by=world.influencer, channel="settings")
    assert stored.pk not in jobs.due()
    assert Reading.objects.filter(account=account).exists()  # it rests: it can be taken back
    Erasure.objects.filter(user=world.influencer).update(due_on=timezone.localdate() - timedelta(days=1))
    consents_jobs.erase_due()
    assert not Connection.objects.filter(pk=stored.pk).exists()
    assert not Look.objects.filter(connection=stored.pk).exists()
    assert not Reading.objects.filter(account=account).exists()
    page = sign_in(world.council).get(address("privacy:log", world)).text
    assert world.influencer.name not in page  # whoever withdraws is nobody's line in a log
