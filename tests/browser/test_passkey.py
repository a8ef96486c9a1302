"""A passkey is registered and signs its owner in, with the authenticator that Chromium plays itself."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import check_page
from tests.journeys.stage import PASSWORD, make_company

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def here(transactional_db: None) -> Any:
    return make_company()


def with_device(page: Page) -> Any:
    """A fingerprint reader in the window, and what it holds."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    return lambda: devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"^https?://[^/]+/$"))


def test_a_passkey_is_set_up_and_signs_in_without_a_password(here: Any, look: Any) -> None:
    page = look()
    held = with_device(page)
    sign_in(page, here.manager.email)

    page.goto(reverse("mfa_index"))
    page.get_by_role("link", name="Add a passkey").click()
    if page.get_by_role("heading", name="Is it you?").is_visible():
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    check_page(page)
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url(re.compile("recovery-codes|webauthn/$"))
    assert [credential["isResidentCredential"] for credential in held()] == [True]
    page.goto(reverse("mfa_list_webauthn"))
    expect(page.get_by_role("heading", name="My laptop")).to_be_visible()
    check_page(page)

    page.goto(reverse("people:profile"))
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r"^https?://[^/]+/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(here.manager.first_name)


def test_whoever_was_signed_in_with_the_password_alone_is_out(here: Any, look: Any) -> None:
    """Somebody knew the password before a second factor was asked for; the owner then sets one up on another device."""
    thief, page = look(), look()
    sign_in(thief, here.manager.email)
    with_device(page)
    sign_in(page, here.manager.email)
    here.program.second_factor_roles = ["manager"]
    here.program.save()
    for window in (thief, page):
        window.goto("/me/")
        window.wait_for_url("**/second-factor/")
    page.get_by_role("link", name="Add a passkey").click()
    if page.get_by_role("heading", name="Is it you?").is_visible():
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url(re.compile("recovery-codes|webauthn/$"))
    thief.goto("/me/")
    expect(thief).to_have_url(re.compile("/accounts/login/"))
    thief.locator("[name=login]").fill(here.manager.email)
    thief.locator("[name=password]").fill(PASSWORD)
    thief.get_by_role("button", name="Sign in", exact=True).click()
    expect(thief).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    page.goto("/me/")
    expect(page).to_have_url(re.compile("/me/$"))


def test_a_device_without_a_passkey_says_so(here: Any, look: Any) -> None:
    page = look()
    with_device(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The device did not provide a passkey.")).to_be_visible()
    assert page.url.endswith("/accounts/login/")
