"""A review: what became of the last actions, a traffic light for each field, findings, decisions, actions, minutes."""

import io
from datetime import timedelta
from typing import Any

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from core.kit import page_cache
from core.news import jobs as news_jobs
from core.news.models import Hours, Notification
from core.notify.models import OutgoingMail
from programs.handbook.models import Decision
from programs.phases import services as phases
from programs.phases.models import Milestone
from programs.reviews import queries, services
from programs.reviews.kinds import PROGRAM_POINTS, WEEKLY_POINTS, ReviewKind
from programs.reviews.models import Finding, Review, ReviewAction, Seat
from tests.at_once import at_once
from tests.factories.reviews import make_review


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def home_of(world: Any) -> str:
    return reverse("home:program", args=[world.program.slug])


def body(answer: Any) -> str:
    return str(answer.content.decode())


def write(client: Any, world: Any, text: str, **more: Any) -> Any:
    data = {"light": "act", "text": text, "version": 0} | more
    return client.post(url(world, "review_point", world.review.pk, "goals"), data)


def test_planning_one_puts_it_on_the_timeline(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    day = world.today + timedelta(days=9)
    form = {"kind": "weekly", "title_en": "Weekly", "title_de": "Woche", "on": str(day), "at": "10:00"}
    client.post(url(world, "review_new"), form)
    review = Review.objects.get(milestone__on=day)
    assert [point.key for point in review.points.order_by("pk")] == list(WEEKLY_POINTS)
    assert str(review.milestone.title) in body(client.get(url(world, "timeline")))
    page = body(client.get(url(world, "review_detail", review.pk)))
    assert "What do people’s posts achieve" in page
    assert "Traffic light" not in page


def test_a_title_as_it_was_offered_goes_with_the_kind(world: Any, sign_in: Any) -> None:
    day = world.today + timedelta(days=9)
    form = {"kind": "weekly", "title_en": "Review", "title_de": "Review", "on": str(day)}
    sign_in(world.manager).post(url(world, "review_new"), form)
    assert Review.objects.get(milestone__on=day).milestone.title.texts == {
        "de": "Wochentreffen",
        "en": "Weekly meeting",
    }


def test_a_date_of_the_timeline_gets_its_record_once(world: Any, sign_in: Any) -> None:
    words = {"title": {"en": "Quarter"}, "kind": Milestone.Kind.REVIEW, "on": world.today}
    date = phases.add_milestone(world.program, by=world.manager, **words)
    client = sign_in(world.manager)
    assert "Quarter" in body(client.get(url(world, "reviews")))
    for _ in range(2):
        client.post(url(world, "review_of_date", date.pk), {"kind": "program"})
    assert Review.objects.get(milestone=date).points.count() == len(PROGRAM_POINTS)


def test_two_people_who_write_one_point_lose_nothing(world: Any, sign_in: Any) -> None:
    first, second = sign_in(world.manager), sign_in(world.coach)
    assert write(first, world, "Targets are met").status_code == 302
    answer = write(second, world, "Targets are late")
    assert answer.status_code == 409
    assert "Targets are met" in body(answer)
    assert "Targets are late" in body(answer)
    assert world.review.points.get(key="goals").text == "Targets are met"
    assert write(second, world, "Both", version=1).status_code == 302
    assert world.review.points.get(key="goals").text == "Both"


def test_a_line_with_a_mark_is_a_decision_and_goes_into_the_log_once(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    client.post(url(world, "finding_add", world.review.pk), {"text": "! One hour in the shift plan"})
    before = Decision.objects.present().count()
    for _ in range(2):
        client.post(url(world, "review_close", world.review.pk))
    decision = Finding.objects.get(is_decision=True).decision
    assert decision is not None
    assert str(decision.text) == "One hour in the shift plan"
    assert Decision.objects.present().count() == before + 1
    client.post(url(world, "review_reopen", world.review.pk))
    assert Decision.objects.present().count() == before
    world.review.refresh_from_db()
    assert world.review.closed_at is None


@pytest.mark.django_db(transaction=True)
def test_ten_who_close_it_at_once_record_one_decision(world: Any) -> None:
    services.add_finding(world.review, text="One", is_decision=True, by=world.manager)
    before = Decision.objects.count()
    at_once(lambda: services.close_review(Review.objects.get(pk=world.review.pk), by=world.manager), copies=10)
    assert Decision.objects.count() == before + 1


def test_after_an_hour_it_stays_closed(world: Any, sign_in: Any) -> None:
    services.close_review(world.review, by=world.manager)
    Review.objects.update(closed_at=timezone.now() - services.GRACE - timedelta(seconds=1))
    answer = sign_in(world.manager).post(url(world, "review_reopen", world.review.pk), follow=True)
    assert "more than an hour ago" in body(answer)
    assert Review.objects.exclude(closed_at=None).exists()


def test_nothing_is_written_in_a_closed_one_and_what_was_typed_is_still_there(world: Any, sign_in: Any) -> None:
    services.close_review(world.review, by=world.manager)
    client = sign_in(world.coach)
    for answer in (
        write(client, world, "Too late"),
        client.post(url(world, "finding_add", world.review.pk), {"text": "Too late"}),
        client.post(url(world, "review_action_add", world.review.pk), {"text": "Too late"}),
        client.post(url(world, "review_end", world.review.pk), {"team": "Too late"}),
    ):
        assert answer.status_code in (409, 422)
        assert "closed" in body(answer)
        assert "Too late" in body(answer)
    client.post(url(world, "finding_delete", world.finding.pk))
    world.finding.refresh_from_db()
    assert world.finding.deleted_at is None
    assert not world.review.points.exclude(text="").exists()
    assert ReviewAction.objects.count() == 1


def test_an_action_stands_in_every_review_until_it_is_done(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    services.close_review(world.review, by=world.manager)
    later = make_review(world.program, world.manager, world.today + timedelta(days=7))
    assert queries.carried(later, queries.before(later), world.manager) == [world.review_action]
    client = sign_in(world.coach)
    assert "Ask the shift leads" in body(client.get(home_of(world)))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url(world, "review_action_tick", world.review_action.pk), {"done": "1"})
    assert "Ask the shift leads" not in body(client.get(home_of(world)))
    assert "1 of 1 done" in body(client.get(url(world, "review_detail", later.pk)))
    services.close_review(later, by=world.manager)
    last = make_review(world.program, world.manager, world.today + timedelta(days=14))
    assert queries.carried(last, queries.before(last), world.manager) == []


def test_the_last_light_stands_beside_the_new_one(world: Any, sign_in: Any) -> None:
    write(sign_in(world.manager), world, "Late")
    services.close_review(world.review, by=world.manager)
    later = make_review(world.program, world.manager, world.today + timedelta(days=7))
    assert "last time: act" in body(sign_in(world.coach).get(url(world, "review_detail", later.pk)))
    wall = sign_in(world.coach).get(url(world, "review_wall", later.pk), {"at": "goals"})
    assert "last time: act" in body(wall)


def test_who_was_there_reads_it_and_gets_the_minutes_with_the_next_date(world: Any, sign_in: Any) -> None:
    council = sign_in(world.council)
    Hours.objects.create(person=world.council, days=list(range(7)), start=0, end=24)
    assert council.get(url(world, "review_detail", world.review.pk)).status_code == 404
    day = world.today + timedelta(days=14)
    form = {"present": [world.council_membership.pk], "team": "", "next_on": str(day), "next_at": "10:00"}
    assert sign_in(world.manager).post(url(world, "review_end", world.review.pk), form).status_code == 302
    services.close_review(Review.objects.get(pk=world.review.pk), by=world.manager)
    assert council.get(url(world, "review_detail", world.review.pk)).status_code == 200
    assert sign_in(world.executive).get(url(world, "review_detail", world.review.pk)).status_code == 404
    later = Review.objects.get(milestone__on=day)
    Seat.objects.create(review=later, member=world.executive_membership)
    later_page = url(world, "review_detail", later.pk)
    assert "Ask the shift leads" not in body(sign_in(world.executive).get(later_page)), "it is of a review without them"
    assert Review.objects.filter(milestone__on=day).exists()
    Notification.objects.filter(person=world.council).update(due_at=timezone.now())
    news_jobs.mail_due()
    sent = OutgoingMail.objects.get(person=world.council, calendar__contains="VCALENDAR")
    assert day.strftime("%Y%m%d") in sent.calendar
    assert "Review" in sent.subject


def test_the_minutes_say_what_the_page_says(world: Any, sign_in: Any) -> None:
    write(sign_in(world.manager), world, "Met in October")
    answer = sign_in(world.coach).get(url(world, "review_minutes", world.review.pk, "docx"))
    cells = [
        c.text for table in docx.Document(io.BytesIO(answer.content)).tables for row in table.rows for c in row.cells
    ]
    for words in ("Met in October", "Shifts answer shifts", "Ask the shift leads", "Coach"):
        assert words in cells
    assert sign_in(world.coach).get(url(world, "review_minutes", world.review.pk, "exe")).status_code == 404


def test_two_who_change_different_parts_of_an_action_both_keep_theirs(world: Any, sign_in: Any) -> None:
    client, address = sign_in(world.manager), url(world, "review_action_edit", world.review_action.pk)
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in ("text", "owner", "due_on")}
    sent["seen"] = form["seen"].value()
    client.post(address, sent | {"text": "Ask both shift leads"})
    client.post(address, sent | {"due_on": "2026-12-24"})
    world.review_action.refresh_from_db()
    assert (world.review_action.text, str(world.review_action.due_on)) == ("Ask both shift leads", "2026-12-24")


def test_a_deleted_action_is_back_with_one_press(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    page = body(client.get(url(world, "review_action_edit", world.review_action.pk)))
    assert url(world, "review_action_delete", world.review_action.pk) in page
    client.post(url(world, "review_action_delete", world.review_action.pk))
    assert client.get(url(world, "review_action_edit", world.review_action.pk)).status_code == 404
    client.post(url(world, "review_action_restore", world.review_action.pk))
    assert client.get(url(world, "review_action_edit", world.review_action.pk)).status_code == 200


def test_a_deleted_record_is_not_closed_and_a_role_that_ended_stays_in_it(world: Any, sign_in: Any) -> None:
    form = {"present": [world.council_membership.pk], "team": ""}
    client = sign_in(world.manager)
    client.post(url(world, "review_end", world.review.pk), form)
    world.council_membership.ended_at = timezone.now()
    world.council_membership.save()
    client.post(url(world, "review_end", world.review.pk), {"present": [world.coach_membership.pk], "team": ""})
    assert world.review.seats.count() == 2
    services.delete_review(world.review, by=world.manager)
    client.post(url(world, "review_close", world.review.pk))
    world.review.refresh_from_db()
    assert world.review.closed_at is None


def test_deleting_keeps_the_date_and_can_be_taken_back(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    client.post(url(world, "review_delete", world.review.pk))
    assert client.get(url(world, "review_detail", world.review.pk)).status_code == 404
    assert Milestone.objects.present().filter(pk=world.review.milestone_id).exists()
    client.post(url(world, "review_restore", world.review.pk))
    assert client.get(url(world, "review_detail", world.review.pk)).status_code == 200


def test_a_next_day_before_this_one_is_refused_and_a_deed_without_words_too(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    answer = client.post(url(world, "review_end", world.review.pk), {"next_on": "2026-01-02", "team": "Kept"})
    assert answer.status_code == 422
    assert "after this review" in body(answer)
    assert "Kept" in body(answer)
    answer = client.post(url(world, "finding_add", world.review.pk), {"text": "!! "})
    assert answer.status_code == 422
    assert "found out or decided" in body(answer)


@pytest.mark.parametrize(("rows", "asked"), [(1, 5), (3, 5)])
def test_the_list_asks_as_often_for_three(
    rows: int, asked: int, world: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    for number in range(1, rows):
        make_review(world.program, world.manager, world.today + timedelta(days=number), ReviewKind.WEEKLY)
    client = sign_in(world.manager)
    client.get(url(world, "reviews"))
    with django_assert_num_queries(asked):
        client.get(url(world, "reviews"))


def test_records_are_found_and_narrowed(world: Any, sign_in: Any) -> None:
    weekly = make_review(world.program, world.manager, world.today + timedelta(days=1), ReviewKind.WEEKLY)
    client, there = sign_in(world.manager), {world.review.pk: "old", weekly.pk: "weekly"}

    def found(query: str) -> set[str]:
        page = body(client.get(f"{url(world, 'reviews')}?{query}"))
        return {name for pk, name in there.items() if f'id="review-{pk}"' in page}

    assert found("") == {"old", "weekly"}
    assert found("kind=weekly") == {"weekly"}
    assert found("state=closed") == set()
    assert found(f"q={str(weekly.milestone.title)[:4]}zz") == set()
    assert found("state=todo") == {"old"}
    assert str(ReviewKind.WEEKLY.label) in body(client.get(f"{url(world, 'reviews')}?kind=weekly&format=csv"))


def test_the_core_team_finds_the_next_review_on_its_start_page(world: Any, sign_in: Any) -> None:
    Milestone.objects.filter(pk=world.review.milestone_id).update(on=world.today)
    Review.objects.filter(pk=world.review.pk).update(closed_at=None)
    page_cache.changed(world.program.pk)
    page = sign_in(world.team).get("/p/nordlichter/").content.decode()
    assert "Next review" in page
    assert f"/reviews/{world.review.pk}/" in page
