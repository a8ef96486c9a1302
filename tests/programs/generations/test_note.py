"""The note of participation: one's own record on paper, for oneself, also for a while after leaving."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.urls import reverse
from pypdf import PdfReader

from community.events.models_after import Attendance
from programs.generations import services


def text_of(answer: Any) -> str:
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    return " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def test_it_tells_what_the_person_did_and_of_nobody_else(world: Any, sign_in: Any) -> None:
    services.pause(world.participant, by=world.influencer)
    event = Attendance.objects.get(person=world.influencer).event
    url = reverse("programs:participation_note", args=[world.program.slug])
    client = sign_in(world.influencer)
    said = text_of(client.get(url))
    assert f"Influencer took part in the corporate influencer program “{world.program.name}”" in said
    assert "Generation 1" in said
    assert str(event.milestone.title) in said
    assert "nobody has checked it" in said
    assert "break" not in said, "no breaks"
    other = text_of(sign_in(world.influencer2).get(url))
    assert str(event.milestone.title) not in other, "what others recorded"
    services.leave(world.participant, by=world.influencer)
    assert "Generation 1" in text_of(client.get(url)), "after leaving, as long as it is kept"
    assert url in client.get(reverse("privacy:mine", args=[world.program.slug])).content.decode()
    world.participant.refresh_from_db()
    assert world.participant.left_on - world.participant.joined_on == timedelta(days=60)
