"""A part that is saved anew: the drafts that have its former words are named, renewed in one press, and back again."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.newsletters import sections
from community.newsletters.models import Issue, IssueState, NewsletterPart
from tests.factories.newsletters import make_issue, make_sent
from tests.in_words import rewrite
from tests.world import client_of

DE = "# Titel\n\nHallo.\n\n## Impressum\n\nNordwerk AG, Rostock.\n\n## Neues\n\nEtwas."
EN = "# Title\n\nHello.\n\n## Imprint\n\nNordwerk AG, Rostock!\n\n## News\n\nSomething."


@pytest.fixture
def writer(world: Any) -> Any:
    return client_of("manager", world)


def path(world: Any, rest: str) -> str:
    return f"/p/{world.program.slug}/newsletters/{rest}/"


def undo_of(page: str) -> str:
    return re.findall(r'action="([^"]+\?(?:were|instead)=[^"]+)"', page)[-1].replace("&amp;", "&")


def bodies(issue: Issue) -> dict[str, str]:
    return dict(Issue.objects.get(pk=issue.pk).body.texts)


def test_drafts_with_the_former_words_are_renewed_and_back(world: Any, writer: Any) -> None:
    source = make_issue(world.program, body_de=DE, body_en=EN, subject_en="Source")
    writer.post(path(world, f"{source.pk}/part"), {"section": 0, "name": "Imprint"})
    draft = make_issue(world.program, body_de=DE.replace("\n", "\r\n"), body_en=EN, subject_en="Behind")
    own = make_issue(
        world.program, body_de=DE, body_en=EN.replace("Rostock!", "Rostock! And us."), subject_en="Own words"
    )
    Issue.objects.filter(pk=own.pk).update(body={"en": EN.replace("Rostock!", "Rostock! And us.")})
    at = timezone.now() + timedelta(days=1)
    planned = make_issue(world.program, body_de=DE, body_en=EN, state=IssueState.SCHEDULED, scheduled_at=at)
    sent = make_sent(world.program, body_de=DE, body_en=EN)
    before = {each.pk: bodies(each) for each in (draft, own, planned, sent)}

    rewrite(source, body_en=EN.replace("Rostock!", "Hamburg!"), body_de=DE.replace("Rostock.", "Hamburg."))
    page = writer.post(
        path(world, f"{source.pk}/part"), {"section": 0, "name": "imprint"}, follow=True
    ).content.decode()
    assert "has new words." in page
    part = NewsletterPart.objects.present().get(name="imprint")
    listed = page.split("These drafts have its former words.")[1].split("</form>")[0]
    assert ("Behind" in listed, "Own words" in listed, "Source" in listed) == (True, False, False)

    page = writer.post(path(world, f"parts/{part.pk}/renew"), follow=True).content.decode()
    assert "1 draft is renewed." in page
    assert "Hamburg!" in bodies(draft)["en"]
    assert "Hamburg." in bodies(draft)["de"]
    assert bodies(draft)["en"].endswith("## News\n\nSomething.")
    assert Issue.objects.get(pk=draft.pk).version == 2, "who writes it sees that it changed"
    assert all(bodies(each) == before[each.pk] for each in (own, planned, sent))

    page = writer.post(undo_of(page), follow=True).content.decode()
    assert "1 draft is as it was." in page
    assert bodies(draft)["en"] == EN
    assert "These drafts have its former words." in writer.get(path(world, f"{draft.pk}/edit")).content.decode()


def test_the_former_words_come_back_and_the_same_words_are_no_change(world: Any, writer: Any) -> None:
    source = make_issue(world.program, body_de=DE, body_en=EN)
    writer.post(path(world, f"{source.pk}/part"), {"section": 0, "name": "Imprint"})
    page = writer.post(
        path(world, f"{source.pk}/part"), {"section": 0, "name": "Imprint"}, follow=True
    ).content.decode()
    assert "There is a part with this name already." in page
    page = writer.post(
        path(world, f"{source.pk}/part"), {"section": 1, "name": "Imprint"}, follow=True
    ).content.decode()
    assert "## News" in NewsletterPart.objects.present().get(name="Imprint").body.texts["en"]
    writer.post(undo_of(page))
    assert "## Imprint" in NewsletterPart.objects.present().get(name="Imprint").body.texts["en"]


def test_an_address_undoes_nothing_of_others(world: Any, writer: Any) -> None:
    foreign = world.foreign_issue
    part = NewsletterPart.objects.create(program=world.program, name="Note", body={"en": "## Greetings\n\nNew"})
    theirs = NewsletterPart.objects.create(program=world.other_program, name="Note", body={"en": "## Greetings\n\nOld"})
    Issue.objects.filter(pk=foreign.pk).update(body={"en": "## Greetings\n\nNew"})
    mine = make_issue(world.program, body_en="## Greetings\n\nNew")
    were = f"{foreign.pk}.{theirs.pk},{mine.pk}.{theirs.pk},x.y,.,{mine.pk}"
    page = writer.post(path(world, f"parts/{part.pk}/renew") + f"?were={were}", follow=True).content.decode()
    assert "0 drafts are as they were." in page
    assert bodies(foreign) == {"en": "## Greetings\n\nNew"}
    assert bodies(mine)["en"] == "## Greetings\n\nNew"


def test_the_section_that_is_chosen_is_locked_and_no_other_one() -> None:
    text = "## Tip\n\nOld, and ours\n\n## Tip\n\nOld\n\n## End\n\nBye"
    changed, locked = sections.lock({"en": text}, [1, 2], {})
    assert changed == {"en": "## Tip\n\nOld, and ours\n\n[[locked-1]]\n\n[[locked-2]]"}
    assert sections.unlocked(changed["en"], locked, "en") == text


def test_a_section_that_only_begins_like_the_part_stays(world: Any, writer: Any) -> None:
    """Somebody added a sentence to one of two: that one is theirs."""
    part = NewsletterPart.objects.create(program=world.program, name="Note", body={"en": "## Tip\n\nNew"})
    NewsletterPart.objects.create(
        program=world.program, name="Note", body={"en": "## Tip\n\nOld"}, deleted_at=timezone.now()
    )
    draft = make_issue(world.program, body_en="## Tip\n\nOld, and ours\n\n## Tip\n\nOld\n\n## End\n\nBye")
    Issue.objects.filter(pk=draft.pk).update(body={"en": draft.body.texts["en"]})
    writer.post(path(world, f"parts/{part.pk}/renew"))
    assert bodies(draft)["en"] == "## Tip\n\nOld, and ours\n\n## Tip\n\nNew\n\n## End\n\nBye"
