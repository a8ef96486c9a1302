"""Which drafts a part renews, and which it leaves alone: each of these was a guard that no test held."""

from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from community.newsletters import renewing
from community.newsletters.models import Issue, NewsletterPart
from community.newsletters.services import EditConflict, save_issue
from tests.factories.newsletters import make_issue
from tests.world import make_program, make_user

OLD, NEW = "## Tip\n\nOld", "## Tip\n\nNew"


def part(program: Any, *former: dict[str, str], name: str = "Note", **body: str) -> NewsletterPart:
    """A part whose former words are these, the newest last."""
    for words in former:
        NewsletterPart.objects.create(program=program, name=name, body=words, deleted_at=timezone.now())
    return NewsletterPart.objects.create(program=program, name=name, body=body)


def draft(program: Any, **fields: Any) -> Issue:
    texts = {name: fields.pop(name) for name in ("de", "en") if name in fields}
    issue = make_issue(program, **fields)
    Issue.objects.filter(pk=issue.pk).update(body=texts)
    issue.refresh_from_db()
    return issue


def body(issue: Issue) -> dict[str, str]:
    return dict(Issue.objects.get(pk=issue.pk).body.texts)


def test_neither_deleted_nor_other_programs_drafts_nor_words_of_other_parts(world: Any) -> None:
    note = part(world.program, {"en": OLD}, en=NEW)
    part(world.program, {"en": "## Tip\n\nOf another part"}, name="Other", en="## Tip\n\nX")
    part(world.other_program, {"en": "## Tip\n\nOf another program"}, en="## Tip\n\nY")
    others = [
        draft(world.program, en=OLD, deleted_at=timezone.now()),
        draft(world.other_program, en=OLD),
        draft(world.program, en="## Tip\n\nOf another part"),
        draft(world.program, en="## Tip\n\nOf another program"),
    ]
    mine, before = draft(world.program, en=OLD), [body(each) for each in others]
    listed = {used.part.pk: [row[0].pk for row in used.behind] for used in renewing.parts_in_use(world.program)}
    assert listed[note.pk] == [mine.pk]
    assert [row[0].pk for row in renewing.renew(note, by=world.manager)] == [mine.pk]
    assert [body(each) for each in others] == before


def test_a_language_that_one_of_them_does_not_have_stays(world: Any) -> None:
    """Nothing is put where nothing was, nor taken away where nothing is."""
    note = part(world.program, {"en": OLD}, en=NEW, de="## Tipp\n\nNeu")
    gone = part(world.program, {"en": OLD, "de": "## Tipp\n\nAlt"}, name="Gone", en="## Tip\n\nNewer")
    first, second = draft(world.program, de="## Anfang\n\nX", en=OLD), draft(world.program, de="## Tipp\n\nAlt")
    renewing.renew(note, by=world.manager)
    renewing.renew(gone, by=world.manager)
    assert body(first) == {"de": "## Anfang\n\nX", "en": NEW}
    assert body(second) == {"de": "## Tipp\n\nAlt"}


def test_lines_that_end_in_another_way_are_the_same(world: Any) -> None:
    note = part(world.program, {"en": OLD.replace("\n", "\r\n")}, name="NOTE", en=NEW)
    mine = draft(world.program, en=OLD)
    (listed,) = [used.behind for used in renewing.parts_in_use(world.program) if used.part.pk == note.pk]
    assert [each.pk for each, _words in listed] == [mine.pk]
    renewing.renew(note, by=world.manager)
    assert body(mine)["en"] == NEW


def test_of_two_former_words_the_newer_ones_are_renewed_and_twenty_drafts_at_most(world: Any) -> None:
    note = part(world.program, {"en": "## Tip\n\nOldest"}, {"en": OLD}, en=NEW)
    both = draft(world.program, en=f"## Tip\n\nOldest\n\n{OLD}")
    many = [draft(world.program, en=OLD) for _ in range(renewing.MOST_DRAFTS)]
    done = renewing.renew(note, by=world.manager)
    assert body(both)["en"] == f"## Tip\n\nOldest\n\n{NEW}"
    assert len(done) == renewing.MOST_DRAFTS
    assert body(many[-1])["en"] == OLD
    assert len(renewing.read(f"{renewing.said(done)},7.8")) == renewing.MOST_DRAFTS


@pytest.mark.parametrize("said", ["²." + "1", "1.²", "9" * 19 + ".1", "1", ".", "-1.2", "x.y"])
def test_an_address_that_says_nothing_undoes_nothing(said: str) -> None:
    assert renewing.read(said) == {}


def test_a_draft_takes_back_no_words_of_another_part(world: Any) -> None:
    note = part(world.program, {"en": OLD}, en=NEW)
    other = part(world.program, name="Other", en="## Tip\n\nOf another part")
    mine = draft(world.program, en=NEW)
    assert renewing.renew_back(note, {mine.pk: other.pk}, by=world.manager) == 0
    assert body(mine)["en"] == NEW


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_back", [False, True])
def test_who_saves_a_draft_meanwhile_loses_nothing(is_back: bool, monkeypatch: Any) -> None:
    """Their text waits until the draft is renewed, and is put beside it."""
    program, person = make_program(), make_user("writer")
    note = part(program, {"en": OLD}, en=NEW)
    former = NewsletterPart.objects.put_away().get(program=program)
    mine = draft(program, en=f"{NEW if is_back else OLD}\n\n## End\n\nBye")
    theirs = mine.body.texts["en"].replace("Bye", "Bye, dear all")
    plainly, hands = renewing._changed, []

    def save() -> None:
        try:
            save_issue(mine, subject=mine.subject.texts, body={"en": theirs}, by=person, version=mine.version)
        except EditConflict:
            hands.append("told")
        finally:
            connection.close()

    def slowly(*args: Any) -> Any:
        other = Thread(target=save)
        other.start()
        other.join(0.5)
        hands.append(other)
        return plainly(*args)

    monkeypatch.setattr(renewing, "_changed", slowly)
    if is_back:
        assert renewing.renew_back(note, {mine.pk: former.pk}, by=person) == 1
    else:
        assert len(renewing.renew(note, by=person)) == 1
    for hand in [each for each in hands if isinstance(each, Thread)]:
        hand.join(10)
    said = body(mine)["en"]
    assert (OLD if is_back else NEW) in said
    assert "told" in hands or "dear all" in said
