"""The manager starts a program from the seven phases and works through its first checklist."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.journal.models import Entry
from programs.checklists.models import Item
from programs.membership.models import Program
from programs.phases.models import Phase
from tests.factories.guide import answer_all

NEW = {
    "why": {
        "goal_1": "Be seen as an employer",
        "goal_2": "Share what we know",
        "goal_3": "Bring the sites together",
    },
    "where": {"country": "CH"},
}


def test_from_the_template_to_the_first_finished_phase(here: Any, sign_in: Any) -> None:
    manager = sign_in(here.manager)
    assert set(answer_all(manager, **NEW)) == {302}
    answer = manager.post(reverse("programs:program_new"))
    program = Program.objects.get(name="Südlichter")
    assert answer.url == reverse("programs:concept", args=[program.slug])
    assert [goal.text for goal in program.goals.order_by("rank")] == list(NEW["why"].values())
    assert (program.country, program.time_zone) == ("CH", "Europe/Zurich")
    phases = list(Phase.objects.filter(program=program).order_by("position"))
    assert len(phases) == 7
    assert Item.objects.filter(phase__in=phases).count() >= 7 * 5
    page = manager.get(reverse("programs:timeline", args=[program.slug])).content.decode()
    assert all(phase.title.texts["en"] in page for phase in phases)

    def act(name: str, pk: int, **data: Any) -> Any:
        return manager.post(reverse(f"programs:{name}", args=[program.slug, pk]), data)

    first, second = phases[:2]
    act("phase_start", first.pk)
    act("phase_start", second.pk)  # several phases may be active
    left = [item.pk for item in first.items.all()]
    assert act("phase_finish", first.pk).status_code == 422, "what is left over needs a decision"
    act(
        "phase_finish", first.pk, decision="go", why="We go on without them.", **{f"fate_{pk}": "accept" for pk in left}
    )
    assert set(first.items.values_list("state", flat=True)) == {"na"}
    for pk in left:
        act("item_untick", pk)
    assert act("phase_reopen", first.pk, reason="").status_code == 422, "a reason is required"
    act("phase_reopen", first.pk, reason="One more round with the works council.")
    assert set(Phase.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)) == {"active"}

    one, two, three = first.items.order_by("position")[:3]
    act("item_tick", one.pk)
    assert act("item_na", two.pk, reason="").status_code == 422, "a reason is required"
    act("item_na", two.pk, reason="Nobody needs it here.")
    act("evidence_add", three.pk, note="Agreed on Monday.")
    act("evidence_add", three.pk, file=SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 minutes", "application/pdf"))
    states = {item.pk: item.state for item in first.items.all()}
    assert (states[one.pk], states[two.pk], states[three.pk]) == ("done", "na", "open")
    assert three.evidence.count() == 2
    assert Entry.objects.filter(program_id=program.pk, actor=here.manager).count() >= 8, "every change is written down"


def test_nonsense_is_explained_and_kept(here: Any, sign_in: Any) -> None:
    question = reverse("programs:program_question", args=["start"])
    wrong = {"name": "", "company_name": "Südwerk GmbH", "start_on": "31.02.2027"}
    answer = sign_in(here.manager).post(question, wrong)
    assert answer.status_code == 422
    assert "Südwerk GmbH" in answer.content.decode()
    assert not Program.objects.filter(company_name="Südwerk GmbH").exists()
