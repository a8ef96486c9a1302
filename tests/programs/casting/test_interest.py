"""The open call: who reads it, how somebody shows interest and takes it back, and the self-check that nobody keeps."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from core.journal.models import Entry
from core.notify.models import OutgoingMail
from programs.casting import access, letters, poster, services
from programs.casting.models import Answered, Call, Interest
from programs.casting.self_check import answer
from programs.casting.tokens import address_hashes as hashes_of
from programs.casting.tokens import token_of
from programs.generations.models import Declined
from programs.generations.tokens import address_hashes
from programs.membership.models import Membership
from tests.factories.casting import GIVEN, make_call, make_interest

SENT = {"site": "Rostock", "department": "Training", "topics": "First weeks", "experience": "some", "agrees": "on"}


def body(response: Any) -> str:
    return str(response.content.decode())


def own(world: Any) -> Any:
    return Interest.objects.get(call=world.call, user=world.influencer2)


# --- the call ---------------------------------------------------------------------------------------------------------


def test_a_call_begins_with_texts_in_both_languages(world: Any, sign_in: Any) -> None:
    address = reverse("programs:casting", args=[world.other_program.slug])
    client = sign_in(world.stranger)
    page = body(client.get(address))
    assert "There is no call yet" in page
    assert "It comes with suggested texts" in page
    sent = {"generation": world.other_generation.pk, "opens_on": "2026-12-01", "closes_on": "2026-12-24"}
    client.post(reverse("programs:call_new", args=[world.other_program.slug]), sent)
    call = Call.objects.get(generation=world.other_generation)
    assert set(call.voluntary.texts) == {"de", "en"}
    assert "Alpina" not in str(call.title)
    assert "{" not in "".join(call.why.texts.values()), "filled in for its generation"
    assert "{name}" in call.decline_text.texts["de"], "mails keep what is filled in for each person"


def test_a_call_that_closes_before_it_opens_is_explained(world: Any, sign_in: Any) -> None:
    sent = {"generation": world.generation.pk, "opens_on": "2026-12-24", "closes_on": "2026-12-01"}
    answer = sign_in(world.manager).post(reverse("programs:call_new", args=[world.program.slug]), sent)
    assert answer.status_code == 422
    assert "This day is before the call opens." in body(answer)


def test_before_it_opens_only_who_leads_reads_it(world: Any, sign_in: Any) -> None:
    tomorrow = timezone.localdate() + timedelta(days=2)
    call = make_call(world.generation, world.manager, opens_on=tomorrow, closes_on=tomorrow)
    address = reverse("programs:call", args=[call.pk])
    assert sign_in(world.influencer).get(address).status_code == 404
    assert "Not open yet" in body(sign_in(world.manager).get(address))
    assert Client().get(reverse("programs:call_public", args=[call.key])).status_code == 410


def test_the_public_link_is_for_nobody_else(world: Any) -> None:
    address = reverse("programs:call_public", args=[world.call.key])
    answer = Client().get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex">' in body(answer)
    assert "Is this monitoring?" in body(answer), "what colleagues object is answered there"
    assert "competitor" not in body(answer), "what others object is not"
    services.switch_link(world.call, is_on=True, by=world.manager)
    assert Client().get(address).status_code == 410, "a new link ends the one before"
    services.switch_link(world.call, is_on=False, by=world.manager)
    assert Client().get(reverse("programs:call_public", args=["x"])).status_code == 410


def test_a_link_that_was_pressed_twice_is_one_link(world: Any, sign_in: Any) -> None:
    """It is copied at once, and the works council is told of each change."""
    client, address = sign_in(world.manager), reverse("programs:call_link", args=[world.program.slug, world.call.pk])
    page = body(client.get(reverse("programs:casting_list", args=[world.program.slug, world.call.pk])))
    form = page[page.index(f'action="{address}"') :]
    sent = {"link": "on", "once": form.split('name="once" value="')[1].split('"')[0]}
    keys, told = set(), OutgoingMail.objects.filter(reason="membership.council")
    for _ in range(3):
        client.post(address, sent)
        keys.add(Call.objects.get(pk=world.call.pk).key)
    assert (len(keys), told.count()) == (1, 1)
    assert keys != {world.call.key}


def test_ending_the_public_link_can_be_undone(world: Any, sign_in: Any) -> None:
    """It is on posters: one tap must not make them all useless."""
    public = reverse("programs:call_public", args=[world.call.key])
    client, address = sign_in(world.manager), reverse("programs:call_link", args=[world.program.slug, world.call.pk])
    for data in ({"link": "off"}, {"link": "on"}):
        (told,) = client.post(address, data, follow=True).context["messages"]
        assert Client().get(public).status_code == 410
        undo = told.extra_tags.removeprefix("undo:")
        assert sign_in(world.coach).post(undo).status_code == 403
        sign_in(world.manager).post(undo)
        assert Client().get(public).status_code == 200
    other = make_call(world.generation, world.manager)
    client.post(f"{reverse('programs:call_link', args=[world.program.slug, other.pk])}?{undo.partition('?')[2]}")
    before = other.key
    other.refresh_from_db()
    assert other.key == before, "the key of another call is not taken over, and its own one stays"
    services.switch_link(world.call, is_on=True, by=world.manager)
    before = world.call.key
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert "too late" in body(sign_in(world.manager).post(undo, follow=True))
    world.call.refresh_from_db()
    assert world.call.key == before, "a day later the link that is in use stays"


def test_who_guesses_links_is_stopped(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("programs.casting.views_link.GUESSES_PER_MINUTE", 3)
    client = Client()
    codes = [client.get(f"/call/guess{number}/").status_code for number in range(5)]
    assert codes == [410, 410, 410, 429, 429]
    good = reverse("programs:call_public", args=[world.call.key])
    assert client.get(good).status_code == 200, "colleagues behind the same address are not locked out"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_poster_leads_to_the_public_page(world: Any, language: str) -> None:
    with translation.override(language):
        file = poster.as_pdf(world.call)
    assert file.startswith(b"%PDF-")
    assert b"pdfuaid" in file, "tagged: the seal of PDF/UA"
    assert poster.address_of(world.call).endswith(f"/call/{world.call.key}/")


def test_without_a_public_link_there_is_no_poster(world: Any, sign_in: Any) -> None:
    services.switch_link(world.call, is_on=False, by=world.manager)
    address = reverse("programs:call_poster", args=[world.program.slug, world.call.pk])
    answer = sign_in(world.manager).get(address, follow=True)
    assert "Make the public link first" in body(answer)


# --- with an account --------------------------------------------------------------------------------------------------


def test_the_log_says_nothing_of_interest(world: Any, sign_in: Any) -> None:
    """Neither who nor when: what people do for themselves is in no journal."""
    client, address = sign_in(world.influencer2), reverse("programs:call", args=[world.call.pk])
    before = Entry.objects.count()
    client.post(address, SENT)
    client.post(address, SENT | {"site": "Bremen"})
    client.post(f"{address}withdraw/")
    client.post(f"{address}restore/")
    by_link = reverse("programs:interest", args=[world.interest_token])
    assert Client().post(by_link, SENT | {"name": "Ida"}).status_code == 302
    assert (own(world).site, Entry.objects.count()) == ("Bremen", before)


def test_interest_is_shown_changed_and_taken_back(world: Any, sign_in: Any) -> None:
    client, address = sign_in(world.influencer2), reverse("programs:call", args=[world.call.pk])
    assert client.post(address, SENT | {"agrees": ""}).status_code == 422, "nothing without the consent"
    assert not Interest.objects.filter(user=world.influencer2).exists()
    client.post(address, SENT)
    assert own(world).site == "Rostock"
    client.post(address, SENT | {"site": "Bremen"})
    assert own(world).site == "Bremen"
    assert "Your interest has arrived" in body(client.get(address))
    client.post(f"{address}withdraw/")
    assert own(world) not in Interest.objects.shown(), "out of sight at once"
    shortlist = reverse("programs:casting_list", args=[world.program.slug, world.call.pk])
    assert "Influencer2" not in body(sign_in(world.manager).get(shortlist))
    client.post(f"{address}restore/")
    assert own(world) in Interest.objects.shown()


def test_after_closing_nothing_is_changed_any_more(world: Any, sign_in: Any) -> None:
    world.call.closes_on = world.call.opens_on
    world.call.save()
    client, address = sign_in(world.coach), reverse("programs:call", args=[world.call.pk])
    answer = client.post(address, SENT, follow=True)
    assert "This call is no longer open for interest." in body(answer)
    assert Interest.objects.get(user=world.coach).site == GIVEN["site"]
    assert answer.status_code == 409
    assert SENT["topics"] in body(answer), "what was written comes back"
    assert "Withdraw my interest" in body(client.get(address)), "taking it back stays possible"


def test_who_thought_again_gets_the_next_invitation(world: Any) -> None:
    address_hash = address_hashes(world.program.pk, world.influencer2.email)[0]
    Declined.objects.create(program=world.program, address_hash=address_hash)
    services.declare(world.call, person=world.influencer2, given=GIVEN)
    assert not Declined.objects.filter(address_hash=address_hash).exists()


# --- without an account -----------------------------------------------------------------------------------------------


def test_every_address_gets_the_same_answer(world: Any) -> None:
    address = reverse("programs:call_public", args=[world.call.key])
    pages = []
    for email in ("unknown@nordwerk.example", world.coach.email, world.interest.email):
        pages.append(re.sub(r"[A-Za-z0-9]{32,}", "", body(Client().post(address, {"email": email}))))
    assert "Please check your inbox" in pages[0]
    assert len(set(pages)) == 1, "not one byte tells whether an address is known"
    fresh = Interest.objects.get(email="unknown@nordwerk.example")
    assert fresh.declared_at is None
    assert fresh not in Interest.objects.shown(), "nobody sees an address before it is confirmed"


def test_every_address_takes_the_same_work(world: Any, django_capture_on_commit_callbacks: Any) -> None:
    """Whoever types a colleague's address, and looks how long the answer takes, would learn that somebody showed
    interest, or had an answer: no mail goes out then, but the letter is written and the worker called all the same."""
    address = reverse("programs:call_public", args=[world.call.key])
    settled, gone = make_interest(world.call, "Sina", fate="not"), make_interest(world.call, "Gero")
    Interest.objects.filter(pk=settled.pk).update(told="not", told_at=timezone.now())
    Answered.objects.create(call=world.call, address_hash=hashes_of(world.call.pk, gone.email)[0])
    gone.delete()
    Interest.objects.create(call=world.call, email="waits@nordwerk.example")
    silent = (world.my_interest.email, settled.email, gone.email)
    done = []
    for email in ("unknown@nordwerk.example", "waits@nordwerk.example", *silent):
        client, before = Client(), OutgoingMail.objects.count()
        client.get(address)
        with CaptureQueriesContext(connection) as asked, django_capture_on_commit_callbacks() as calls:
            client.post(address, {"email": email})
        kinds = [" ".join(row["sql"].split()[:3]) for row in asked.captured_queries]
        done.append(([kind for kind in kinds if "SAVEPOINT" not in kind], len(calls)))
        assert OutgoingMail.objects.count() - before == (email not in silent), email
    assert all(each == done[0] for each in done)
    assert not Interest.objects.filter(email=gone.email).exists()


def test_the_link_of_the_mail_shows_interest(world: Any) -> None:
    Client().post(reverse("programs:call_public", args=[world.call.key]), {"email": "New@Nordwerk.example"})
    mail = OutgoingMail.objects.get(reason=letters.CONFIRM, address="new@nordwerk.example")
    interest = Interest.objects.get(email="new@nordwerk.example")
    own_page = reverse("programs:interest", args=[token_of(interest.key)])
    assert own_page in mail.text
    client = Client()
    assert client.get(own_page).status_code == 200
    client.post(own_page, SENT | {"name": "Nora New"})
    interest.refresh_from_db()
    assert (interest.name, interest.site) == ("Nora New", "Rostock")
    assert interest in Interest.objects.shown()
    client.post(f"{own_page}withdraw/")
    assert interest not in Interest.objects.shown()
    client.post(f"{own_page}restore/")
    assert interest in Interest.objects.shown()


def test_what_the_team_decided_meanwhile_stays(world: Any) -> None:
    """The person's page was opened before the decision; saving it writes what the person said, and nothing else."""
    opened = Interest.objects.select_related("call__generation", "call__program").get(pk=world.interest.pk)
    services.think_of(world.interest, fate="waiting")
    services.answer(world.call, by=world.manager)
    services.declare_by_link(opened, name="Ida", given=GIVEN | {"site": "Bremerhaven"})
    now = Interest.objects.get(pk=opened.pk)
    assert (now.site, now.fate, now.told) == ("Bremerhaven", "waiting", "waiting")


def test_a_reused_address_takes_nobodys_interest_over(world: Any) -> None:
    Interest.objects.filter(pk=world.my_interest.pk).update(email=world.influencer2.email.lower())
    with pytest.raises(services.CallIsOver):
        services.declare(world.call, person=world.influencer2, given=GIVEN)
    assert Interest.objects.get(pk=world.my_interest.pk).user == world.coach


def test_a_link_asked_for_after_taking_it_back_goes_out(world: Any) -> None:
    services.withdraw(world.interest)
    services.ask_for_link(world.call, email=world.interest.email)
    mail = OutgoingMail.objects.get(reason=letters.CONFIRM, address=world.interest.email)
    assert not letters.is_withheld(mail)
    services.forget([world.interest])
    assert letters.is_withheld(mail)
    services.ask_for_link(world.call, email="late@nordwerk.example")
    Interest.objects.filter(email="late@nordwerk.example").update(asked_at=timezone.now() - timedelta(days=6))
    services.ask_for_link(world.call, email="late@nordwerk.example")
    assert Interest.objects.get(email="late@nordwerk.example").asked_at > timezone.now() - timedelta(days=1)


@pytest.mark.parametrize("is_public", [True, False])
def test_taking_it_back_needs_no_open_call_and_ends_with_the_answer(world: Any, sign_in: Any, is_public: bool) -> None:
    mine = world.interest if is_public else world.my_interest
    client = Client() if is_public else sign_in(world.coach)
    own_page = reverse("programs:interest", args=[world.interest_token]) if is_public else f"/calls/{world.call.pk}/"
    type(world.program).objects.filter(pk=world.program.pk).update(archived_at=timezone.now())
    Membership.objects.filter(user=world.coach).update(ended_at=timezone.now())
    assert "Withdraw my interest" in body(client.get(own_page))
    client.post(f"{own_page}withdraw/")
    assert mine not in Interest.objects.shown()
    now = timezone.now()
    Interest.objects.filter(pk=mine.pk).update(withdrawn_at=None, fate="seat", told="seat", told_at=now)
    assert "You have already received your answer" in body(client.post(f"{own_page}withdraw/", follow=True))
    assert Interest.objects.get(pk=mine.pk).withdrawn_at is None, "else it would be gone without its hash"


def test_who_was_here_for_another_company_is_no_colleague(world: Any) -> None:
    assert world.other_program.company_name != world.program.company_name
    Membership.objects.filter(user=world.stranger).update(ended_at=timezone.now())
    assert not access.is_colleague(world.stranger, world.call)
    Membership.objects.filter(user=world.stranger).delete()
    assert access.is_colleague(world.stranger, world.call)


def test_too_many_requests_from_one_place_are_said(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("programs.casting.views_link.ASKED_PER_HOUR", 1)
    address = reverse("programs:call_public", args=[world.call.key])
    codes = [Client().post(address, {"email": f"new{n}@nordwerk.example"}).status_code for n in range(2)]
    assert codes == [200, 429]


def test_an_address_is_not_flooded(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("programs.casting.views_link.MAILS_PER_HOUR", 1)
    for _ in range(3):
        Client().post(reverse("programs:call_public", args=[world.call.key]), {"email": "new@nordwerk.example"})
    assert OutgoingMail.objects.filter(reason=letters.CONFIRM, address="new@nordwerk.example").count() == 1


@pytest.mark.parametrize("token", ["1", "1:forged", "x" * 300, "ä", "99999999999999999999:x"])
def test_a_forged_link_leads_nowhere(world: Any, token: str) -> None:
    assert Client().get(reverse("programs:interest", args=[token])).status_code == 410


# --- the self-check ---------------------------------------------------------------------------------------------------


def said(**changes: str) -> dict[str, str]:
    return dict.fromkeys(("want", "topic", "listen", "stand", "time"), "yes") | changes


@pytest.mark.parametrize(
    ("changes", "verdict", "hints", "position"),
    [
        ({}, "good", 0, "influencer"),
        ({"listen": "rather"}, "good", 0, "influencer"),
        ({"time": "rather_not"}, "clear", 1, "expert"),
        ({"topic": "unsure"}, "clear", 1, "ambassador"),
        ({"topic": "unsure", "time": "rather_not"}, "talk", 2, "ambassador"),
        ({"want": "rather_not"}, "later", 1, "ambassador"),
        ({"time": ""}, "waiting", 0, ""),
        ({"time": "nonsense"}, "waiting", 0, ""),
    ],
)
def test_the_answer_is_honest(changes: dict[str, str], verdict: str, hints: int, position: str) -> None:
    honest = answer(said(**changes))
    assert (honest.verdict, len(honest.hints), honest.position) == (verdict, hints, position)


@pytest.mark.parametrize("is_public", [True, False])
def test_nothing_of_the_self_check_is_written(world: Any, sign_in: Any, is_public: bool) -> None:
    client = Client() if is_public else sign_in(world.influencer)
    name, key = ("call_public_self_check", world.call.key) if is_public else ("call_self_check", world.call.pk)
    address = reverse(f"programs:{name}", args=[key])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = body(client.post(address, said(want="rather_not")))
    assert "Rather not, at least not now." in page
    words = {query["sql"].split()[0].upper() for query in asked.captured_queries}
    assert words <= {"SELECT", "SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "SET"}, words


def test_the_own_page_of_a_made_up_interest_does_not_exist(world: Any, sign_in: Any) -> None:
    make_interest(world.call, "Otto")
    assert sign_in(world.influencer2).post(f"/calls/{world.call.pk}/withdraw/").status_code == 404
