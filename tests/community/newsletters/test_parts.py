"""Parts that are used again, parts that a template locks, two columns, and the program's colour."""

from datetime import date, timedelta
from typing import Any

import pytest

from community.forum.models import Topic
from community.journeys.forms import LetterForm
from community.newsletters import letters, services
from community.newsletters.checks import look_at
from community.newsletters.models import Issue, NewsletterPart, NewsletterTemplate
from community.newsletters.templates import issue_template
from core.kit.colour import READABLE, contrast
from tests.factories.forum import make_post, make_topic
from tests.factories.newsletters import make_issue
from tests.in_words import rewrite
from tests.world import client_of

DE = "# Titel\n\nHallo.\n\n## Impressum\n\nNordwerk AG, Rostock.\n\n## Neues\n\nEtwas."
EN = "# Title\n\nHello.\n\n## Imprint\n\nNordwerk AG, Rostock!\n\n## News\n\nSomething."


@pytest.fixture
def writer(world: Any) -> Any:
    return client_of("manager", world)


def path(world: Any, issue: Issue, act: str) -> str:
    return f"/p/{world.program.slug}/newsletters/{issue.pk}/{act}/"


def test_a_section_is_used_again_through_the_menu(world: Any, writer: Any) -> None:
    issue, other = make_issue(world.program, body_de=DE, body_en=EN), make_issue(world.program)
    writer.post(path(world, issue, "part"), {"section": 0, "name": "Imprint"})
    page = writer.get(path(world, other, "edit")).content.decode()
    assert "Nordwerk AG, Rostock!" in page, "the menu of the English text"
    assert "Type / in a text" in page
    again = writer.post(path(world, issue, "part"), {"section": 0, "name": "imprint"}, follow=True)
    assert "There is a part with this name already." in again.content.decode()
    part = NewsletterPart.objects.get(name="Imprint")
    for act, is_there in (("delete", False), ("restore", True)):
        writer.post(f"/p/{world.program.slug}/newsletters/parts/{part.pk}/{act}/")
        assert ("Nordwerk AG, Rostock!" in writer.get(path(world, other, "edit")).content.decode()) is is_there
    plain = make_issue(world.program, body_de="Hallo.", body_en="Hello.")
    assert "Give a section of the text a heading" in writer.get(path(world, plain, "edit")).content.decode()


def test_what_a_template_locks_can_only_be_moved(world: Any, writer: Any) -> None:
    issue = make_issue(world.program, body_de=DE, body_en=EN)
    writer.post(path(world, issue, "template"), {"name": "Monthly", "locks": 0})
    template = NewsletterTemplate.objects.get(name="Monthly")
    made = services.write_issue(world.program, by=world.manager, template=f"own-{template.pk}")
    assert "Nordwerk" not in made.body.texts["en"]
    assert "Nordwerk AG, Rostock!" in letters.compose(made, "en", date.today()).body
    assert "Nordwerk AG, Rostock." in letters.compose(made, "de", date.today()).text
    assert not [fault for fault in look_at(made).faults if "locks" in fault]
    rewrite(made, body_en="# Title\n\nNothing else.")
    assert [fault for fault in look_at(made).faults if "locks" in fault and "[[locked-1]]" in fault]
    rewrite(made, body_en="# Title\n\n[[locked-1]]\n\nMoved.")
    assert not [fault for fault in look_at(made).faults if "locks" in fault]
    like = services.write_issue(world.program, by=world.manager, template=f"issue-{made.pk}")
    assert "Nordwerk AG, Rostock!" in letters.compose(like, "en", date.today()).body
    letter = LetterForm.like(issue_template(world.program, f"issue-{made.pk}"))
    assert "Nordwerk AG, Rostock!" in letter.initial["body_en"], "a letter of a journey has no locks"


def test_what_is_not_finished_is_not_locked(world: Any, writer: Any) -> None:
    issue = make_issue(world.program, body_en="## News\n\n[[to write: two sentences]]", body_de="")
    page = writer.post(path(world, issue, "template"), {"name": "Half", "locks": 0}, follow=True).content.decode()
    assert "cannot be locked" in page
    assert not NewsletterTemplate.objects.filter(name="Half").exists()


def test_two_columns_stack_on_the_phone_and_half_of_them_is_a_fault(world: Any) -> None:
    whole = "[[columns]]\n\nLeft\n\n[[next-column]]\n\nRight\n\n[[columns-end]]"
    issue = make_issue(world.program, body_en=whole)
    mail = letters.compose(issue, "en", date.today()).as_mail()
    assert mail.count('class="col"') == 2
    assert ".col{display:block!important;width:100%!important" in mail.replace(" ", "").replace(";}", "}")
    assert not [fault for fault in look_at(issue).faults if "columns" in fault]
    for half in (whole.replace("[[columns-end]]", ""), whole.replace("[[columns]]", "")):
        rewrite(issue, body_en=half)
        assert [fault for fault in look_at(issue).faults if "There is no block" in fault]
        assert 'class="col"' not in letters.compose(issue, "en", date.today()).body


@pytest.mark.parametrize("accent", ["", "#f7e017", "#0b0b40", "#777777"])
def test_the_colour_of_the_program_can_be_read(world: Any, accent: str) -> None:
    world.program.accent = accent
    colours = letters.MailColours.of(world.program)
    assert contrast(colours.light, "#ffffff") >= READABLE
    assert contrast(colours.dark, "#121918") >= READABLE
    assert contrast("#13201e", colours.soft) >= READABLE
    assert contrast("#e7eeeb", colours.soft_dark) >= READABLE
    mail = letters.compose(make_issue(world.program), "en", date.today()).as_mail()
    assert f"color: {colours.light}".replace(" ", "") in mail.replace(" ", "")


def test_solved_questions_go_to_readers_of_the_forum_only(world: Any, writer: Any) -> None:
    topic = make_topic(world, world.influencer, title="May I show the press?")
    Topic.objects.filter(pk=topic.pk).update(is_question=True, answer=make_post(topic, world.coach))
    issue = make_issue(world.program, body_en="[[solved]]", body_de="")
    assert "May I show the press?" in letters.compose(issue, "en", date.today()).body
    later = date.today() + timedelta(days=60)
    assert "May I show the press?" not in letters.compose(issue, "en", later).body
    assert [fault for fault in look_at(issue).faults if "is not for everybody" in fault]
    issue.to_roles = ["influencer", "executive"]
    assert [fault for fault in look_at(issue).faults if "is not for everybody" in fault]
    issue.to_roles = ["influencer", "coach"]
    assert not [fault for fault in look_at(issue).faults if "is not for everybody" in fault]
    page = writer.get(path(world, issue, "edit")).content.decode().split("Send a test to others")[1]
    assert (world.coach.name in page, world.team.name in page) == (True, False), "nor does a test"
