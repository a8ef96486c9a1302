"""What other rooms put into an issue: only what every reader may see, and with the way there."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from community.newsletters import blocks, letters
from programs.generations.models import Generation
from programs.membership import services as membership
from programs.membership.models import Membership
from tests.factories.events import make_event
from tests.factories.newsletters import make_issue
from tests.world import client_of


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("Yes, I am coming", "No, I cannot come")), ("de", ("Ja, ich komme", "Nein, ich kann nicht"))],
)
def test_events_for_everybody_are_answered_with_one_press(
    world: Any, settings: Any, language: str, said: tuple[str, str]
) -> None:
    event = make_event(world.program, title_en="Open house", title_de="Tag der offenen Tür")
    closed = make_event(world.program, title_en="Only for us", title_de="Nur für uns")
    closed.generations.add(Generation.objects.filter(program=world.program)[0])
    issue = make_issue(world.program, body_en="[[events]]", body_de="[[events]]")
    letter = letters.compose(issue, language, world.today)
    address = f"/p/{world.program.slug}/events/{event.pk}/"
    assert f'<a href="{settings.SITE_URL}{address}"' in letter.body
    for hidden in ("Only for us", "Nur für uns"):
        assert hidden not in letter.text + letter.body
    reader = client_of("influencer", world)
    for words, choice in zip(said, ("yes", "no"), strict=True):
        way = f"{settings.SITE_URL}{address}?answer={choice}"
        assert f'<a href="{way}">{words}</a>' in letter.body
        assert f"  {words}: {way}" in letter.text
        page = reader.get(f"{address}?answer={choice}").content.decode()
        assert f'name="choice" value="{choice}" autofocus' in page
        assert not event.answers.exists(), "what opens every link of a mail answers nothing"
    reader.post(f"{address}answer/", {"choice": "yes"})
    assert event.answers.get().choice == "yes"
    anybody = Client().get(f"{address}?answer=no")
    assert anybody.status_code == 302
    assert quote("?answer=no") in anybody.headers["Location"], "the answer waits behind the sign-in"


def test_new_pages_of_the_handbook_without_drafts(world: Any) -> None:
    issue = make_issue(world.program, body_en="[[handbook]]")
    letter = letters.compose(issue, "en", world.today)
    assert str(world.handbook_page.title) in letter.text
    assert "'en'" not in letter.text, "a title in the reader's language, not the texts of all"
    assert str(world.handbook_draft.title) not in letter.text


def test_the_menu_offers_every_block(world: Any, sign_in: Any) -> None:
    page = sign_in(world.manager).get(f"/p/{world.program.slug}/newsletters/{world.draft_issue.pk}/edit/")
    shown = page.content.decode()
    for block in blocks.offered(world.program):
        assert f"[[{block.name}]]</code>" in shown
        assert f"[[{block.name}]]\\u005Cn" in shown or f"[[{block.name}]]\\n" in shown


def test_who_reads_the_replies_signs(world: Any) -> None:
    issue = make_issue(world.program, body_en="[[signature]]")
    assert letters.reply_to(issue) == world.manager.email
    assert f"- {world.manager}: Program manager. Reads" in letters.compose(issue, "en", world.today).text
    Membership.objects.filter(program=world.program).update(is_contact=False)
    assert letters.compose(issue, "en", world.today).blocks[0].is_empty


def test_somebody_of_the_team_signs_as_long_as_the_role_lasts(world: Any) -> None:
    role = world.coach.memberships.get(program=world.program)
    name = f"signature-{role.pk}"
    assert {name, "signature"} <= {each.name for each in blocks.offered(world.program)}
    own = world.influencer.memberships.get(program=world.program)
    assert f"signature-{own.pk}" not in {each.name for each in blocks.offered(world.program)}
    assert blocks.fill(f"signature-{own.pk}", world.program, "en", world.today).is_empty
    assert blocks.fill(name, world.other_program, "en", world.today).is_empty
    issue = make_issue(world.program, body_en=f"[[{name}]]")
    text = letters.compose(issue, "en", world.today).text
    assert f"- {world.coach}: Coach" in text
    assert "Reads your reply" not in text, "the replies go to the contact person"
    lead = Membership.objects.get(program=world.program, user=world.manager, ended_at=None)
    assert "Reads your reply" in blocks.fill(f"signature-{lead.pk}", world.program, "en", world.today).rows[0].text
    membership.end_membership(role, by=world.manager)
    assert letters.compose(issue, "en", world.today).blocks[0].is_empty


def test_only_a_bold_link_that_stands_alone_is_a_button(world: Any) -> None:
    text = (
        "**[Join in](https://a.example/x)**\n\nSee **[this](https://a.example/y)** too.\n\n[Plain](https://a.example/z)"
    )
    letter = letters.compose(make_issue(world.program, body_en=text), "en", world.today)
    assert letter.body.count('<p class="act">') == 1
    assert '<p class="act"><strong><a href="https://a.example/x"' in letter.body
    assert "https://a.example/x" in letter.text
