"""Mastodon with its owner's permission: an application for each sign-in, what is read, and the end here and there."""

import base64
import hashlib
import json
import logging
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.connectors import asking, granting, jobs, permits, services, views_permits
from analytics.connectors.models import Connection, EndingPermit, Server
from analytics.connectors.networks import linkedin
from analytics.connectors.networks.known import sign_in_pages
from analytics.metrics.models import Post
from core.journal.models import Entry
from core.kit import fetch
from core.people.secrets import unseal
from programs.consents import services as consents
from tests.analytics.connectors.networks import HOST, JSON, NUMBER, Mastodon, answer, status
from tests.core.kit.outside import says

pytestmark = pytest.mark.django_db
BACK = reverse("analytics:connection_back", args=["mastodon"])


@pytest.fixture
def server(network: Mastodon, monkeypatch: Any, world: Any) -> Mastodon:
    """The site's own way out leads to the server on the loopback."""
    for module in (fetch.fetch, asking.asker):
        monkeypatch.setattr(module, "__kwdefaults__", module.__kwdefaults__ | network.outside.wiring)
    Connection.objects.all().delete()
    return network


def address(rest: str = "") -> str:
    return f"/p/nordlichter/connections/{rest}"


def leave(client: Client, said: str = HOST, **more: str) -> dict[str, str]:
    """What the page of the server is asked, as the link says it."""
    page = client.post(address("server/"), {"server": said, **more})
    link = urlsplit(page.context["address"])
    assert f"{link.scheme}://{link.netloc}{link.path}" == f"https://{HOST}/oauth/authorize"
    return {name: values[0] for name, values in parse_qs(link.query).items()}


def signed_in(client: Client, **more: str) -> Any:
    """There and back; what is shown then."""
    return client.get(BACK, {"code": "a-code", "state": leave(client, **more)["state"]}, follow=True)


def connected(client: Client, **more: str) -> Connection:
    client.post(address("begin/"), {"found": signed_in(client, **more).context["offers"][0]["token"]})
    return Connection.objects.get()


def look(connection: Connection) -> Connection:
    Connection.objects.filter(pk=connection.pk).update(due_at=timezone.now())
    jobs.look(connection.pk)
    return Connection.objects.get(pk=connection.pk)


def sent(server: Mastodon, path: str) -> list[dict[str, list[str]]]:
    """What was sent there, request by request."""
    pairs = zip(server.paths, server.outside.bodies, strict=True)
    return [parse_qs(body.decode()) for each, body in pairs if each == path]


# --- signing in -----------------------------------------------------------------------------------------------------


def test_a_person_signs_in_at_their_server_and_says_yes(server: Mastodon, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    assert "Sign in there" in client.get(address("find/")).text
    asked = leave(client, f"@ines@{HOST}")
    (app,) = sent(server, "/api/v1/apps")
    assert (app["scopes"], app["redirect_uris"]) == (["read:accounts read:statuses"], [asked["redirect_uri"]])
    assert (asked["scope"], asked["client_id"]) == ("read:accounts read:statuses", "app-1")
    page = client.get(BACK, {"code": "a-code", "state": asked["state"]}, follow=True)
    assert "Ines Kowalczyk" in page.text
    assert f"{HOST} lets this site read until you revoke it." in page.text
    assert not Connection.objects.exists()  # nothing before the yes
    (given,) = sent(server, "/oauth/token")
    assert (given["code"], given["client_secret"]) == (["a-code"], ["secret-1"])
    proof = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
    assert (asked["code_challenge"], asked["code_challenge_method"]) == (proof, "S256")
    client.post(address("begin/"), {"found": page.context["offers"][0]["token"]})
    connection = Connection.objects.get()
    assert (connection.account.user, connection.number, connection.host) == (world.influencer, NUMBER, HOST)
    assert "token-1" not in connection.permit_sealed
    assert json.loads(unseal(connection.permit_sealed))["token"] == "token-1"
    assert connection.permit_until is None
    shown = client.get(address(f"{connection.pk}/")).text
    assert f"{HOST} lets this site read until you revoke it. This site can only read, never post." in shown
    assert "Posts for followers only and direct messages are left aside." in shown
    assert "until you revoke it" in client.get(address()).text  # among what ends when
    assert not Entry.objects.filter(verb__startswith="connectors").exists()


def test_a_server_that_knows_no_proof_is_shown_none(server: Mastodon, world: Any, sign_in: Any) -> None:
    server.takes_proof = False
    client = sign_in(world.influencer)
    assert "code_challenge" not in leave(client)
    assert connected(client).permit_sealed
    assert all("code_verifier" not in each for each in sent(server, "/oauth/token"))


def test_only_what_this_browser_began_there_connects(server: Mastodon, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    state = leave(client)["state"]
    elsewhere = reverse("analytics:connection_back", args=["linkedin"])
    for place, back in ((BACK, "another"), (BACK, state)):  # the second: it was tried
        assert "was not started here" in client.get(place, {"code": "c", "state": back}, follow=True).text
    state = leave(client)["state"]
    assert "was not started here" in client.get(elsewhere, {"code": "c", "state": state}, follow=True).text
    state = leave(client)["state"]
    assert (
        "was not started here" in sign_in(world.influencer2).get(BACK, {"code": "c", "state": state}, follow=True).text
    )
    assert sent(server, "/oauth/token") == []
    token = signed_in(sign_in(world.influencer)).context["offers"][0]["token"]
    sign_in(world.influencer).post(address("begin/"), {"found": token})  # another browser's session
    assert not Connection.objects.exists()


def test_a_permission_of_one_server_reads_no_account_of_another(server: Mastodon, world: Any, sign_in: Any) -> None:
    """The number of an account means something on its own server only."""
    client = sign_in(world.influencer)
    page = signed_in(client)
    session = client.session
    permit = granting.opened(session[views_permits.GIVEN]["sealed"])
    other = granting.Permit(permit.token, 0, issuer=granting.Issuer("mastodon", "other.example", "app", "secret"))
    session[views_permits.GIVEN] = session[views_permits.GIVEN] | {"sealed": other.sealed()}
    session.save()
    client.post(address("begin/"), {"found": page.context["offers"][0]["token"]})
    assert not Connection.objects.exists()


@pytest.mark.parametrize(
    "said", ["", "nord", "localhost", "127.0.0.1/x", "ines@", "http://nord.example", "a b.example"]
)
def test_what_is_no_server_comes_back_with_a_reason(said: str, server: Mastodon, world: Any, sign_in: Any) -> None:
    page = sign_in(world.influencer).post(address("server/"), {"server": said})
    assert page.status_code == 422
    assert page.context["form"].errors["server"]
    assert server.paths == []


def test_a_server_that_the_operator_does_not_name_is_not_asked(
    server: Mastodon, world: Any, sign_in: Any, settings: Any
) -> None:
    page = sign_in(world.influencer).post(address("server/"), {"server": "elsewhere.example"})
    assert (page.status_code, "has not allowed this server" in page.text, server.paths) == (422, True, [])
    settings.CONNECTOR_HOSTS = []
    assert "Sign in there" not in sign_in(world.influencer).get(address("find/")).text


@pytest.mark.parametrize(
    ("path", "trouble", "words"),
    [
        ("/api/v1/apps", says(b"{}", 429, JSON), "only a few sign-ins at a time"),
        ("/api/v1/apps", says(b"{}", 422, JSON), "unexpected answer"),
        ("/api/v1/apps", says(b"{}", 503, JSON), "did not answer"),
        ("/api/v1/apps", answer({"client_id": 7}), "unexpected answer"),
        ("/.well-known/oauth-authorization-server", says(b"{}", 503, JSON), "did not answer"),
    ],
)
def test_why_a_server_was_not_reached_is_said(
    path: str, trouble: Any, words: str, server: Mastodon, world: Any, sign_in: Any
) -> None:
    real = server.of_sign_in
    server.of_sign_in = lambda asked: trouble if asked == path else real(asked)  # type: ignore[method-assign]
    page = sign_in(world.influencer).post(address("server/"), {"server": HOST})
    assert (page.status_code, words in page.text) == (422, True)
    assert Server.objects.get(host=HOST).free_at <= timezone.now() + timedelta(seconds=1)  # its looks go on


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (says(b'{"error": "invalid_grant"}', 400, JSON), f"{HOST} no longer lets this site read the account."),
        (says(b'{"error": "invalid_client"}', 401, JSON), "no key"),
        (answer({"access_token": ""}), "unexpected answer"),
        (says(b"", 503), "did not answer"),
    ],
)
def test_why_a_sign_in_failed_is_said(trouble: Any, words: str, server: Mastodon, world: Any, sign_in: Any) -> None:
    real, client = server.of_sign_in, sign_in(world.influencer)
    server.of_sign_in = lambda asked: trouble if asked == "/oauth/token" else real(asked)  # type: ignore[method-assign]
    assert words in signed_in(client).text
    state = leave(client)["state"]
    refused = client.get(BACK, {"error": "access_denied", "state": state}, follow=True)
    assert f"{HOST} did not give permission. Nothing is fetched." in refused.text


def test_who_may_connect_nothing_signs_in_nowhere(server: Mastodon, world: Any, sign_in: Any) -> None:
    assert sign_in(world.coach).post(address("server/"), {"server": HOST}).status_code == 403
    consents.withdraw(world.program, ["own_figures"], by=world.influencer, channel="settings")
    client = sign_in(world.influencer)
    assert client.get(address("server/")).url.endswith("/consents/")
    assert client.post(address("server/"), {"server": HOST}).url.endswith("/consents/")
    assert server.paths == []


def test_nobody_signs_in_for_hours(server: Mastodon, world: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(views_permits, "MOST", 1)
    client = sign_in(world.influencer)
    assert [client.post(address("server/"), {"server": HOST}).status_code for _ in range(2)] == [200, 422]
    assert server.apps == 1


# --- what is read ---------------------------------------------------------------------------------------------------


def test_a_server_closed_to_strangers_is_read_with_the_permission(server: Mastodon, world: Any, sign_in: Any) -> None:
    server.is_closed = True
    client = sign_in(world.influencer)
    page = client.post(address("find/"), {"said": f"@ines@{HOST}"})
    assert "does not show this account publicly" in page.text
    assert "Sign in there" in page.text
    server.statuses = [status(9, likes=4)]
    after = look(connected(client))
    assert (after.looks.get().code, after.looks.get().posts_new) == ("", 1)
    assert server.outside.asked[-1]["authorization"] == "Bearer token-1"


def test_what_is_not_for_everybody_is_never_stored(server: Mastodon, world: Any, sign_in: Any) -> None:
    own = connected(sign_in(world.influencer))
    server.statuses = [
        status(9, visibility="direct", content="To one person"),
        status(8, visibility="private", content="To followers"),
        status(7, visibility="unlisted", content="Quiet"),
        status(6, visibility="public", content="Loud"),
    ]
    row = look(own).looks.get()
    assert (row.posts_new, row.left_out) == (2, 0)
    assert set(Post.objects.filter(account=own.account_id).values_list("title", flat=True)) == {"Quiet", "Loud"}


def test_no_token_stands_in_a_log(server: Mastodon, world: Any, sign_in: Any, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    own = look(connected(sign_in(world.influencer)))
    services.revoke(own, by=world.influencer)
    permits.end(EndingPermit.objects.get().pk)
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert not [word for word in ("token-1", "secret-1", "a-code") if word in said]


# --- the end --------------------------------------------------------------------------------------------------------


def test_revoked_in_one_click_here_and_there_and_read_publicly_again(
    server: Mastodon, world: Any, sign_in: Any
) -> None:
    client = sign_in(world.influencer)
    own = look(connected(client))
    page = client.post(address(f"{own.pk}/revoke/"), follow=True)
    assert f"The permission has ended, here and at {HOST}." in page.text
    assert f"Sign in at {HOST}" in page.text
    own.refresh_from_db()
    assert (own.permit_sealed, own.due_at, own.stopped_for) == ("", None, "revoked")
    permits.end(EndingPermit.objects.get().pk)
    (ended,) = sent(server, "/oauth/revoke")
    assert (ended["token"], ended["client_id"], ended["client_secret"]) == (["token-1"], ["app-1"], ["secret-1"])
    assert not EndingPermit.objects.exists()
    client.post(address(f"{own.pk}/look/"))  # what everybody sees needs no permission
    own.refresh_from_db()
    assert (own.stopped_for, own.due_at is not None) == ("", True)
    look(own)
    assert "authorization" not in server.outside.asked[-1]
    services.revoke(connected(client), by=world.influencer)
    found = client.post(address("find/"), {"said": f"@ines@{HOST}"})
    client.post(address("begin/"), {"found": found.context["token"]})
    own.refresh_from_db()
    assert (own.stopped_for, own.permit_sealed) == ("", "")


def test_the_permission_ends_with_the_consent(server: Mastodon, world: Any, sign_in: Any) -> None:
    own = connected(sign_in(world.influencer))
    consents.withdraw(world.program, ["own_figures"], by=world.influencer, channel="settings")
    own.refresh_from_db()
    assert (own.permit_sealed, own.due_at, own.stopped_for) == ("", None, "withdrawn")
    permits.end(EndingPermit.objects.get().pk)
    assert [each["token"] for each in sent(server, "/oauth/revoke")] == [["token-1"]]


def test_a_permission_that_ended_there_stops_the_connection(server: Mastodon, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    own = connected(client)
    server.trouble = says(b'{"error": "The access token was revoked"}', 401, JSON)
    after = look(own)
    assert (after.stopped_for, after.permit_sealed) == ("ended", "")
    assert f"Stopped: {HOST} no longer lets this site read the account." in client.get(address(f"{own.pk}/")).text


def test_every_sign_in_stands_by_itself(server: Mastodon, world: Any, sign_in: Any) -> None:
    """Mastodon gives an application one token per person: with an application for each, one end is not another."""
    client = sign_in(world.influencer)
    own = connected(client)
    signed_in(client)
    leave(client)  # the one before became nothing
    permits.end(EndingPermit.objects.get().pk)
    assert [each["token"] for each in sent(server, "/oauth/revoke")] == [["token-2"]]
    again = connected(client)
    assert (again.pk, granting.opened(again.permit_sealed).token) == (own.pk, "token-4")
    permits.end(EndingPermit.objects.get().pk)  # the one that it was read with before
    assert sent(server, "/oauth/revoke")[-1]["token"] == ["token-1"]


def test_the_page_may_lead_to_networks_that_know_this_site_and_nowhere_else(
    server: Mastodon, world: Any, sign_in: Any
) -> None:
    """A form may lead where the page it stands on says, whatever the answer to it says."""
    client = sign_in(world.influencer)
    for page in (address(), address(f"{connected(client).pk}/")):
        (rule,) = [each for each in client.get(page)["content-security-policy"].split("; ") if "form-action" in each]
        assert rule == f"form-action 'self' {' '.join(sign_in_pages())}"
    assert sign_in_pages() == ["https://accounts.google.com", f"https://{linkedin.SIGN_IN}"]
