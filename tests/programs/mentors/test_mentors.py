"""Mentors and buddies: both agree, either ends it, one who is away is said in a sentence; nobody else sees it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.journal.models import Entry
from core.news.models import Notification
from core.people import services as people
from programs.generations import services as generations
from programs.generations.paths import path_of
from programs.mentors import pages, queries, services
from programs.mentors.matching import Side, others_are_full
from programs.mentors.models import Pairing, PairingCard, PairKind
from tests.factories.generations import make_participant
from tests.factories.mentors import make_card
from tests.world import Role, join, make_user


def body(response: Any) -> str:
    return str(response.content.decode())


def url(world: Any, name: str = "mentors", *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def test_both_agree_and_the_step_gets_a_name(world: Any, sign_in: Any) -> None:
    newer, older = sign_in(world.influencer2), sign_in(world.influencer)
    step = next(row for row in path_of(world.participant2).steps if row.step.key == "mentor")
    assert (step.who, step.url) == ("", url(world)), "nobody is named before both agreed"
    assert "asked; no answer yet" in body(newer.get(url(world)))
    assert "asks whether you would be their mentor" in body(older.get(url(world)))
    assert Notification.objects.filter(person=world.influencer, kind="mentors.asked", is_gone=False).count() == 1
    older.post(url(world, "pairing_agree", world.pairing.pk))
    assert Notification.objects.filter(person=world.influencer2, kind="mentors.agreed").count() == 1
    step = next(row for row in path_of(world.participant2).steps if row.step.key == "mentor")
    assert (step.who, step.state) == ("Influencer", step.state)
    assert not step.by_deed, "done by the own tap, not by the pairing"
    assert "Influencer" in body(newer.get(reverse("programs:path", args=[world.program.slug])))
    newer.post(reverse("programs:step_done", args=[world.program.slug, step.step.pk]))
    assert next(row for row in path_of(world.participant2).steps if row.step.key == "mentor").state == "done"


def test_only_the_asked_person_can_agree(world: Any, sign_in: Any) -> None:
    assert sign_in(world.influencer2).post(url(world, "pairing_agree", world.pairing.pk)).status_code == 404
    world.pairing.refresh_from_db()
    assert world.pairing.agreed_at is None


@pytest.mark.parametrize("who", ["influencer", "influencer2"])
def test_either_ends_it_and_can_take_that_back(world: Any, sign_in: Any, who: str) -> None:
    services.agree(world.pairing)
    client = sign_in(getattr(world, who))
    other = sign_in(world.influencer2 if who == "influencer" else world.influencer)
    client.post(url(world, "pairing_end", world.pairing.pk))
    assert not queries.pairings_of(world.participant2)
    assert not Notification.objects.filter(kind__startswith="mentors.", is_gone=False).exists(), "nobody is told"
    assert other.post(url(world, "pairing_resume", world.pairing.pk)).status_code == 404
    assert "Everything is as it was." in body(client.post(url(world, "pairing_resume", world.pairing.pk), follow=True))
    assert queries.pairings_of(world.participant2)


def test_mentors_come_from_earlier_generations_and_have_time(
    world: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert queries.suggestions(world.participant, PairKind.MENTOR).rows == [], "generation 1 has nobody before it"
    services.finish(world.pairing, by=world.influencer2)
    assert [card.user for card, _why in queries.suggestions(world.participant2, PairKind.MENTOR).rows] == [
        world.influencer
    ]
    make_card(world.participant, is_mentor=True, most=1)
    services.ask(world.participant2, person_id=world.influencer.pk, kind=PairKind.MENTOR)
    third = make_user("third")
    join(third, world.program, Role.INFLUENCER)
    late = make_participant(third, world.generation2)
    found = queries.suggestions(late, PairKind.MENTOR)
    assert (found.rows, found.others_are_full) == ([], False), "of a single one nobody learns how many they accompany"
    monkeypatch.setattr(queries, "others_are_full", lambda seeker, sides, _k: others_are_full(seeker, sides, 1))
    assert "Everybody who would be a match is already accompanying as many people as they can" in body(
        sign_in(third).get(url(world))
    )
    assert "You have reached the number you chose." not in body(sign_in(world.influencer).get(url(world))), (
        "not agreed yet"
    )
    services.agree(Pairing.objects.get(asker=world.influencer2, partner=world.influencer, ended_at=None))
    assert "You have reached the number you chose." in body(sign_in(world.influencer).get(url(world)))
    with pytest.raises(services.NotFree):
        services.ask(late, person_id=world.influencer.pk, kind=PairKind.MENTOR)
    make_card(late, is_buddy=True)
    assert [card.user for card, _why in queries.suggestions(world.participant2, PairKind.BUDDY).rows] == [third]


def test_that_others_are_full_is_said_of_a_group_only() -> None:
    seeker, full, free = Side(1), [Side(2, load=1)], [Side(number) for number in range(3, 8)]
    assert not others_are_full(seeker, full, 5)
    assert others_are_full(seeker, [*full, *free], 5)
    assert not others_are_full(seeker, free, 5)


def test_who_only_asked_learns_of_no_break(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer2)
    before = body(client.get(url(world))).split('id="content"')[1]
    assert "asked; no answer yet" in before
    generations.pause(world.participant, by=world.influencer)
    assert "asked; no answer yet" in body(client.get(url(world)))
    assert "is taking a break" not in body(client.get(url(world)))
    generations.leave(world.participant, by=world.influencer)
    assert "is no longer in the program" not in body(client.get(url(world)))


def test_two_buddies_see_each_other_and_nobody_else_asks_them(world: Any, sign_in: Any) -> None:
    people = {}
    for name in ("anna", "ben", "cleo"):
        user = make_user(name)
        join(user, world.program, Role.INFLUENCER)
        people[name] = make_participant(user, world.generation2)
        make_card(people[name], is_buddy=True)
    anna, ben, cleo = people.values()
    pairing = services.ask(anna, person_id=ben.user_id, kind=PairKind.BUDDY)
    assert not queries.suggestions(cleo, PairKind.BUDDY).rows, "one has asked, the other is asked"
    services.agree(pairing)
    for one, other in ((anna, ben), (ben, anna)):
        parts = pages.mentors(one)
        assert [part["own"]["other"] for part in parts["parts"] if part["own"]] == [other.user]
        assert not parts["accompanied"]
    with pytest.raises(services.NotFree):
        services.ask(ben, person_id=cleo.user_id, kind=PairKind.BUDDY)
    assert [each.person for each in queries.companions(anna.user, world.program)] == [ben.user]
    services.finish(pairing, by=ben.user)
    services.ask(cleo, person_id=ben.user_id, kind=PairKind.BUDDY)
    sign_in(ben.user).post(url(world, "pairing_resume", pairing.pk))
    assert not Pairing.objects.filter(pk=pairing.pk, ended_at=None).exists(), "somebody else asked meanwhile"


def test_who_takes_a_break_asks_nobody_and_is_no_companion(world: Any, sign_in: Any) -> None:
    services.agree(world.pairing)
    generations.pause(world.participant2, by=world.influencer2)
    assert not list(queries.companions(world.influencer, world.program))
    client = sign_in(world.influencer2)
    client.post(url(world, "pairing_end", world.pairing.pk))
    client.post(url(world, "pairing_resume", world.pairing.pk))
    world.participant2.refresh_from_db()
    with pytest.raises(services.NotFree):
        services.ask(world.participant2, person_id=world.influencer.pk, kind=PairKind.MENTOR)
    assert not queries.pairings_of(world.participant2)
    Pairing.objects.update(ended_at=timezone.now() - services.KEPT * 2)
    assert client.post(url(world, "pairing_resume", world.pairing.pk)).status_code == 404


def test_one_is_asked_at_a_time_and_nobody_asks_themselves(world: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.create(
            program=world.program, kind=PairKind.MENTOR, asker=world.influencer2, partner=world.influencer
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.create(
            program=world.program, kind=PairKind.BUDDY, asker=world.influencer, partner=world.influencer
        )


def test_a_mentor_who_is_away_is_said_with_a_way_on(world: Any, sign_in: Any) -> None:
    services.agree(world.pairing)
    client = sign_in(world.influencer2)
    generations.pause(world.participant, by=world.influencer)
    assert "is taking a break. You can wait, or end it here" in body(client.get(url(world)))
    generations.leave(world.participant, by=world.influencer)
    page = body(client.get(url(world)))
    assert "is no longer in the program. End it here and choose somebody else." in page
    assert "mailto:" not in page.split('id="content"')[1]


def test_the_program_team_sees_nothing_of_it(world: Any, sign_in: Any) -> None:
    services.agree(world.pairing)
    assert not Entry.objects.filter(verb__startswith="mentors").exists()
    for member in (world.manager, world.council, world.coach):
        assert sign_in(member).get(url(world)).status_code == 403


def test_the_card_is_kept_and_a_wrong_topic_explained(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer2)
    sent = {"topics": "Steel\nPhotos", "languages": ["de", "pl"], "site": "Bremen", "is_buddy": "on", "most": "1"}
    assert client.post(url(world, "pairing_card"), sent).status_code == 302
    card = PairingCard.objects.get(user=world.influencer2)
    assert (card.topics, card.languages, card.is_buddy) == (["Steel", "Photos"], ["de", "pl"], True)
    wrong = client.post(url(world, "pairing_card"), sent | {"topics": "x" * 61})
    assert wrong.status_code == 422
    assert "Please keep each topic short." in body(wrong)


def test_the_tile_says_who_asks_and_who_goes_along(world: Any, sign_in: Any) -> None:
    assert queries.tile(world.influencer, world.program, world.today) == {"asks": 1, "people": []}
    services.agree(world.pairing)
    assert queries.tile(world.influencer2, world.program, world.today) == {"asks": 0, "people": ["Influencer"]}
    assert "On the way with Influencer." in body(sign_in(world.influencer2).get(f"/p/{world.program.slug}/"))


def test_what_is_over_goes(world: Any) -> None:
    services.finish(world.pairing, by=world.influencer)
    Pairing.objects.update(ended_at=timezone.now() - services.KEPT * 2)
    assert services.retention() == 1
    services.forget_person(world.influencer, world.program)
    assert not PairingCard.objects.filter(user=world.influencer).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_much_for_many(world: Any, sign_in: Any, rows: int, django_assert_num_queries: Any) -> None:
    services.agree(world.pairing)
    for number in range(rows):
        user = make_user(f"buddy{number}")
        join(user, world.program, Role.INFLUENCER)
        make_card(make_participant(user, world.generation2), is_buddy=True)
    client = sign_in(world.influencer2)
    client.get(url(world))
    with django_assert_num_queries(8):
        client.get(url(world))


def test_the_tile_names_nobody_who_takes_a_break_and_knows_a_new_name(
    world: Any, django_capture_on_commit_callbacks: Any
) -> None:
    services.agree(world.pairing)

    def named() -> list[str]:
        found = queries.tile(world.influencer2, world.program, world.today)
        return found["people"] if found else []

    assert named() == ["Influencer"]
    with django_capture_on_commit_callbacks(execute=True):
        world.influencer.name = "Erika Neu"
        people.change_profile(world.influencer, by=world.influencer)
    assert named() == ["Erika Neu"]
    with django_capture_on_commit_callbacks(execute=True):
        generations.pause(world.participant, by=world.influencer)
    assert named() == []
    with django_capture_on_commit_callbacks(execute=True):
        generations.resume(world.participant, by=world.influencer)
    assert named() == ["Erika Neu"]


def test_the_tile_names_nobody_who_has_left(world: Any, django_capture_on_commit_callbacks: Any) -> None:
    services.agree(world.pairing)
    assert queries.tile(world.influencer2, world.program, world.today) == {"asks": 0, "people": ["Influencer"]}
    with django_capture_on_commit_callbacks(execute=True):
        generations.leave(world.participant, by=world.influencer)
    assert queries.tile(world.influencer2, world.program, world.today) is None
