"""From the first decision to the pilot's go or no-go; and the weekly meeting."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.kpis.models import Cell
from analytics.kpis.weeks import monday_of
from analytics.metrics.models import Metric
from programs.checklists.models import Batch
from programs.guide.models_checks import EarlyCheck
from programs.membership.models import Program
from programs.phases.models import Phase
from programs.readiness.models import ReadinessRound
from programs.reviews.models import Review
from tests.factories.guide import answer_all
from tests.factories.kpis import make_account, make_figures
from tests.factories.readiness import said
from tests.world import Role, join, make_user


def test_from_the_first_decision_to_the_pilots_go_or_no_go(here: Any, sign_in: Any) -> None:
    manager, today = sign_in(here.manager), timezone.localdate()
    answer_all(manager, start={"start_on": today.isoformat()})
    manager.post(reverse("programs:program_new"))
    program = Program.objects.get(name="Südlichter")

    def url(name: str, *args: Any) -> str:
        return reverse(f"programs:{name}", args=[program.slug, *args])

    def page(name: str, *args: Any) -> str:
        return str(manager.get(url(name, *args)).content.decode())

    def phase(key: str) -> Phase:
        return Phase.objects.get(program=program, key=key)

    def finish(one: Phase, fate: str, **data: Any) -> int:
        fates = {f"fate_{item.pk}": fate for item in one.items.filter(state="open")}
        return int(manager.post(url("phase_finish", one.pk), fates | data).status_code)

    # The concept says what is missing; the organisation is asked without names.
    assert "Board member for people" in page("concept")
    manager.post(url("readiness_open"), {"closes_on": (today + timedelta(days=14)).isoformat()})
    survey = ReadinessRound.objects.get(program=program)
    for _ in range(10):
        Client().post(reverse("programs:survey", args=[survey.key]), said(4))
    manager.post(url("readiness_close", survey.pk))
    assert "Communication" in page("readiness").partition("Asked on")[2], (
        "a result; how good it is, chance blurs a little"
    )

    # The plan is frozen; then the concept takes two weeks longer, and the timeline says so.
    manager.post(url("baseline_freeze"))
    concept = phase("concept")
    later = {"start_on": concept.start_on.isoformat(), "end_on": (concept.end_on + timedelta(days=14)).isoformat()}
    words = {"title_en": concept.title.texts["en"], "title_de": concept.title.texts["de"], "why": "Works council"}
    assert manager.post(url("phase_edit", concept.pk), later | words).status_code == 302
    assert "14 days later" in page("timeline")

    # From the first decision to the pilot: each phase ends when its list is done, and the next one starts.
    manager.post(url("phase_start", phase("before_start").pk))
    for key in ("before_start", "kickoff", "audit", "concept"):
        assert finish(phase(key), "done", decision="go", start_next="on") == 302, key
    pilot = phase("pilot")
    assert pilot.state == "active"

    # Day 30: signs of the group, a finding and a decision.
    EarlyCheck.objects.filter(program=program, day=30).update(due_on=today)
    manager.post(url("early_check", 30), {"finding": "Few ask, many read.", "decision": "change"})
    assert "Few ask, many read." in page("first_days")

    # No-go at first: the group was too small. A second round has the same list, and what was open is in it.
    manager.post(url("item_tick", pilot.items.earliest("position").pk))
    assert finish(pilot, "carry") == 422, "required items are open: somebody has to decide"
    assert finish(pilot, "carry", decision="repeat", why="The group was too small.") == 302
    again = Phase.objects.get(program=program, state="active")
    assert (again.title, pilot.items.count()) == (pilot.title, 1), "what was done stays, and is done anew"
    assert "The group was too small." in page("phase_detail", pilot.pk)

    # Go, decided in a review: it is in the log of decisions, and the rollout is under way.
    day = (today + timedelta(days=1)).isoformat()
    manager.post(url("review_new"), {"kind": "program", "title_en": "Pilot: go or no-go", "on": day})
    review = Review.objects.get(milestone__program=program, milestone__on=day)
    manager.post(url("finding_add", review.pk), {"text": "! Go: 40 people from January"})
    manager.post(url("review_close", review.pk))
    assert "Go: 40 people from January" in page("decisions")
    assert finish(again, "done", decision="go", start_next="on") == 302
    assert phase("rollout").state == "active"

    # Changed their minds: one press, and the pilot is under way again.
    manager.post(url("batch_undo", Batch.objects.latest("pk").pk))
    assert (phase("rollout").state, Phase.objects.get(pk=again.pk).state) == ("planned", "active")


def test_the_weekly_meeting(here: Any, sign_in: Any) -> None:
    """Persons beside the company account, three questions, and what somebody tries until next week."""
    coach = make_user("coach")
    seat = join(coach, here.program, Role.COACH)
    manager, helper = sign_in(here.manager), sign_in(coach)

    def url(name: str, *args: Any) -> str:
        return reverse(f"programs:{name}", args=[here.program.slug, *args])

    def page(client: Any, name: str, *args: Any) -> str:
        return str(client.get(url(name, *args)).content.decode())

    figures_of_last_week(here.program)
    manager.post(url("review_new"), {"kind": "weekly", "title_en": "Weekly", "on": here.today.isoformat()})
    first = Review.objects.get()
    beside = page(manager, "review_detail", first.pk)
    assert "people 120, company account 340" in beside, "new followers of last week, of a group of nine or more"
    assert "people too few or none yet, company account 12" in beside, "comments of too few people are not said"
    for number, point in enumerate(first.points.order_by("pk")):
        manager.post(url("review_point", first.pk, point.key), {"text": f"Answer {number}", "version": 0})
    assert all(f"Answer {number}" in page(manager, "review_detail", first.pk) for number in range(3))
    task = {"text": "Try a question as a headline", "owner": seat.pk, "due_on": here.today.isoformat()}
    manager.post(url("review_action_add", first.pk), task)
    following = here.today + timedelta(days=7)
    ends = {"present": [seat.pk], "next_on": following.isoformat(), "next_at": "09:30"}
    manager.post(url("review_end", first.pk), ends)
    manager.post(url("review_close", first.pk))
    assert "Try a question as a headline" in page(helper, "review_detail", first.pk), "who was there reads it"

    # A week later the same three questions, and what came of the action.
    second = Review.objects.get(milestone__on=following)
    assert second.kind == "weekly"
    assert "0 of 1 done" in page(manager, "review_detail", second.pk)
    helper.post(url("review_action_tick", first.actions.get().pk), {"done": "1"})
    assert "1 of 1 done" in page(manager, "review_detail", second.pk)


def figures_of_last_week(program: Program) -> None:
    """What was published of last week's followers and comments, and what the company's own account says."""
    week = monday_of(timezone.localdate()) - timedelta(weeks=1)
    same: dict[str, Any] = {"program": program, "period": "week", "start_on": week, "published_at": timezone.now()}
    grown = {"numerator": 120, "denominator": 6000, "value": "0.02", "people": 9}
    Cell.objects.create(kpi="network_growth", **same, **grown)
    Cell.objects.create(kpi="dialog_rate", state=Cell.State.TOO_FEW, **same)
    company = make_account(program, None)
    make_figures(company, {week: {Metric.FOLLOWERS_NEW: 340, Metric.COMMENTS: 12}})
