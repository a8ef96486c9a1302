"""Nobody stands in the directory unasked, each field is shown by choice, and going takes all of it along."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from core.attachments.models import Attachment
from core.people import services as people
from programs.consents import access as consents
from programs.consents import erasures
from programs.consents import services as consent_services
from programs.consents.jobs import erase_due
from programs.consents.models import Erasure, Purpose
from programs.directory import cards, leaving, queries
from programs.directory.access import stands_there
from programs.directory.lines import Topic
from programs.directory.models import Profile
from programs.directory.present import listed
from programs.directory.words import language_names
from programs.generations import services as generations
from programs.membership.access import forget_roles
from programs.membership.models import Membership
from tests.factories.directory import make_profile
from tests.world import join, make_user


def url(world: Any, name: str = "directory", *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def names(response: Any) -> list[str]:
    return [card.name for card in response.context["people_found"]]


def filled(**more: Any) -> dict[str, Any]:
    return {"version": 0, "site": "Bremen", "helps": "Photos: also of metal\nWriting", "agrees": "on"} | more


# --- default and consent ----------------------------------------------------------------------------------------------


def test_nobody_stands_there_unasked(world: Any, sign_in: Any) -> None:
    assert names(sign_in(world.manager).get(url(world))) == ["Coach", "Influencer"]
    assert sign_in(world.manager).get(url(world, "person", world.influencer2.pk)).status_code == 404
    assert not Profile.objects.filter(user=world.influencer2).exists()


def test_nothing_is_kept_without_the_consent(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer2)
    answer = client.post(url(world, "profile_edit"), filled(agrees=""))
    assert answer.status_code == 422
    assert "Nothing is stored without your consent" in answer.content.decode()
    assert "Photos: also of metal" in answer.content.decode(), "what was typed stays"
    assert not Profile.objects.filter(user=world.influencer2).exists()


def test_a_member_shows_something_field_by_field(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer2)
    page = client.get(url(world, "profile_edit"))
    assert not any(show.value() for _name, _field, show in page.context["form"].parts), "nothing is preselected"
    answer = client.post(url(world, "profile_edit"), filled(pronouns="they/them", show_helps="on"))
    assert answer.url == url(world, "person", world.influencer2.pk)
    assert Purpose.DIRECTORY in consents.granted(world.influencer2, world.program)
    html = sign_in(world.influencer).get(answer.url).content.decode()
    assert "also of metal" in html
    assert "Bremen" not in html
    assert "they/them" not in html


def test_what_is_hidden_is_neither_found_nor_offered(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    assert names(client.get(url(world), {"q": "augsburg"})) == []
    assert names(client.get(url(world), {"site": "Augsburg"})) == []
    page = client.get(url(world))
    assert "Augsburg" not in page.content.decode()
    assert "Augsburg" not in sign_in(world.influencer).get(url(world, "profile_edit")).content.decode()
    assert "Augsburg" in sign_in(world.coach).get(url(world, "profile_edit")).content.decode(), "the own form"


def test_everybody_sees_the_same(world: Any, sign_in: Any) -> None:
    def seen(person: Any) -> tuple[str, ...]:
        page = sign_in(person).get(url(world, "person", world.influencer.pk)).content.decode()
        return (page[page.index('<header class="personhead">') : page.index("</main>")],)

    assert seen(world.manager) == seen(world.influencer2) == seen(world.coach)


def test_a_consent_given_among_the_others_lists_the_name_alone(world: Any, sign_in: Any) -> None:
    sign_in(world.manager).post(reverse("programs:consent_set", args=[world.program.slug, "directory"]), {"on": "1"})
    found = queries.found(world.program, queries.Asked("manager"))
    assert [card.name for card in cards.cards(world.program, found)] == ["Manager"]
    assert not queries.shown_by(world.program, world.manager).exists(), "the step of the onboarding needs an entry"


def test_who_is_offered_the_consent(world: Any, sign_in: Any) -> None:
    page = sign_in(world.coach).get(reverse("programs:consents", args=[world.program.slug]))
    assert [choice.text.key for choice in page.context["choices"]] == ["newsletter", "directory"]


# --- going ------------------------------------------------------------------------------------------------------------


def test_withdrawing_says_what_goes_and_takes_it_out_at_once(world: Any, sign_in: Any) -> None:
    own, other = sign_in(world.influencer), sign_in(world.manager)
    photo = reverse("attachments:thumbnail", args=[world.profile.photo_id])
    assert other.get(photo).status_code == 200
    leave = reverse("programs:consent_withdraw", args=[world.program.slug, "directory"])
    assert "photo in the directory" in own.get(leave).content.decode()
    own.post(leave)
    assert names(other.get(url(world))) == ["Coach"]
    for gone in (url(world, "person", world.influencer.pk), photo):
        assert (other.get(gone).status_code, own.get(gone).status_code) == (404, 404)
    assert "Rostock" not in other.get(url(world)).content.decode()
    assert list(queries.find_members(world.manager, world.program, "influencer", 5)) == []
    own.post(reverse("programs:consent_restore", args=[world.program.slug, "directory"]))
    assert other.get(url(world, "person", world.influencer.pk)).status_code == 200


def test_what_rests_is_erased_with_the_photo(world: Any) -> None:
    kept = Attachment.objects.get(pk=world.profile.photo_id)
    storage, name = kept.file.storage, kept.file.name
    consent_services.withdraw(world.program, [Purpose.DIRECTORY], by=world.influencer, channel="settings")
    erasures.hasten(Erasure.objects.get(user=world.influencer, program=world.program, purpose=Purpose.DIRECTORY))
    erase_due()
    assert not Profile.objects.filter(user=world.influencer).exists()
    assert not Attachment.objects.filter(pk=kept.pk).exists()
    assert not storage.exists(name)


def test_leaving_takes_the_page_along_and_coming_back_brings_it(world: Any) -> None:
    generations.leave(world.participant, by=world.influencer)
    assert not stands_there(world.influencer, world.program)
    generations.resume(world.participant, by=world.influencer)
    assert stands_there(world.influencer, world.program)


def test_a_pause_hides_the_page_from_others(world: Any, sign_in: Any) -> None:
    generations.pause(world.participant, by=world.influencer)
    page = url(world, "person", world.influencer.pk)
    assert sign_in(world.manager).get(page).status_code == 404
    assert "While you are taking a break, nobody sees this page" in sign_in(world.influencer).get(page).content.decode()
    edit = sign_in(world.influencer).get(url(world, "profile_edit"))
    assert "While you are taking a break, nobody sees this page" in edit.content.decode()
    join(world.influencer, world.program, "coach")
    forget_roles(world.influencer)
    assert sign_in(world.manager).get(page).status_code == 200, "who coaches besides can be asked"


def test_who_has_no_role_any_more_is_gone_and_forgotten_after_a_month(world: Any) -> None:
    Membership.objects.filter(user=world.coach).update(ended_at="2026-01-02T00:00:00Z")
    assert not stands_there(world.coach, world.program)
    assert leaving.retention() == 1
    assert list(Profile.objects.values_list("user__name", flat=True)) == ["Influencer"]


def test_an_erased_account_leaves_nothing(world: Any) -> None:
    photo = world.profile.photo_id
    people.erase_account(world.influencer)
    assert not Profile.objects.filter(user=world.influencer).exists()
    assert not Attachment.objects.filter(pk=photo).exists()


def test_an_executive_with_an_old_consent_stands_nowhere(world: Any) -> None:
    Membership.objects.filter(user=world.coach).update(role="executive")
    assert list(listed(world.program).values_list("user", flat=True)) == [world.influencer.pk]


# --- finding ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "rostock"}, ["Influencer"]),
        ({"q": "metal influencer"}, ["Influencer"]),
        ({"q": "polnisch"}, ["Influencer"]),
        ({"q": "nobody at all"}, []),
        ({"help": "photos"}, ["Coach", "Influencer"]),
        ({"help": ["photos", "cooking"]}, ["Coach", "Influencer"]),
        ({"language": "pl"}, ["Influencer"]),
        ({"language": "xx"}, []),
        ({"site": "ROSTOCK"}, ["Influencer"]),
        ({"topic": "photos"}, []),
        ({"page": "99"}, ["Coach", "Influencer"]),
        ({"q": "\x00", "help": "\x00", "site": "%' OR 1=1"}, []),
    ],
)
def test_people_are_found(world: Any, sign_in: Any, asked: dict[str, Any], found: list[str]) -> None:
    page = sign_in(world.influencer2).get(url(world), asked)
    assert (page.status_code, names(page)) == (200, found)
    if "site" in asked and found:  # the filter shows what was asked for, however it was written
        assert 'value="Rostock" selected' in page.content.decode()


def test_a_search_without_a_match_offers_what_is_near(world: Any, sign_in: Any) -> None:
    html = sign_in(world.influencer2).get(url(world), {"q": "fotos"}).content.decode()
    assert "Nobody matches all of that" in html
    assert "?help=photos" in html
    assert "Ask everybody" in html


def test_an_empty_directory_teaches(world: Any, sign_in: Any) -> None:
    Profile.objects.all().delete()
    html = sign_in(world.influencer2).get(url(world)).content.decode()
    assert "One person is enough to start" in html
    assert url(world, "profile_edit") in html


def test_umlauts_are_found_in_both_ways_and_after_a_new_name(world: Any) -> None:
    make_profile(world.program, world.manager, helps=[Topic("Größe der Schrift")])
    world.manager.name = "Jörg Weiß"
    people.change_profile(world.manager, by=world.manager)
    for words in ("groesse", "Größe", "joerg weiss", "JÖRG"):
        assert queries.found(world.program, queries.Asked(words)).count() == 1


def test_people_of_one_name_are_told_apart(world: Any, sign_in: Any) -> None:
    given = {"Quality": "Rostock", "IT": "Kassel"}
    for number, (department, site) in enumerate(given.items()):
        anna = make_user(f"anna{number}")
        anna.name = "Anna Schmidt" if number else "anna schmidt"
        anna.save()
        join(anna, world.program, "coach")
        make_profile(world.program, anna, department=department, site=site)
    third = make_user("anna3")
    third.name = "Anna Schmidt"
    third.save()
    join(third, world.program, "coach")
    make_profile(world.program, third, department="IT", site="Kassel", shown=[])
    page = sign_in(world.manager).get(url(world), {"q": "anna"})
    assert [card.apart for card in page.context["people_found"]] == ["Quality, Rostock", "IT, Kassel", "C"]
    one = sign_in(world.manager).get(url(world, "person", third.pk))
    assert one.context["person"].apart == "C", "also on the page"
    assert "Kassel" not in one.content.decode()


def test_a_person_without_a_name_is_not_shown_by_the_address(world: Any, sign_in: Any) -> None:
    world.coach.name = ""
    world.coach.save()
    assert "coach@example.com" not in sign_in(world.influencer).get(url(world)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_few_questions(world: Any, sign_in: Any, django_assert_num_queries: Any, count: int) -> None:
    Profile.objects.exclude(user=world.influencer).delete()
    for person in (world.coach, world.manager)[: count - 1]:
        make_profile(world.program, person, topics=[Topic("Steel")])
    client = sign_in(world.influencer2)
    client.get(url(world))
    with django_assert_num_queries(11):
        assert len(client.get(url(world)).context["people_found"]) == count
    with django_assert_num_queries(10):
        assert client.get(url(world, "person", world.influencer.pk)).status_code == 200


def test_languages_are_called_as_the_reader_calls_them() -> None:
    with override("de"):
        assert language_names(["nb", "fa", "zh", "gsg"]) == [
            "Norwegisch (Bokmål)",
            "Persisch",
            "Chinesisch",
            "Deutsche Gebärdensprache",
        ]
    with override("en"):
        assert language_names(["nb", "xx"]) == ["Norwegian Bokmål", "xx"]
