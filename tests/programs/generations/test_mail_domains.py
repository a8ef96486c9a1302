"""Somebody outside the company's email domains is invited once a person has said that this is right."""

from typing import Any

from core.notify.models import OutgoingMail
from programs.generations.models import Invitation
from tests.programs.generations.test_roster import a_roster, url

SETTINGS, TEAM = "/p/nordlichter/settings/", "/p/nordlichter/team/new/"
WRITTEN = "@Nordwerk.de; nordwerk.com"


def test_the_domains_are_written_in_any_way_and_a_typing_error_is_said(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    form = {name: value for name, value in client.get(SETTINGS).context["form"].initial.items() if value is not None}
    assert client.post(SETTINGS, form | {"mail_domains": "nordwerk"}).status_code == 422
    client.post(SETTINGS, form | {"mail_domains": WRITTEN})
    world.program.refresh_from_db()
    assert world.program.mail_domains == "nordwerk.de, nordwerk.com"
    assert "nordwerk.de, nordwerk.com" in sign_in(world.council).get(SETTINGS).text


def test_a_list_points_them_out_and_invites_all_the_same(world: Any, sign_in: Any) -> None:
    type(world.program).objects.update(mail_domains="nordwerk.de")
    roster, client = (
        a_roster(world, "a@nordwerk.de\nb@mail.nordwerk.de\nc@nordwerg.de\nd@gmx.de"),
        sign_in(world.manager),
    )
    page = client.get(url("roster_detail", world, roster.pk))
    assert [row["email"] for row in page.context["list"].page if row["doubtful"]] == ["c@nordwerg.de", "d@gmx.de"]
    assert "2 new addresses are not at your company's domains (nordwerk.de)." in page.text
    assert "not your company's domain?" in page.text
    client.post(url("roster_apply", world, roster.pk), {"language": "de"})
    assert Invitation.objects.filter(email__in=["c@nordwerg.de", "d@gmx.de"]).count() == 2


def test_the_team_is_asked_about_once(world: Any, sign_in: Any) -> None:
    type(world.program).objects.update(mail_domains="nordwerk.de")
    form = {"email": "erik@nordwerg.de", "name": "Erik", "language": "en", "role": "executive"}
    client = sign_in(world.manager)
    asked = client.post(TEAM, form)
    assert "Is it the right one?" in asked.text
    assert 'name="is_right"' in asked.text
    assert not OutgoingMail.objects.exists()
    client.post(TEAM, form | {"is_right": "on"})
    client.post(TEAM, form | {"email": "erik@nordwerk.de"})
    assert OutgoingMail.objects.count() == 2
