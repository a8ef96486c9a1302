"""Generation 3, from the open call to its first 30 days; and a person leaves, and everything of theirs is where they
want it."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.notify.models import OutgoingMail
from core.people.models import User
from programs.casting import jobs as casting
from programs.casting import queries
from programs.casting.models import Answered, Call, Interest
from programs.consents import jobs as consents
from programs.consents.models import Erasure
from programs.generations.jobs import post
from programs.generations.models import Generation, Participant, ParticipantState
from programs.mentors.models import Pairing, PairKind
from tests.factories.generations import make_generation, make_participant
from tests.factories.mentors import make_card
from tests.journeys.stage import PASSWORD
from tests.world import Role, join, make_user

NORA = "nora@nordwerk.example"


def _person(key: str, name: str) -> User:
    person = make_user(key)
    person.name = name
    person.save()
    return person


def link_to(address: str, path: str) -> str:
    """The newest mail's link that leads there."""
    mail = OutgoingMail.objects.filter(address=address).order_by("-pk").first()
    assert mail, address
    found = re.search(rf"https?://[^/\s]+({path}[^\s]+)", mail.text)
    assert found, mail.text
    return found[1]


def test_generation_3_from_the_open_call_to_its_first_30_days(here: Any, sign_in: Any) -> None:
    slug, manager = here.program.slug, sign_in(here.manager)
    mentor = _person("mentor", "Mira Mentor")
    join(mentor, here.program, Role.INFLUENCER)
    make_card(make_participant(mentor, here.generation, days=200), is_mentor=True)
    third = make_generation(here.program, 3, start_on=here.today + timedelta(days=60), places=1)

    # The call: written, shared, on paper.
    days = {"opens_on": here.today.isoformat(), "closes_on": (here.today + timedelta(days=14)).isoformat()}
    manager.post(reverse("programs:call_new", args=[slug]), days | {"generation": third.pk})
    call = Call.objects.get(generation=third)
    manager.post(reverse("programs:call_link", args=[slug, call.pk]), {"link": "on"})
    call.refresh_from_db()
    poster = manager.get(reverse("programs:call_poster", args=[slug, call.pk]))
    assert poster.content.startswith(b"%PDF-")

    # Three colleagues scan the code, look whether it suits them, and show interest.
    public = reverse("programs:call_public", args=[call.key])
    for number, name in enumerate(("nora", "wim", "nele")):
        phone, address = Client(headers={"accept-language": "en"}), f"{name}@nordwerk.example"
        check = dict.fromkeys(("want", "topic", "listen", "stand", "time"), "yes")
        assert "A lot speaks for it." in phone.post(f"{public}self-check/", check).content.decode()
        phone.post(public, {"email": address})
        sent = {"name": name.title(), "site": f"Site {number}", "languages": ["de"], "agrees": "on"}
        phone.post(link_to(address, "/interest/"), sent)
    people = {interest.name: interest for interest in Interest.objects.shown()}
    assert set(people) == {"Nora", "Wim", "Nele"}

    # Put together by the mix; everybody hears on the same day.
    for name, fate in {"Nora": "seat", "Wim": "waiting", "Nele": "not"}.items():
        manager.post(reverse("programs:interest_fate", args=[slug, people[name].key]), {"fate": fate})
    texts = {"waiting_text_en": "Hello {name}, please wait.", "decline_text_en": "Hello {name}, not this time."}
    mark = queries.mark_of(Call.objects.get(pk=call.pk))
    manager.post(reverse("programs:casting_answers", args=[slug, call.pk]), texts | {"do": "send", "mark": mark})
    post()
    assert (
        "Hello Nele, not this time." in OutgoingMail.objects.filter(address="nele@nordwerk.example").latest("pk").text
    )

    # Nora joins, meets her mentor, and after 30 days nothing of the others is left.
    nora = Client(headers={"accept-language": "en"})
    invitation = link_to(NORA, "/invitation/")
    answer = {"answer": "join", "name": "Nora", "password": PASSWORD}
    assert nora.post(f"{invitation}answer/", answer).url == reverse("programs:path", args=[slug])
    user = User.objects.get(email=NORA)
    nora.post(reverse("programs:pairing_ask", args=[slug]), {"person": mentor.pk, "kind": PairKind.MENTOR})
    pairing = Pairing.objects.get(asker=user)
    sign_in(mentor).post(reverse("programs:pairing_agree", args=[slug, pairing.pk]))
    path = nora.get(reverse("programs:path", args=[slug]))
    step = next(row for row in path.context["path"].steps if row.step.key == "mentor")
    assert step.who == "Mira Mentor"
    nora.post(reverse("programs:step_done", args=[slug, step.step.pk]))
    assert nora.get(reverse("programs:path", args=[slug])).context["path"].done >= 1
    Interest.objects.exclude(told="").update(told_at=timezone.now() - timedelta(days=31))
    casting.retention()
    assert [interest.name for interest in Interest.objects.all()] == ["Wim"], "who waits is still asked"
    assert Answered.objects.count() == 2


def test_a_person_leaves_and_everything_of_theirs_is_where_they_want_it(here: Any, sign_in: Any) -> None:
    slug = here.program.slug
    older, younger = _person("older", "Olaf Older"), _person("younger", "Yara Younger")
    for person in (older, younger):
        join(person, here.program, Role.INFLUENCER)
    second: Generation = make_generation(here.program, 2)
    make_card(make_participant(older, here.generation), is_mentor=True)
    make_card(make_participant(younger, second))
    yara, olaf = sign_in(younger), sign_in(older)
    yara.post(reverse("programs:pairing_ask", args=[slug]), {"person": older.pk, "kind": PairKind.MENTOR})
    pairing = Pairing.objects.get(asker=younger)
    olaf.post(reverse("programs:pairing_agree", args=[slug, pairing.pk]))

    # What goes when, the own export first, and who stays: then one tap.
    leave = reverse("programs:participation_leave", args=[slug])
    page = yara.get(leave).content.decode()
    assert reverse("privacy:export") in page
    assert "Olaf Older" in page
    assert older.email in page, "the contact to take along"
    assert "connection with a mentor or buddy" in page
    note = reverse("programs:participation_note", args=[slug])
    assert note in page, "what she can show of it"
    yara.post(leave)
    assert Participant.objects.get(user=younger).state == ParticipantState.LEFT
    mentors = reverse("programs:mentors", args=[slug])
    assert "is no longer in the program" in olaf.get(mentors).content.decode()

    # Back with one tap, with everything; then gone for good, when the time to think is over.
    yara.post(reverse("programs:participation_resume", args=[slug]))
    assert "is no longer in the program" not in olaf.get(mentors).content.decode()
    assert "Olaf Older" in yara.get(mentors).content.decode()
    yara.post(leave, {"stays_in_touch": "on"})
    Erasure.objects.update(due_on=here.today - timedelta(days=1))
    consents.erase_due()
    assert not Pairing.objects.filter(asker=younger).exists()
    assert "Yara" not in olaf.get(mentors).content.decode()

    # She stays in touch, because she ticked it: her own page, her note, and nothing of the program besides.
    assert "You stay in touch" in yara.get(reverse("programs:alumni", args=[slug])).content.decode()
    assert yara.get(note).status_code == 200
    assert yara.get(reverse("home:program", args=[slug])).status_code == 404
