"""The workshop: sentences that lead back to nobody, votes counted through the gate, a text that is agreed on."""

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from programs.leitbild import leaving, sentences, services, steps
from programs.leitbild.models import LeitbildBallot, LeitbildState, LeitbildVersion, LeitbildWorkshop
from tests.at_once import at_once
from tests.factories.leitbild import TEXTS, at, make_workshop, say, voters


def url(world: Any, name: str, *args: Any, pk: int = 0) -> str:
    return reverse(f"programs:leitbild_{name}", args=[world.program.slug, pk or world.leitbild.pk, *args])


def page(world: Any) -> str:
    return reverse("programs:leitbild", args=[world.program.slug])


def body(response: Any) -> str:
    return unescape(str(response.content.decode()))


@pytest.fixture
def collecting(world: Any) -> LeitbildWorkshop:
    world.leitbild = make_workshop(world)
    return world.leitbild


def test_from_the_first_sentence_to_the_printed_text(world: Any, sign_in: Any) -> None:
    LeitbildWorkshop.objects.all().delete()
    manager, phone = sign_in(world.manager), sign_in(world.influencer)
    program = [world.program.slug]
    nothing_yet = sign_in(world.stranger).get(reverse("programs:leitbild", args=[world.other_program.slug]))
    assert "in one room, everybody writes" in body(nothing_yet).lower()
    manager.post(reverse("programs:leitbild_open", args=program), {"question_en": "What do we stand for?"})
    world.leitbild = LeitbildWorkshop.objects.get()
    for text in (*TEXTS, "We <b>shout</b>."):
        assert "Your sentence is in" in body(phone.post(url(world, "add"), {"text": text}))
    assert "shout" not in body(phone.get(page(world))), "it waits for others"
    refused = body(manager.post(url(world, "close", "sorting"), follow=True))
    assert "when at least 6 people have written, so collecting continues" in refused
    say(world.leitbild, *(f"We are {number}." for number in range(5)))
    manager.post(url(world, "close", "sorting"))
    assert "We &lt;b&gt;shout&lt;/b&gt;." in phone.get(page(world)).content.decode()
    manager.post(url(world, "heading"), {"title": "Honesty"})
    world.leitbild.refresh_from_db()
    heading, keys = world.leitbild.groups[0]["key"], {row["text"]: row["key"] for row in world.leitbild.sentences}
    manager.post(url(world, "put", keys[TEXTS[0]]), {"group": heading})
    assert "Undo" in body(manager.post(url(world, "hide", keys["We <b>shout</b>."]), follow=True))
    manager.post(url(world, "close", "voting"))
    assert "shout" not in body(phone.get(page(world)))
    phone.post(url(world, "vote"), {"items": [heading, keys[TEXTS[1]]]})
    phone.post(url(world, "vote"), {"items": [heading]})
    assert LeitbildBallot.objects.get().items == [heading], "another time instead of what one chose before"
    for step in ("counting", "closed"):
        manager.post(url(world, "close", step))
    written = body(manager.get(url(world, "write")))
    assert f"- **Honesty.** {TEXTS[0]}" in written, "nobody starts from nothing"
    assert "Please write it in at least one language" in body(manager.post(url(world, "write"), {"text_en": ""}))
    manager.post(url(world, "write"), {"text_en": "We **ask**, then we write."})
    assert "**Honesty.**" not in body(manager.get(url(world, "write")))
    assert "Publish the text" in body(manager.get(page(world)))
    manager.post(url(world, "publish"))
    version = LeitbildVersion.objects.order_by("number").last()
    assert version is not None
    assert "We <strong>ask</strong>" in body(sign_in(world.executive).get(page(world)))
    sheet = phone.get(reverse("programs:leitbild_file", args=[*program, version.number]))
    assert sheet.content.startswith(b"%PDF")


def test_nothing_tells_who_wrote_a_sentence_or_when(world: Any, sign_in: Any, collecting: LeitbildWorkshop) -> None:
    """In the whole database two things differ: the row of the workshop, and a mark under a keyed hash that expires. All
    sentences lie in this one row, under keys of chance and in their order; those that came together appear together.
    Beside them stands a mark that this person has written, until sentences are shown."""
    phone = sign_in(world.influencer)
    phone.get(page(world))
    before = _database()
    assert phone.post(url(world, "add"), {"text": "We listen first."}).status_code == 200
    after = _database()
    assert {name for name in after if before[name] != after[name]} == {"core_attempt", "programs_leitbildworkshop"}
    assert "leitbild" not in str(after["core_attempt"]), "the key is hashed, with who it is"
    collecting.refresh_from_db()
    assert set(collecting.waiting[0]) == {"key", "text"}
    assert collecting.voices == [sentences.voice_of(collecting.pk, world.influencer.pk)]
    key = collecting.waiting[0]["key"]
    assert "listen" not in body(phone.get(page(world))), "one alone is not shown: who looks would see whose it is"
    say(collecting, *(f"We learn {number}." for number in range(7)))
    kept = collecting.sentences
    assert (len(kept), len(collecting.waiting)) == (6, 5), "chance decides which three are shown, and the others wait"
    assert collecting.voices == []
    steps.go(collecting, to=LeitbildState.SORTING, by=world.manager)
    collecting.refresh_from_db()
    kept = collecting.sentences
    assert "We listen first." in {row["text"] for row in kept}
    assert [row["key"] for row in kept] == sorted(row["key"] for row in kept)
    assert key not in {row["key"] for row in kept}, "its key is a new one"


def test_a_host_who_goes_back_and_forth_sees_no_single_sentence(world: Any, sign_in: Any) -> None:
    LeitbildWorkshop.objects.all().delete()
    row = services.open_workshop(world.program, question={"en": "What for?"}, milestone=None, by=world.manager)
    world.leitbild, host = row, sign_in(world.manager)

    def sort_page() -> str:
        shown = body(host.post(url(world, "close", "sorting"), follow=True)) + body(host.get(url(world, "sort")))
        host.post(url(world, "close", "collecting"))
        return shown

    texts = ("We ask first.", "We are late.", "We answer.", "We smile.", "We wait.")
    for text in texts:
        say(row, text)
        shown = sort_page()
        assert text not in shown
        assert "so collecting continues" in shown
    say(row, "We meet.")
    shown = sort_page()
    assert all(text in shown for text in (*texts, "We meet."))
    say(row, "We came alone.")
    assert "We came alone." not in (shown := sort_page())
    assert "Some sentences came from fewer than 6 people" in shown
    at(row, LeitbildState.CLOSED, world.manager)
    row.refresh_from_db()
    assert (row.waiting, row.voices) == ([], []), "what was never shown goes with the votes"


@pytest.mark.parametrize("accounts", [1, 4])
def test_whoever_fills_the_list_does_not_see_whose_the_next_sentence_is(world: Any, accounts: int) -> None:
    """Somebody sends many of their own, with up to four accounts, and looks when the neighbour has typed."""
    LeitbildWorkshop.objects.all().delete()
    row = services.open_workshop(world.program, question={"en": "What for?"}, milestone=None, by=world.manager)

    def flood(when: str) -> None:
        for number in range(12):
            say(row, f"Mine {when} {number}", by=f"account {number % accounts}")

    def shown() -> str:
        steps.go(row, to=LeitbildState.SORTING, by=world.manager)
        steps.go(row, to=LeitbildState.COLLECTING, by=world.manager)
        row.refresh_from_db()
        return str(row.sentences)

    flood("first")
    say(row, "Whose is this?")
    assert row.sentences == []
    with pytest.raises(steps.TooFewSentences):
        shown()
    row.refresh_from_db()
    say(row, *(f"We are {number}." for number in range(5)))
    assert "Whose is this?" in shown(), "now it is one of several"
    flood("then")
    say(row, "And whose is that?")
    assert "whose is that" not in shown()


@pytest.mark.parametrize("time", range(6))
def test_what_is_left_hides_what_comes_last(world: Any, time: int) -> None:
    """Somebody with four accounts waits until three are shown; then one more comes, and collecting is ended."""
    LeitbildWorkshop.objects.all().delete()
    row = services.open_workshop(world.program, question={"en": "What for?"}, milestone=None, by=world.manager)
    say(row, *(f"Mine {number}" for number in range(4)))
    say(row, *(f"Theirs {number}" for number in range(4)))
    before = {each["text"] for each in row.sentences}
    assert len(before) == 3
    say(row, "Theirs in the end")
    steps.go(row, to=LeitbildState.SORTING, by=world.manager)
    row.refresh_from_db()
    new = {each["text"] for each in row.sentences} - before
    assert "Theirs in the end" in new
    assert len([text for text in new if text.startswith("Theirs")]) >= 2, "it is not the only one of others"


def test_whoever_leaves_takes_the_mark_along(world: Any, sign_in: Any, collecting: LeitbildWorkshop) -> None:
    sign_in(world.influencer).post(url(world, "add"), {"text": "We listen first."})
    say(collecting, "We ask.")
    assert len(collecting.voices) == 2
    leaving.forget_person(world.influencer, world.program)
    collecting.refresh_from_db()
    assert collecting.voices == ["We ask."]
    assert len(collecting.waiting) == 2


def test_the_question_is_reworded_until_people_vote(world: Any, sign_in: Any, collecting: LeitbildWorkshop) -> None:
    host, phone = sign_in(world.manager), sign_in(world.influencer)
    seen = phone.get(page(world)).context["seen"]
    stale = {"question_en": "Who are we?", "question_de": "Wer sind wir?"}
    assert host.post(url(world, "change"), stale).status_code == 302
    assert "Who are we?" in body(phone.get(page(world)))
    assert "moved on" in body(phone.get(url(world, "live"), {"seen": seen}))
    at(collecting, LeitbildState.VOTING, world.manager)
    assert "question_en" not in body(host.get(url(world, "change")))
    late = host.post(url(world, "change"), {"question_en": "Too late?", "question_de": "Zu spät?"})
    assert (late.status_code, "Too late?" in body(late)) == (409, True), "the words come back"
    assert "Too late?" not in body(phone.get(page(world)))


def test_a_heading_is_removed_and_comes_back_with_its_sentences(world: Any, sign_in: Any) -> None:
    row, host = steps_back_to_collecting(world), sign_in(world.manager)
    heading = row.groups[0]["key"]
    (below,) = (each["text"] for each in row.sentences if each["group"] == heading)
    told = body(host.post(url(world, "unhead", heading), follow=True))
    assert "Rename" not in told
    assert f"{url(world, 'unhead', heading)}?back=yes" in told
    assert below in told
    services.entitle(row, title="honesty", by=world.manager)
    assert "has these words now" in body(host.post(url(world, "unhead", heading) + "?back=yes", follow=True))
    row.refresh_from_db()
    host.post(url(world, "unhead", row.groups[1]["key"]))
    host.post(url(world, "unhead", heading) + "?back=yes")
    row.refresh_from_db()
    groups = sentences.groups_of(row)
    assert [(group.title, [each.text for each in group.sentences]) for group in groups[:1]] == [("Honesty", [below])]
    host.post(url(world, "unhead", heading))
    at(row, LeitbildState.CLOSED, world.manager)
    row.refresh_from_db()
    assert row.groups == []
    assert below in {choice.label for choice in sentences.choices_of(row)}


def _database() -> dict[str, list[Any]]:
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT to_jsonb(row) FROM "{name}" row ORDER BY 1')  # noqa: S608 - names of tables
            found[name] = cursor.fetchall()
    return found


@pytest.mark.parametrize(("count", "is_said"), [(8, False), (9, True)])
def test_too_few_votes_are_no_result(world: Any, sign_in: Any, count: int, is_said: bool) -> None:
    """Before the result nobody sees a number; of hosts and newcomers nobody is counted; and who voted goes."""
    people = voters(world, 20)
    key = world.leitbild.sentences[0]["key"]
    for person in [*people[:count], world.manager, world.coach, world.influencer]:
        services.vote(world.leitbild, items=[key], person=person)
    row = at(world.leitbild, LeitbildState.COUNTING, world.manager)
    assert row.result is None
    row = at(row, LeitbildState.CLOSED, world.manager)
    assert not LeitbildBallot.objects.exists()
    shown = body(sign_in(world.influencer).get(page(world)))
    assert ("votes: 5 to 9" in shown) == is_said
    assert ("There are no numbers" in shown) != is_said
    assert row.result == ({} if not is_said else row.result | {"voters": [5, 9]})


def test_a_person_votes_once_however_often_it_is_sent(transactional_db: None, world: Any) -> None:
    key = world.leitbild.sentences[0]["key"]
    at_once(lambda: services.vote(world.leitbild, items=[key, key], person=world.influencer), 8)
    assert LeitbildBallot.objects.get().items == [key]


def test_more_than_three_votes_are_said_and_kept_ticked(world: Any, sign_in: Any) -> None:
    row = steps_back_to_collecting(world)
    say(row, *(f"Sentence {number}" for number in range(6)))
    at(row, LeitbildState.VOTING, world.manager)
    row.refresh_from_db()
    keys = [each["key"] for each in row.sentences if not each["group"]][:4]
    answer = sign_in(world.influencer).post(url(world, "vote"), {"items": keys})
    assert (answer.status_code, body(answer).count("checked")) == (422, 4)
    assert not LeitbildBallot.objects.exists()


def steps_back_to_collecting(world: Any) -> LeitbildWorkshop:
    for step in (LeitbildState.SORTING, LeitbildState.COLLECTING):
        steps.go(world.leitbild, to=step, by=world.manager)
    world.leitbild.refresh_from_db()
    return world.leitbild


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_who_comes_too_late_keeps_the_words(world: Any, sign_in: Any, headers: dict[str, str]) -> None:
    answer = sign_in(world.influencer).post(url(world, "add"), {"text": "We came late."}, headers=headers)
    assert answer.status_code == 422
    assert "Collecting has ended" in body(answer)
    assert "We came late.</textarea>" in body(answer)
    world.leitbild.refresh_from_db()
    assert "late" not in str([world.leitbild.waiting, world.leitbild.sentences])


def test_wild_words_and_floods_come_back(world: Any, sign_in: Any, collecting: LeitbildWorkshop) -> None:
    phone = sign_in(world.influencer)
    for wild in ("", "x" * 201, "We\x07 ring", "\u202etxet", "\u200b"):
        assert phone.post(url(world, "add"), {"text": wild}).status_code == 422
    sent = [phone.post(url(world, "add"), {"text": f"Sentence {number}"}).status_code for number in range(11)]
    assert sent == [200] * 10 + [422]


def test_undo_leads_back_until_the_result_is_shown(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    services.vote(world.leitbild, items=[world.leitbild.sentences[0]["key"]], person=world.influencer)
    manager.post(url(world, "close", "counting"))
    assert body(manager.get(page(world))).count(url(world, "close", "voting") + "?back=yes") == 2, "undo, and a button"
    manager.post(url(world, "close", "voting") + "?back=yes")
    assert LeitbildBallot.objects.count() == 1
    for step in ("counting", "closed", "counting", "voting", "collecting"):
        manager.post(url(world, "close", step))
    world.leitbild.refresh_from_db()
    assert world.leitbild.state == LeitbildState.CLOSED


def test_an_open_page_is_told_what_changed_and_else_nothing(
    world: Any, sign_in: Any, collecting: LeitbildWorkshop
) -> None:
    phone = sign_in(world.influencer)
    seen = phone.get(page(world)).context["seen"]
    assert phone.get(url(world, "live"), {"seen": seen}).status_code == 204
    say(collecting, "It waits")
    assert phone.get(url(world, "live"), {"seen": seen}).status_code == 204
    say(collecting, *(f"Sentence {number}" for number in range(7)))
    told = body(phone.get(url(world, "live"), {"seen": seen}))
    assert ("It waits" in told) + told.count("Sentence ") == 3, "three of eight"
    at(collecting, LeitbildState.VOTING, world.manager)
    told = body(phone.get(url(world, "live"), {"seen": seen}))
    assert "moved on" in told
    assert "every 5s" not in told, "what somebody is typing stays"


def test_a_heading_that_comes_too_late_is_told_so_whatever_it_says(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    assert world.leitbild.state == LeitbildState.VOTING
    for title in ("Honesty twice", "  ", "x" * 500):
        answer = client.post(url(world, "heading"), {"title": title}, follow=True)
        assert "The workshop has moved on in the meantime. Nothing was changed." in body(answer), title


def test_a_workshop_of_another_program_is_not_there(world: Any, sign_in: Any) -> None:
    stranger, slug = sign_in(world.stranger), world.other_program.slug
    for name in ("live", "sort", "write"):
        address = reverse(f"programs:leitbild_{name}", args=[slug, world.leitbild.pk])
        assert stranger.get(address).status_code in (403, 404), name
    assert stranger.post(reverse("programs:leitbild_vote", args=[slug, world.leitbild.pk])).status_code == 404
