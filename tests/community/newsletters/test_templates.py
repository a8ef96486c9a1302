"""The texts to start from: what they ask the writer to write never reaches a reader."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from community.newsletters import blocks, checks, letters, services, templates
from community.newsletters.models import Issue
from community.newsletters.models_audiences import Audience
from core.notify.models import OutgoingMail
from programs.generations.models import Generation
from programs.membership.models import Membership
from tests.factories.generations import make_generation
from tests.in_words import rewrite


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("key", ["monthly_results", "celebration", "event_special", "participation", "crisis"])
def test_what_a_template_asks_for_is_never_sent(world: Any, key: str, language: str) -> None:
    """ "Write two or three sentences here" once went out to readers of English, with every check green."""
    issue = services.write_issue(world.program, by=world.manager, template=key)
    other = "en" if language == "de" else "de"
    rewrite(issue, **{f"body_{other}": "Written."})
    instructions = blocks.gaps_in(issue.body.texts[language])
    assert instructions
    faults = checks.look_at(issue).faults
    assert [fault for fault in faults if instructions[0][:60] in fault], faults
    with pytest.raises(ValidationError):
        services.send_now(issue, by=world.manager)
    # not even when the checks are passed by
    for frozen in letters.freeze(issue, world.today).values():
        for instruction in instructions:
            assert templates.plain(instruction) not in templates.plain(frozen["text"] + frozen["html"])
    services.send_test(issue, by=world.manager, languages=[language], to=[world.manager])
    assert instructions[0] not in OutgoingMail.objects.latest("pk").text


def test_the_words_of_a_template_without_its_brackets_are_noticed(world: Any) -> None:
    issue = services.write_issue(world.program, by=world.manager, template="monthly_results")
    for language, text in issue.body.texts.items():
        rewrite(issue, **{f"body_{language}": blocks.GAP.sub(lambda found: found[1].upper(), text)})
    assert len([fault for fault in checks.look_at(issue).faults if "still waits for your own text" in fault]) == 4


def test_the_writer_sees_in_the_preview_what_is_missing(world: Any) -> None:
    issue = services.write_issue(world.program, by=world.manager, template="celebration")
    assert "the story behind it" in letters.compose(issue, "en", world.today).as_mail()


def test_a_template_marks_everything_it_asks_for() -> None:
    """A new template cannot bring an instruction that looks like a text of its own."""
    for template in templates.issue_templates():
        for body in template.body.values():
            left = templates.plain(blocks.without_gaps(body))
            assert not re.search(r"(schreiben|beschreiben|erzählen) sie hier|\b(write|describe|tell)\b.*\bhere\b", left)


def test_the_welcome_is_for_its_generation_and_signed_by_its_contact_person(world: Any, sign_in: Any) -> None:
    writer, base = sign_in(world.manager), f"/p/{world.program.slug}/newsletters"
    contact = Membership.objects.get(program=world.program, user=world.coach, ended_at=None)
    Generation.objects.filter(pk=world.generation.pk).update(contact=contact)
    page = writer.get(f"{base}/new/").content.decode()
    assert "For which generation" in page
    asked = {"template": "generation_welcome", "generation": world.generation.pk}
    writer.post(f"{base}/new/", asked)
    issue = Issue.objects.latest("pk")
    assert issue.audience == Audience(generations=(world.generation.pk,))
    assert all(f"[[signature-{contact.pk}]]" in text for text in issue.body.texts.values())
    assert f"- {world.coach}: Coach" in letters.compose(issue, "en", world.today).text
    writer.post(f"{base}/new/", asked | {"template": "celebration"})
    assert Issue.objects.latest("pk").audience.is_everybody, "only the welcome is for one"
    writer.post(f"{base}/new/", asked | {"generation": ""})
    issue = Issue.objects.latest("pk")
    assert issue.audience.is_everybody
    assert all("[[signature]]" in text for text in issue.body.texts.values())
    other = Generation.objects.exclude(program=world.program).first() or make_generation(world.other_program, 1)
    assert writer.post(f"{base}/new/", asked | {"generation": other.pk}).status_code == 422


def test_what_is_chosen_before_anybody_chooses_is_for_everybody(world: Any, sign_in: Any) -> None:
    page = sign_in(world.manager).get(f"/p/{world.program.slug}/newsletters/new/").content.decode()
    (chosen,) = re.findall(r'name="template" value="([^"]*)" checked', page)
    template = next(each for each in templates.issue_templates() if each.key == chosen)
    assert not template.asks_generation
