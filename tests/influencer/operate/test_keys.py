"""How this site is known to networks: written by an administrator who just showed who they are, and never shown."""

import time
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from analytics.connectors import site_keys
from analytics.connectors.models import SiteKey
from analytics.connectors.networks import linkedin, youtube
from core.journal.models import Entry

pytestmark = pytest.mark.django_db
PAGE = reverse("operate:connection_keys")
SECRET = "wJalrXUtnFEMI-of-the-site"


@pytest.fixture
def proven(world: Any, sign_in: Any, settings: Any) -> Client:
    """An administrator who has just shown who they are."""
    settings.YOUTUBE_API_KEY = settings.LINKEDIN_CLIENT_ID = settings.LINKEDIN_CLIENT_SECRET = ""
    settings.CONNECTOR_HOSTS = ["*"]
    client: Client = sign_in(world.admin)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return client


def test_only_after_a_fresh_proof_and_only_administrators(world: Any, sign_in: Any) -> None:
    for member in (world.manager, world.council, world.influencer):
        assert sign_in(member).post(PAGE, {"YOUTUBE_API_KEY": SECRET}).status_code == 404
    world.admin.set_password("a long sentence to sign in with")  # without a way to prove it nobody can be asked
    world.admin.save()
    client = Client()
    client.force_login(world.admin)  # signed in long ago
    answer = client.post(PAGE, {"YOUTUBE_API_KEY": SECRET})
    assert answer.headers["location"].startswith("/accounts/reauthenticate/")
    assert not SiteKey.objects.exists()


def test_what_was_written_works_is_encrypted_and_never_shown(proven: Client) -> None:
    assert not youtube.is_ready()
    proven.post(PAGE, {"YOUTUBE_API_KEY": SECRET, "LINKEDIN_CLIENT_ID": "the-app-of-nordwerk"})
    assert (youtube.is_ready(), youtube.headers("")) == (True, {"X-Goog-Api-Key": SECRET})
    assert not linkedin.is_ready()  # half of it is not enough
    proven.post(PAGE, {"LINKEDIN_CLIENT_SECRET": SECRET})
    assert linkedin.is_ready()
    assert SECRET not in "".join(SiteKey.objects.values_list("sealed", flat=True))
    page = proven.get(PAGE).text
    assert page.count("Stored, encrypted.") == 3
    assert SECRET not in page
    assert "the-app-of-nordwerk" not in page
    assert "/connections/linkedin/" in page  # where LinkedIn sends people back to
    entries = Entry.objects.filter(verb="connectors.keys_written")
    assert entries.count() == 2
    assert SECRET not in str(list(entries.values_list("data", flat=True)))
    proven.post(PAGE, {})
    assert entries.count() == 2  # nothing changed, nothing in the log


def test_the_environment_wins_and_the_page_says_so(proven: Client, settings: Any) -> None:
    proven.post(PAGE, {"YOUTUBE_API_KEY": "written here"})
    settings.YOUTUBE_API_KEY = "from outside"
    assert youtube.headers("")["X-Goog-Api-Key"] == "from outside"
    page = proven.get(PAGE).text
    assert "The environment gives it (YOUTUBE_API_KEY), and that wins." in page
    assert "from outside" not in page
    proven.post(PAGE, {"YOUTUBE_API_KEY": "another"})
    settings.YOUTUBE_API_KEY = ""
    assert site_keys.site_key("YOUTUBE_API_KEY") == "written here"  # what is written waits


def test_a_key_is_deleted_where_it_is_ticked(proven: Client) -> None:
    proven.post(PAGE, {"YOUTUBE_API_KEY": SECRET, "LINKEDIN_CLIENT_ID": "the-app-of-nordwerk"})
    proven.post(PAGE, {"forget": ["YOUTUBE_API_KEY"]})
    assert list(SiteKey.objects.values_list("name", flat=True)) == ["LINKEDIN_CLIENT_ID"]
    assert proven.post(PAGE, {"forget": ["SECRET_KEY"]}).status_code == 422
    assert "This site has no key for YouTube yet." in proven.get(reverse("operate:connections")).text


def test_the_keys_of_the_site_can_change(proven: Client, settings: Any) -> None:
    proven.post(PAGE, {"YOUTUBE_API_KEY": SECRET})
    settings.SECRETS_KEYS = ["a new one that is long enough to be one"]
    call_command("reseal_secrets")
    settings.SECRET_KEY = "the old one is gone"
    assert site_keys.site_key("YOUTUBE_API_KEY") == SECRET
    SiteKey.objects.update(sealed="opened by none")
    assert (site_keys.site_key("YOUTUBE_API_KEY"), youtube.is_ready(), site_keys.written()) == ("", False, set())
