"""The decision that a report asks for: an executive agrees or asks back, the team answers, everybody reads it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.reports import deciding, news
from analytics.reports.models import DecisionWord, Report
from analytics.reports.services import delete_report, make_report
from core.journal.models import Entry
from core.news.models import Notification
from programs.membership.models import Role
from tests.factories.reports import MONTHS, scene_of
from tests.world import join, make_user

Kind = DecisionWord.Kind


@pytest.fixture
def asked(world: Any) -> Report:
    words = {"decision": {"en": "36 places?"}, "decision_until": timezone.localdate() + timedelta(days=5)}
    return make_report(scene_of(world.program), MONTHS[-1], words, by=world.manager)


def at(name: str, report: Report, pk: int | None = None) -> str:
    return reverse(f"analytics:{name}", args=[report.program.slug, pk or report.pk])


def page_of(client: Any, report: Report) -> str:
    return str(client.get(at("report_detail", report)).content.decode())


def is_agreed(client: Any, report: Report) -> bool:
    return bool(client.get(at("report_detail", report)).context["decision"].is_agreed)


def news_of(person: Any) -> set[tuple[str, bool]]:
    return set(Notification.objects.filter(person=person, kind__startswith="reports.").values_list("kind", "is_gone"))


def test_an_executive_agrees_with_words_and_everybody_reads_who_and_when(
    asked: Report, world: Any, sign_in: Any
) -> None:
    home = reverse("home:program", args=[world.program.slug])
    executive = sign_in(world.executive)
    assert news_of(world.executive) == {("reports.wanted", False)}
    assert "36 places?" in (page := executive.get(home).content.decode())
    assert at("report_decide", asked) in page
    answer = executive.post(at("report_decide", asked), {"answer": "agreed", "text": "Gladly <b>", "next": home})
    assert answer["Location"] == home
    page = executive.get(home).content.decode()
    assert all(words in page for words in ("You agreed", "Gladly &lt;b&gt;", "possible until"))
    manager = page_of(sign_in(world.manager), asked)
    assert all(words in manager for words in ("Executive agreed", "Gladly &lt;b&gt;"))
    assert at("report_word_withdraw", asked, DecisionWord.objects.latest("pk").pk) not in manager
    entry = Entry.objects.filter(kind="change").latest("pk")
    assert (entry.verb, entry.actor, entry.subject_id) == ("reports.agreed", world.executive, asked.pk)
    assert "Gladly" not in str(entry.data)
    assert news_of(world.manager) == {("reports.answered", False)}


def test_asking_back_takes_words_and_the_team_answers_in_the_same_place(
    asked: Report, world: Any, sign_in: Any
) -> None:
    executive, manager = sign_in(world.executive), sign_in(world.manager)
    refused = executive.post(at("report_decide", asked), {"answer": "asked", "text": " "})
    assert refused.status_code == 422
    assert "Please write what you want to know." in (page := refused.content.decode())
    assert " autofocus" in page.split("<textarea")[1].split(">")[0], "the browser goes to the field"
    executive.post(at("report_decide", asked), {"answer": "asked", "text": "What does it cost?"})
    assert at("report_reply", asked) not in page_of(executive, asked)
    assert at("report_reply", asked) in page_of(manager, asked)
    word = DecisionWord.objects.latest("pk")
    assert manager.post(at("report_reply", asked), {"text": " ", "seen": word.pk}).status_code == 422
    manager.post(at("report_reply", asked), {"text": "Six hours a month.", "seen": word.pk})
    page = page_of(executive, asked)
    assert all(words in page for words in ("You asked back", "Manager answered the question", "Six hours a month."))
    assert at("report_decide", asked) in page, "the decision is still to be made"
    assert ("reports.replied", False) in news_of(world.executive)
    with pytest.raises(deciding.TooLate):  # a question that was answered stays
        deciding.take_back(word, by=world.executive)


def test_two_executives_at_once_lose_nothing(asked: Report, world: Any, sign_in: Any) -> None:
    second = make_user("second")
    join(second, world.program, Role.EXECUTIVE)
    client = sign_in(second)
    before = client.get(at("report_detail", asked)).context["decision"].form["seen"].value() or ""
    sign_in(world.executive).post(at("report_decide", asked), {"answer": "agreed", "text": "Yes"})
    sent = {"answer": "asked", "text": "Why not fewer?", "seen": before}
    late = client.post(at("report_decide", asked), sent)
    page = late.content.decode()
    assert late.status_code == 409
    assert all(words in page for words in ("Executive agreed", "Why not fewer?", "not sent yet"))
    assert DecisionWord.objects.filter(report=asked).count() == 1
    client.post(at("report_decide", asked), sent | {"seen": late.context["decision"].form["seen"].value()})
    assert list(DecisionWord.objects.filter(report=asked).values_list("text", flat=True)) == ["Yes", "Why not fewer?"]
    assert "Executive agreed" in page_of(client, asked)
    assert "Executive agreed" in client.get(reverse("analytics:reports", args=[world.program.slug])).content.decode()


def test_an_answer_is_withdrawn_for_a_day_by_who_gave_it(asked: Report, world: Any, sign_in: Any) -> None:
    executive = sign_in(world.executive)
    executive.post(at("report_decide", asked), {"answer": "agreed", "text": "Yes"})
    word = DecisionWord.objects.latest("pk")
    executive.post(at("report_word_withdraw", asked, word.pk))
    assert not is_agreed(executive, asked)
    assert news_of(world.manager) == {("reports.answered", True)}
    executive.post(at("report_word_restore", asked, word.pk))
    assert is_agreed(executive, asked)
    assert news_of(world.manager) == {("reports.answered", False)}
    DecisionWord.objects.filter(pk=word.pk).update(at=timezone.now() - timedelta(hours=25))
    assert at("report_word_withdraw", asked, word.pk) not in page_of(executive, asked)
    executive.post(at("report_word_withdraw", asked, word.pk))
    assert is_agreed(executive, asked)


def test_home_names_what_else_waits_and_what_is_overdue(asked: Report, world: Any, sign_in: Any) -> None:
    Report.objects.filter(pk=asked.pk).update(decision_until=timezone.localdate() - timedelta(days=1))
    make_report(scene_of(world.program), MONTHS[-1].replace(month=11), {}, by=world.manager)
    page = sign_in(world.executive).get(reverse("home:program", args=[world.program.slug])).content.decode()
    assert "Your decision was due on" in page
    older = make_report(scene_of(world.program), MONTHS[0], {"decision": {"en": "Old?"}}, by=world.manager)
    page = sign_in(world.executive).get(reverse("home:program", args=[world.program.slug])).content.decode()
    assert at("report_detail", older) + "#decision" in page


def test_nobody_hears_of_the_decision_of_a_deleted_report(asked: Report, world: Any) -> None:
    delete_report(asked, by=world.manager)
    assert news_of(world.executive) == {("reports.wanted", True)}


def test_a_later_edition_closes_the_open_decision_of_the_one_before(asked: Report, world: Any, sign_in: Any) -> None:
    make_report(scene_of(world.program), MONTHS[-1], {}, by=world.manager)
    executive = sign_in(world.executive)
    page = page_of(executive, asked)
    assert "Replaced by edition 3" in page
    assert at("report_decide", asked) not in page
    assert "Your decision" not in page.split('id="h-decide"')[1].split("</h2>")[0]
    sent = executive.post(at("report_decide", asked), {"answer": "agreed", "text": "Yes"}, follow=True)
    assert "A later edition of this report counts now" in sent.content.decode()
    assert not DecisionWord.objects.filter(report=asked).exists()
    assert (
        "Replaced by edition 3"
        in executive.get(reverse("analytics:reports", args=[world.program.slug])).content.decode()
    )
    (row,) = Notification.objects.filter(kind="reports.wanted", about=asked.pk)
    assert news.look_wanted(world.executive, [row])[row.pk].is_answered


def test_a_recorded_answer_stays_when_a_later_edition_comes(asked: Report, world: Any, sign_in: Any) -> None:
    deciding.say(asked, Kind.AGREED, text="Gladly", seen=0, by=world.executive)
    make_report(scene_of(world.program), MONTHS[-1], {"decision": {"en": "More?"}}, by=world.manager)
    executive = sign_in(world.executive)
    page = page_of(executive, asked)
    assert all(words in page for words in ("You agreed", "Replaced by edition 3"))
    home = executive.get(reverse("home:program", args=[world.program.slug])).content.decode()
    assert "More?" in home
