"""From the first question to the program: answers are kept, nothing is made before the last page, all of it once."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from core.journal.models import Entry
from programs.charter.models import Charter, Commitment, Duty, Stakeholder
from programs.checklists.models import Item
from programs.guide import jobs, services
from programs.guide.models import Concept, NeededDocument, Sketch
from programs.guide.questions import QUESTIONS
from programs.membership.models import Program
from tests.factories.guide import answer_all, make_sketch
from tests.world import client_of

NEW = reverse("programs:program_new")


def body(response: Any) -> str:
    return str(response.content.decode())


def test_before_anything_is_said_the_page_tells_what_awaits(world: Any) -> None:
    page = body(client_of("stranger", world).get(NEW))
    assert "From the first decision to a plan" in page
    assert "Create the program" not in page
    assert client_of("stranger", world).post(NEW).url == NEW, "nothing to make anything of"
    assert Program.objects.count() == 2


def test_answers_are_kept_and_shown_again(world: Any) -> None:
    client = client_of("stranger", world)
    why, whom = QUESTIONS[:2]
    assert client.post(why.url, {"goal_1": "Be found", "reason": "We grow."}).url == whom.url
    assert client.post(whom.url, {"do": "later"}).url == QUESTIONS[2].url
    page = body(client.get(NEW))
    assert "Be found" in page
    assert "Continue" in page
    assert "not known yet" in page
    again = body(client.get(why.url))
    assert 'value="Be found"' in again
    change = client.post(why.url, {"goal_1": "Be trusted", "back": "check"})
    assert change.url == NEW
    assert Sketch.objects.get(person=world.stranger).answers["why"]["goal_1"] == "Be trusted"


def test_a_question_that_came_back_keeps_what_was_typed(world: Any) -> None:
    client, sponsor = client_of("stranger", world), QUESTIONS[5]
    answer = client.post(sponsor.url, {"backing": "given", "given_by": "", "promised": "An hour"})
    assert answer.status_code == 422
    assert "An hour" in body(answer)
    assert "this is what counts later" in body(answer)
    assert not Sketch.objects.filter(person=world.stranger).exists()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("start", {"name": "x", "company_name": "x", "start_on": "0001-01-01"}),
        ("start", {"name": "nul\x00", "company_name": "x", "start_on": "2027-01-01"}),
        ("people", {"size": "all", "pilot": "yes", "weekly_minutes": 60}),
        ("people", {"size": "small", "pilot": "yes", "weekly_minutes": -1}),
        ("where", {"country": "FR"}),
        ("where", {"country": "DE", "languages": ["xx"]}),
        ("team", {"helpers": ["everybody"]}),
        ("why", {"goal_1": "x" * 161}),
    ],
)
def test_nonsense_is_explained(name: str, wrong: dict[str, Any], world: Any) -> None:
    client = client_of("stranger", world)
    assert client.post(reverse("programs:program_question", args=[name]), wrong).status_code == 422
    assert client.get(reverse("programs:program_question", args=["nothing"])).status_code == 404


def test_a_sketch_is_for_who_wrote_it(world: Any) -> None:
    assert "Südlichter" in body(client_of("manager", world).get(NEW))
    assert "Südlichter" not in body(client_of("admin", world).get(NEW))


def test_everything_is_made_at_once(world: Any) -> None:
    client = client_of("manager", world)
    shown = body(client.get(NEW))
    assert "This is what will be created" in shown
    before = Program.objects.count()
    answer = client.post(NEW)
    program = Program.objects.get(name="Südlichter")
    assert answer.url == reverse("programs:concept", args=[program.slug])
    assert Program.objects.count() == before + 1
    assert list(program.goals.values_list("text", flat=True)) == ["Be seen as an employer", "Share what we know"]
    assert Charter.objects.get(program=program).reason.texts == {"en": "We grow."}
    assert Commitment.objects.get(program=program).is_sponsor
    assert program.phases.count() == 7
    items = Item.objects.filter(program=program)
    assert {"council_dates", "agreement_de", "translations"} <= set(items.values_list("key", flat=True))
    assert "council_first" not in items.values_list("key", flat=True), "the council knows already"
    assert all(item.owner.user == world.manager for item in items.filter(phase__position=1))
    groups = set(Stakeholder.objects.filter(program=program).values_list("name", flat=True))
    assert groups == {"Works council", "Human resources", "Legal department"}
    duties = Duty.objects.filter(program=program)
    assert duties.count() == 6
    assert all(duty.holders.filter(part="A", member__user=world.manager).exists() for duty in duties)
    documents = {str(row) for row in NeededDocument.objects.filter(program=program)}
    assert {"Works agreement", "Translations of guidelines and notices"} <= documents
    assert "Commitment of top management" not in documents, "it was given"
    concept = Concept.objects.get(program=program)
    assert (concept.size, concept.council, concept.languages) == ("middle", "knows", ["de", "en"])
    assert not Sketch.objects.filter(person=world.manager).exists()
    assert Entry.objects.filter(program_id=program.pk, verb="guide.made").count() == 1
    page = body(client.get(answer.url))
    for words in ("Works agreement", "Applicants, Schools", "Board member for people", "German, English"):
        assert words in page, words


def test_what_was_shown_is_what_is_made(world: Any) -> None:
    """An answer that changed in another window is shown first."""
    client = client_of("manager", world)
    page = body(client.get(NEW))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    services.answer(world.manager, question="where", said={"country": "CH"})
    assert client.post(NEW, {"seen": seen}).url == NEW
    assert not Program.objects.filter(name="Südlichter").exists()


def test_without_a_name_there_is_no_program(world: Any) -> None:
    services.answer(world.manager, question="start", said={})
    client = client_of("manager", world)
    assert "Create the program" not in body(client.get(NEW))
    assert client.post(NEW).url == QUESTIONS[-1].url
    with pytest.raises(services.SketchIsIncomplete):
        services.make_program(by=world.manager)


def test_only_the_last_question_needs_an_answer(world: Any) -> None:
    client = client_of("stranger", world)
    for asked in QUESTIONS[:-1]:
        assert client.post(asked.url, {"do": "later"}).status_code == 302
    start = {"name": "Bare", "company_name": "Bare AG", "start_on": "2027-03-01", "do": "later"}
    assert client.post(QUESTIONS[-1].url, start).url == NEW
    client.post(NEW)
    program = Program.objects.get(name="Bare")
    assert client.get(reverse("programs:concept", args=[program.slug])).status_code == 200
    assert "Commitment of top management" in {str(row) for row in NeededDocument.objects.filter(program=program)}


def test_discarded_answers_come_back(world: Any) -> None:
    client = client_of("manager", world)
    client.post(reverse("programs:sketch_discard", args=[world.sketch.pk]))
    assert "Südlichter" not in body(client.get(NEW))
    client.post(reverse("programs:sketch_restore", args=[world.sketch.pk]))
    assert "Südlichter" in body(client.get(NEW))
    client.post(reverse("programs:sketch_discard", args=[world.sketch.pk]))
    services.answer(world.manager, question="why", said={"goal_1": "Anew"})
    page = client.post(reverse("programs:sketch_restore", args=[world.sketch.pk]), follow=True)
    assert "The new answers stay" in body(page)
    assert "Anew" in body(page)


def test_answers_of_a_program_that_never_came_go_after_half_a_year(world: Any) -> None:
    assert jobs.retention() == 0
    Sketch.objects.update(changed_at=timezone.now() - timedelta(days=181))
    assert jobs.retention() == 1


def test_all_questions_through_the_pages(world: Any) -> None:
    client = client_of("stranger", world)
    assert set(answer_all(client)) == {302}
    assert make_sketch(world.stranger).answers == Sketch.objects.get(person=world.stranger).answers
    for asked in QUESTIONS:
        assert client.get(asked.url).status_code == 200


# --- the concept ------------------------------------------------------------------------------------------------------


def concept(world: Any) -> str:
    return reverse("programs:concept", args=[world.program.slug])


def test_everybody_reads_the_concept_and_who_leads_changes_it(world: Any) -> None:
    assert "Crisis plan" in body(client_of("influencer", world).get(concept(world)))
    assert "Available" not in body(client_of("influencer", world).get(concept(world)))
    manager = client_of("manager", world)
    edit = reverse("programs:concept_edit", args=[world.program.slug])
    sent = {"audience": "Schools", "size": "large", "council": "none", "languages": ["de"]}
    assert manager.post(edit, sent).status_code == 302
    assert Concept.objects.get(program=world.program).audience == "Schools"


def test_who_is_concerned_is_read_by_who_leads_alone(world: Any) -> None:
    """As on the charter's page: such a line may name a person, and what one expects of them."""
    Stakeholder.objects.create(program=world.program, name="Sales in Ulm", influence=3, interest=1)
    page = reverse("programs:concept", args=[world.program.slug])
    assert "Sales in Ulm" in body(client_of("manager", world).get(page))
    for member in ("influencer", "coach", "executive", "council"):
        assert "Sales in Ulm" not in body(client_of(member, world).get(page)), member


def test_two_who_change_different_parts_both_keep_theirs(world: Any) -> None:
    edit = reverse("programs:concept_edit", args=[world.program.slug])
    manager = client_of("manager", world)
    seen = manager.get(edit).context["form"]["seen"].value()
    services.change_concept(world.program, by=world.manager, size="huge")
    manager.post(edit, {"audience": "Schools", "size": "middle", "council": "knows", "seen": seen})
    kept = Concept.objects.get(program=world.program)
    assert (kept.audience, kept.size) == ("Schools", "huge")


def test_a_document_is_missing_until_it_is_there(world: Any) -> None:
    manager, pk = client_of("manager", world), world.document.pk

    def act(name: str, **data: Any) -> Any:
        return manager.post(reverse(f"programs:document_{name}", args=[world.program.slug, pk]), data)

    act("turn", there="1")
    assert NeededDocument.objects.get(pk=pk).is_there
    act("turn", there="1")
    assert NeededDocument.objects.get(pk=pk).is_there, "pressed twice, it is there"
    act("turn", there="0")
    assert not NeededDocument.objects.get(pk=pk).is_there
    wrong = act("edit", title_en="Plan", link="http://intranet.example/plan")
    assert wrong.status_code == 422
    assert act("edit", title_en="Plan", link="https://intranet.example/plan").status_code == 302
    assert "https://intranet.example/plan" in body(manager.get(concept(world)))
    act("delete")
    assert "Plan</b>" not in body(manager.get(concept(world)))
    act("restore")
    assert "Plan</b>" in body(manager.get(concept(world)))


def test_the_concept_asks_as_much_with_many_documents(world: Any, django_assert_num_queries: Any) -> None:
    manager = client_of("manager", world)
    manager.get(concept(world))
    with django_assert_num_queries(QUERIES):
        manager.get(concept(world))
    for number in range(2):
        services.add_document(world.program, by=world.manager, title={"en": f"Document {number}"})
    manager.get(concept(world))
    with django_assert_num_queries(QUERIES):
        manager.get(concept(world))


QUERIES = 14
