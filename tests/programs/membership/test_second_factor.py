"""A program may ask for a second factor in some roles: then nothing else opens before it is set up."""

from typing import Any

import pytest

from core.notify.models import OutgoingMail
from tests.factories.operate import make_app

PAGES = ("/", "/me/", "/p/nordlichter/", "/p/nordlichter/contacts/", "/p/nordlichter/privacy/", "/operate/")
OPEN = ("/accounts/2fa/", "/accounts/email/", "/imprint/", "/second-factor/", "/accounts/logout/")


@pytest.fixture
def asked(world: Any) -> Any:
    world.program.second_factor_roles = ["manager", "council"]
    world.program.save()
    return world


def test_who_needs_one_is_led_to_it_and_to_nothing_else(asked: Any, sign_in: Any) -> None:
    client = sign_in(asked.council)
    for path in PAGES[2:5]:
        assert client.get(path).headers["location"] == "/second-factor/", path
    assert client.get("/").headers["location"] == "/second-factor/"  # the first page is no way around it
    answer = client.get("/p/nordlichter/", headers={"hx-request": "true"})
    assert answer.headers["hx-redirect"] == "/second-factor/"
    assert client.post("/p/nordlichter/team/new/", {"email": "x@example.com"}).headers["location"] == "/second-factor/"
    for path in OPEN:
        assert client.get(path).status_code == 200, path
    assert "Nordlichter requires a second factor" in client.get("/second-factor/").content.decode()


def test_others_and_who_has_one_notice_nothing(asked: Any, sign_in: Any) -> None:
    assert sign_in(asked.influencer).get("/p/nordlichter/").status_code == 200
    assert sign_in(asked.stranger).get("/p/stimmen/").status_code == 200
    make_app(asked.council)
    assert sign_in(asked.council).get("/p/nordlichter/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(asked: Any, sign_in: Any) -> None:
    make_app(asked.council)
    asked.council.authenticator_set.update(type="recovery_codes", data={})
    assert sign_in(asked.council).get("/p/nordlichter/").status_code == 302


def test_the_program_manager_decides_for_which_roles(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    page = client.get("/p/nordlichter/settings/")
    form = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    chosen = {"second_factor_roles": ["manager", "coach"], "country": "AT"}
    client.post("/p/nordlichter/settings/", form | chosen)
    world.program.refresh_from_db()
    assert world.program.second_factor_roles == ["manager", "coach"]
    assert client.get("/p/nordlichter/settings/").headers["location"] == "/second-factor/"
    told = OutgoingMail.objects.filter(address=world.council.email).latest("pk").text
    assert "Second factor required for: changed from nobody to program manager, coach" in told
    assert "Country profile: changed from Germany to Austria" in told
    assert "Second factor required for" in sign_in(world.council).get("/p/nordlichter/settings/").content.decode()


def test_the_operator_decides_for_administrators(world: Any, sign_in: Any, settings: Any) -> None:
    assert sign_in(world.admin).get("/operate/").status_code == 200
    settings.ADMIN_SECOND_FACTOR = True
    client = sign_in(world.admin)
    assert client.get("/operate/").headers["location"] == "/second-factor/"
    assert "Administrators of this site" in client.get("/second-factor/").content.decode()
    assert sign_in(world.influencer).get("/p/nordlichter/").status_code == 200
