"""A guideline answers seven questions, is published in versions that nobody changes, and each member agrees alone."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.journal.models import Entry
from core.kit import page_cache
from core.kit.kept import in_numbers
from programs.generations import deeds
from programs.generations.models import Participant, Step
from programs.generations.paths import path_of
from programs.guidelines import leaving, may_i, queries, services
from programs.guidelines.documents import changes, parts_of
from programs.guidelines.forms import AboutForm
from programs.guidelines.models import Guideline, GuidelineAcceptance, GuidelineCase, GuidelineVersion, Question
from tests.factories.guidelines import change_section, make_guideline
from tests.programs.consents.test_ledger import refused
from tests.world import join, make_user


def url(world: Any, name: str = "guidelines", *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def agree_to_the_first(world: Any) -> None:
    GuidelineAcceptance.objects.create(version=world.first_guideline_version, user=world.influencer)


def body(response: Any) -> str:
    return str(response.content.decode())


# --- writing and publishing -------------------------------------------------------------------------------------------


def test_a_program_begins_with_the_starter(world: Any, sign_in: Any) -> None:
    program, client = world.other_program, sign_in(world.stranger)
    address = reverse("programs:guidelines", args=[program.slug])
    assert "Guidelines answer seven questions." in body(client.get(address))
    client.post(reverse("programs:guideline_start", args=[program.slug]), {"from": "starter"})
    guideline = Guideline.objects.get(program=program)
    assert [section.question for section in guideline.sections.order_by("pk")] == Question.values
    assert GuidelineCase.objects.filter(section__guideline=guideline).count() > 7
    assert set(guideline.lead.texts) == {"de", "en"}
    again = client.post(reverse("programs:guideline_start", args=[program.slug]), {"from": "empty"})
    assert again.status_code == 302
    assert Guideline.objects.get(program=program).lead, "the second time it is there"


def test_members_read_what_is_published_not_what_is_written(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    sent = {"text_en": "Nobody has read **this** yet.", "text_de": ""}
    manager.post(url(world, "guideline_section", Question.WHY), sent)
    assert "Nobody has read" not in body(manager.get(url(world)))
    manager.post(url(world, "guideline_write"), {"reason_en": "Because."})
    page = body(sign_in(world.influencer2).get(url(world)))
    assert "Nobody has read <strong>this</strong> yet." in page
    assert "Version 3, since" in page


def test_what_a_colleague_saved_a_moment_ago_is_published(world: Any) -> None:
    seen = Guideline.objects.get(program=world.program)
    services.describe(Guideline.objects.get(pk=seen.pk), by=world.manager, lead={"en": "Written since the look."})
    version = services.publish(seen, reason={"en": "Because."}, by=world.manager)
    assert "Written since the look." in str(version.content)


def test_the_same_again_is_not_published(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.manager).post(url(world, "guideline_write"), {"reason_en": "For fun"})
    assert answer.status_code == 422
    assert "It is identical to the current version." in body(answer)
    assert GuidelineVersion.objects.filter(program=world.program).count() == 2


def test_an_empty_guideline_is_not_published(world: Any, sign_in: Any) -> None:
    guideline = services.start(world.other_program, by=world.stranger, from_starter=False)
    with pytest.raises(services.NothingWritten):
        services.publish(guideline, reason={}, by=world.stranger)
    answer = sign_in(world.stranger).post(reverse("programs:guideline_write", args=[world.other_program.slug]), {})
    assert answer.status_code == 422
    assert "Answer one of the questions first." in body(answer)


def test_a_published_version_cannot_be_changed(world: Any) -> None:
    assert refused("UPDATE programs_guidelineversion SET reason = '{}'").startswith("permission denied")
    assert refused("DELETE FROM programs_guidelineversion").startswith("permission denied")


def test_the_builder_offers_wordings_and_saves_nothing_by_itself(world: Any, sign_in: Any) -> None:
    address = url(world, "guideline_section", Question.WHOM)
    client = sign_in(world.manager)
    assert "In your own name" in body(client.get(address))
    answer = client.post(address, {"text_en": "Mine first.", "text_de": "", "take": "press"})
    assert "Mine first.\n\nPass on requests from the media" in body(answer)
    assert "Anfragen von Medien geben Sie" in body(answer)
    assert "Mine first." not in world.guideline.sections.get(question=Question.WHOM).text.texts["en"]


def test_a_link_that_does_not_work_is_named_and_the_text_kept(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.manager).post(
        url(world, "guideline_section", Question.WHY), {"text_en": "See [here](javascript:alert(1)) please"}
    )
    assert answer.status_code == 422
    assert "please</textarea>" in body(answer)


def test_cases_are_added_changed_deleted_and_come_back(world: Any, sign_in: Any) -> None:
    client, section = sign_in(world.manager), world.guideline.sections.get(question=Question.ASK)
    sent = {"situation_en": "I ask twice", "verdict": "yes", "because_en": ""}
    client.post(url(world, "guideline_case_new", section.pk), sent)
    case = section.cases.get(situation__icontains="ask twice")
    client.post(url(world, "guideline_case_edit", case.pk), sent | {"verdict": "if", "because_en": "Kindly."})
    case.refresh_from_db()
    assert (case.verdict, case.because) == ("if", "Kindly.")
    client.post(url(world, "guideline_case_delete", case.pk))
    assert "I ask twice" not in str(services.document_of(world.guideline))
    client.post(url(world, "guideline_case_restore", case.pk))
    assert "I ask twice" in str(services.document_of(world.guideline))
    wrong = client.post(url(world, "guideline_case_new", section.pk), {"verdict": "perhaps"})
    assert wrong.status_code == 422


# --- what changed -----------------------------------------------------------------------------------------------------


def test_what_changed_is_told_word_by_word(world: Any) -> None:
    first, second = (GuidelineVersion.objects.get(program=world.program, number=n).content for n in (1, 2))
    [change] = changes(first, second)
    assert (change.question, change.number) == (Question.FORM, 3)
    assert [text for el, text in change.pieces if el == "ins"] == [" and no"]
    assert [text for el, text in change.pieces if not el][:2] == ["Your tone,", " invented people"]
    assert any(el == "del" and "comment" in text for el, text in change.pieces)
    assert changes(second, second) == []


def test_what_is_new_since_one_agreed_stands_first(world: Any, sign_in: Any) -> None:
    agree_to_the_first(world)
    page = body(sign_in(world.influencer).get(url(world)))
    assert "New since you agreed on" in page
    assert "A question from the hardening shop." in page
    assert page.index("New since you agreed") < page.index('id="s-1"')
    assert page.count("<ins>") > 0
    assert "New since you agreed" not in body(sign_in(world.influencer2).get(url(world))), "they agreed to none yet"
    history = body(sign_in(world.council).get(url(world, "guideline_versions")))
    assert history.index("Version 2") < history.index("The first version.")


def test_an_old_version_says_that_it_no_longer_holds(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    assert "This one is no longer valid" in body(client.get(url(world, "guideline_version", 1)))
    assert "This one is no longer valid" not in body(client.get(url(world, "guideline_version", 2)))


def test_versions_are_compared_a_page_at_a_time(world: Any, sign_in: Any) -> None:
    content = GuidelineVersion.objects.get(program=world.program, number=2).content
    rows = [GuidelineVersion(program=world.program, number=n, content=content, reason={}) for n in range(3, 14)]
    GuidelineVersion.objects.bulk_create(rows)
    page = body(sign_in(world.council).get(url(world, "guideline_versions")))
    assert 'id="v-13"' in page
    assert 'id="v-4"' in page
    assert 'id="v-3"' not in page
    assert "The first version." in body(sign_in(world.council).get(url(world, "guideline_versions"), {"page": 2}))


def test_nobody_enters_themselves_as_approving(world: Any) -> None:
    guideline, own = world.guideline, world.manager.memberships.get(program=world.program)
    join(make_user("second manager"), world.program, "manager")
    sent = {"checked_on": "2026-01-01", "recheck_on": "2099-02-01", "approver": own.pk}
    form = AboutForm(sent, guideline=guideline, by=world.manager)
    assert "Nobody approves their own text" in str(form.errors["approver"])
    assert "approver" not in AboutForm(sent, guideline=guideline, by=world.coach).errors


# --- agreeing ---------------------------------------------------------------------------------------------------------


def test_agreeing_is_one_tap_once_and_can_be_taken_back(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer2)
    page = body(client.get(url(world)))
    assert page.count("Read and agreed") == 2, "before the text, and where one has read it"
    assert page.rindex('id="s-') < page.rindex("Read and agreed")
    for _again in range(2):
        client.post(url(world, "guideline_accept", 2))
    assert GuidelineAcceptance.objects.filter(user=world.influencer2).count() == 1
    assert "You agreed to this version on" in body(client.get(url(world)))
    client.post(url(world, "guideline_accept_undo", 2))
    assert not GuidelineAcceptance.objects.filter(user=world.influencer2).exists()
    assert not Entry.objects.filter(actor=world.influencer2).exists(), "agreeing is in no log"


def test_nobody_agrees_to_what_no_longer_holds(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer2)
    answer = client.post(url(world, "guideline_accept", 1), follow=True)
    assert "There is now a newer version." in body(answer)
    assert not GuidelineAcceptance.objects.filter(user=world.influencer2).exists()


def test_the_step_of_the_onboarding_is_done_by_agreeing(world: Any) -> None:
    participant = Participant.objects.get(program=world.program, user=world.influencer)
    step = Step.objects.get(generation=participant.generation, key="guidelines")
    assert step.deed == "guideline_accepted"
    assert deeds.done_by(participant, [step]) == set()
    services.accept(world.guideline_version, by=world.influencer)
    assert deeds.done_by(participant, [step]) == {step.pk}
    [shown] = [row for row in path_of(participant).steps if row.step == step]
    assert (shown.state, shown.url) == ("done", url(world))


def test_the_team_sees_counts_of_the_gate_and_no_names(world: Any, sign_in: Any) -> None:
    generation = world.participant.generation
    for number in range(24):
        person = make_user(f"reader{number}")
        join(person, world.program, "influencer")
        Participant.objects.create(
            program=world.program, generation=generation, user=person, joined_on=world.today - timedelta(days=30)
        )
        if number < 12:
            services.accept(world.guideline_version, by=person)
    assert "Agreed to this version: 10 to 14" not in body(sign_in(world.manager).get(url(world))), "counted by Monday"
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        page = body(sign_in(world.manager).get(url(world)))
        assert "Agreed to this version: 10 to 14" not in page, "accounts made a moment ago make no group"
    with time_machine.travel(timezone.now() + timedelta(days=28)):
        page = body(sign_in(world.manager).get(url(world)))
        assert "Agreed to this version: 10 to 14" in page
        assert "Reader" not in page
        GuidelineAcceptance.objects.all().delete()
        assert "Agreed to this version: 10 to 14" in body(sign_in(world.manager).get(url(world))), "it stands"
    assert "Agreed to this version" not in body(sign_in(world.council).get(url(world)))


def test_leaving_takes_the_agreement_along(world: Any) -> None:
    agree_to_the_first(world)
    assert [count for count, _words in in_numbers(leaving.kept(world.influencer, world.program))] == [1]
    leaving.forget_person(world.influencer, world.program)
    assert not GuidelineAcceptance.objects.filter(user=world.influencer).exists()
    services.accept(world.guideline_version, by=world.influencer)
    leaving.forget_everywhere(world.influencer)
    assert not GuidelineAcceptance.objects.filter(user=world.influencer).exists()


# --- the seal, the tile -----------------------------------------------------------------------------------------------


def test_the_seal_fades_and_a_tile_says_so_to_who_leads(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    assert "valid until" in body(manager.get(url(world)))
    assert queries.tile(world.manager, world.program, world.today) is None
    old = {"checked_on": world.today - timedelta(days=200), "recheck_on": world.yesterday}
    services.describe(world.guideline, by=world.manager, **old)
    page = body(sign_in(world.influencer).get(url(world)))
    assert "Check is due" in page
    assert "is-old" in page
    manager = sign_in(world.manager)
    home = reverse("home:program", args=[world.program.slug])
    world.guideline.refresh_from_db()
    page_cache.clear(f"program:{world.program.pk}")
    assert "Guidelines to be re-checked" in body(manager.get(home))
    manager.post(url(world, "guideline_check"))
    world.guideline.refresh_from_db()
    assert world.guideline.recheck_on > world.today + timedelta(days=180)


def test_a_new_version_waits_on_the_start_page_of_who_takes_part(world: Any) -> None:
    tile = queries.tile(world.influencer, world.program, world.today)
    assert tile is not None
    assert tile.number == 2
    services.accept(world.guideline_version, by=world.influencer)
    assert queries.tile(world.influencer, world.program, world.today) is None


def test_who_answers_for_it_stands_on_the_seal(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    sent = {
        "lead_en": "Talk.",
        "house_rule_en": "Label.",
        "owner": world.coach_membership.pk,
        "approver": world.council_membership.pk,
        "checked_on": "2026-03-01",
        "recheck_on": "2026-02-01",
    }
    wrong = client.post(url(world, "guideline_about"), sent)
    assert wrong.status_code == 422
    assert "This day is before the last check." in body(wrong)
    assert client.post(url(world, "guideline_about"), sent | {"recheck_on": "2099-02-01"}).status_code == 302
    page = body(client.get(url(world)))
    assert "maintained by Coach" in page
    assert "approved by Council" in page


# --- May I? -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("may I post a photo of colleagues", "Colleagues can be recognised in the picture"),
        ("Foto von der Schicht mit Kollegen", "Colleagues can be recognised in the picture"),
        ("kollegin", "Colleagues can be recognised in the picture"),
        ("BILDBEARBEITUNG", "I edit a photo with AI"),
        ("Kundennamen", "I mention a customer by name"),
        ("loeschen", "I delete a post of mine that I no longer like"),
        ("löschen", "I delete a post of mine that I no longer like"),
        ("journalist quote", "A journalist asks me for a quote"),
    ],
)
def test_may_i_forgives_how_it_is_asked(asked: str, found: str, world: Any) -> None:
    first = GuidelineVersion.objects.get(program=world.program, number=1)
    assert found in [hit.title for hit in may_i.search(parts_of(first.content), asked)][:3]


def test_a_word_inside_a_longer_one_counts_less_than_the_word(world: Any) -> None:
    """ "Bild" means a photo; "Ausbildung" does not."""
    first = GuidelineVersion.objects.get(program=world.program, number=1)
    titles = [hit.title for hit in may_i.search(parts_of(first.content), "Foto")]
    assert "Colleagues can be recognised in the picture" in titles
    assert "I write about my training in Polish" not in titles


def test_may_i_answers_on_the_page_and_in_the_search_of_the_site(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer2)
    page = body(client.get(url(world), {"q": "quote for a journalist"}))
    assert "A journalist asks me for a quote" in page.split('id="answers"')[1].split("</ul>")[0]
    assert "The guidelines say nothing about that yet." in body(client.get(url(world), {"q": "xylophone"}))
    hits = list(queries.find(world.influencer2, world.program, "journalist", 5))
    assert hits[0].title == "A journalist asks me for a quote"
    assert hits[0].url.startswith(url(world))
    assert list(queries.find(world.stranger, world.other_program, "journalist", 5)) == []


# --- queries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 2])
def test_the_versions_ask_as_often_however_many_they_are(
    more: int, world: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    for number in range(more):
        change_section(world.program, world.manager, en=f"Said for the {number}th time.")
    client = sign_in(world.influencer)
    client.get(url(world, "guideline_versions"))
    with django_assert_num_queries(5):
        client.get(url(world, "guideline_versions"))


def test_an_own_page_links_to_the_companys_where_there_is_none(world: Any, sign_in: Any) -> None:
    make_guideline(world.other_program, world.stranger)
    assert "Version 1" in body(sign_in(world.stranger).get(reverse("programs:guidelines", args=["stimmen"])))
