"""The invited person reads what it means and chooses; joining and declining are equally easy."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from core.people.models import User
from programs.consents.access import granted
from programs.consents.models import ConsentEvent, Purpose
from programs.generations.models import Invitation
from programs.generations.tokens import token_of
from tests.factories.generations import make_invitation
from tests.journeys.stage import PASSWORD


def address(invitation: Invitation, name: str = "invitation") -> str:
    return reverse(f"programs:{name}", args=[token_of(invitation.pk)])


def test_joining_with_two_consents_and_the_way_from_there(here: Any) -> None:
    invitation = make_invitation(here.generation, "erika@nordwerk.example", state="sent", language="de")
    erika = Client(headers={"accept-language": "de"})
    page = erika.get(address(invitation))
    text = page.content.decode()
    assert all(words in text for words in ("Was freiwillig ist", "Was gespeichert wird", "Wer was sieht"))
    assert " checked" not in text, "nothing is ticked before"

    answer = erika.post(
        address(invitation, "invitation_answer"),
        {"answer": "join", "consents": ["own_figures", "newsletter"], "name": "Erika Beispiel", "password": PASSWORD},
    )
    assert answer.url == reverse("programs:path", args=[here.program.slug])
    user = User.objects.get(email="erika@nordwerk.example")
    assert granted(user, here.program) == {Purpose.PARTICIPATION, Purpose.OWN_FIGURES, Purpose.NEWSLETTER}
    assert erika.get(address(invitation)).status_code in (302, 410), "the link is used up"

    step = here.generation.steps.order_by("position").first()
    erika.post(reverse("programs:step_done", args=[here.program.slug, step.pk]))
    assert erika.get(answer.url).context["path"].done == 1
    erika.post(reverse("programs:consent_set", args=[here.program.slug, "newsletter"]), {"on": "0"})
    assert Purpose.NEWSLETTER not in granted(user, here.program)

    leave = reverse("programs:participation_leave", args=[here.program.slug])
    assert reverse("privacy:export") in erika.get(leave).content.decode(), "the download comes first"
    erika.post(leave)
    assert granted(user, here.program) == set()
    assert erika.get(reverse("analytics:activity_list", args=[here.program.slug])).status_code == 404


def test_declining_is_known_to_nobody_and_can_be_taken_back(here: Any, sign_in: Any) -> None:
    invitation = make_invitation(here.generation, "nora@nordwerk.example", state="sent", name="Nora Nein")
    manager = sign_in(here.manager)
    people = reverse("programs:generation_detail", args=[here.program.slug, here.generation.pk])
    before = _open_invitations(manager.get(people).content.decode())
    nora = Client()
    told = nora.post(address(invitation, "invitation_answer"), {"answer": "decline"}, follow=True).content.decode()
    assert "You have declined" in told
    assert not User.objects.filter(email="nora@nordwerk.example").exists()
    assert not ConsentEvent.objects.exists()
    assert _open_invitations(manager.get(people).content.decode()) == before
    new = reverse("programs:roster_new", args=[here.program.slug, here.generation.pk])
    preview = manager.get(manager.post(new, {"text": "nora@nordwerk.example"}).url)
    assert [line["verdict"] for line in preview.context["list"].page] == ["invited"]
    nora.post(address(invitation, "invitation_answer"), {"answer": "think_again"})
    assert "You are invited" in nora.get(address(invitation)).content.decode()


def _open_invitations(html: str) -> str:
    """The list as the manager sees it, without the tokens of its forms."""
    return re.sub(r'value="\w{64}"', "", html.partition('id="h-invitations"')[2].partition("</section>")[0])
