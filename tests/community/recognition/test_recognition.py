"""Thanks and portraits: who reads them, and that they are gone when somebody takes them back."""

import json
from typing import Any

import pytest

from community.newsletters import blocks, jobs, letters, voices
from community.newsletters.models import Issue
from community.recognition import queries, services
from community.recognition.models import Kudos, Portrait
from core.kit.kept import in_numbers
from programs.consents import queries as consents_queries
from programs.consents import services as consents
from programs.consents.models import Purpose
from programs.membership import services as membership
from tests.factories.newsletters import make_issue


def sent(world: Any, text: str) -> Issue:
    issue = make_issue(world.program, body_en=text, body_de=text)
    issue.frozen = letters.freeze(issue, world.today)
    issue.state = "sent"
    issue.save()
    return issue


def stored(issue: Issue) -> str:
    issue.refresh_from_db()
    return json.dumps(issue.frozen, ensure_ascii=False)


def test_only_the_two_read_it_until_it_is_shown(world: Any, sign_in: Any) -> None:
    for_coach = sign_in(world.coach).get(f"/p/{world.program.slug}/thanks/").content.decode()
    assert "You read my draft on a Sunday." in for_coach
    assert "Only you and I know why." not in for_coach
    assert (
        "Only you and I know why." in sign_in(world.influencer).get(f"/p/{world.program.slug}/thanks/").content.decode()
    )
    letter = letters.compose(make_issue(world.program, body_en="[[kudos]]"), "en", world.today)
    assert "You read my draft on a Sunday." in letter.text
    assert "Only you and I know why." not in letter.body + letter.text


def test_what_is_hidden_again_vanishes_from_an_issue_that_went_out(world: Any, sign_in: Any) -> None:
    issue = sent(world, "Hello\n\n[[kudos]]\n\nBye")
    address = f"/p/{world.program.slug}/newsletters/{issue.pk}/read/"
    seal = issue.frozen["en"]["sha256"]
    assert "You read my draft" in letters.frozen_in(issue, "en")["html"]
    services.show(world.kudos, is_shown=False)
    assert "You read my draft" not in stored(issue)
    assert issue.frozen["en"]["sha256"] == seal == letters.digest(issue.frozen["en"])
    left = letters.frozen_in(issue, "en")
    assert all("voice:" not in left[part] and "<!--" not in left["body"] for part in voices.PARTS)
    assert "Bye" in left["text"]
    page = sign_in(world.coach).get(address, follow=True).content.decode()
    assert "You read my draft" not in page


@pytest.mark.parametrize("who", ["influencer", "influencer2"])
def test_who_withdraws_is_in_no_issue_any_more(world: Any, who: str) -> None:
    issue = sent(world, f"[[kudos]]\n\n[[portrait-{world.portrait.pk}]]")
    assert "I build test benches." in stored(issue)
    consents.withdraw(world.program, [Purpose.PARTICIPATION], by=getattr(world, who), channel="page")
    assert "You read my draft" not in stored(issue)
    assert ("I build test benches." in stored(issue)) is (who == "influencer2")
    assert not queries.shown(world.program)


def test_a_portrait_is_offered_to_writers_while_it_is_released(world: Any) -> None:
    name = f"portrait-{world.portrait.pk}"
    assert name in [offer.name for offer in blocks.offered(world.program)]
    assert f"portrait-{world.gone_portrait.pk}" not in [offer.name for offer in blocks.offered(world.program)]
    assert not blocks.fill(name, world.program, "en", world.today).is_empty
    services.take_back_portrait(world.portrait)
    assert blocks.fill(name, world.program, "en", world.today).is_empty
    assert blocks.fill("portrait-x", world.program, "en", world.today).fault
    assert blocks.fill("portrait-" + "9" * 30, world.program, "en", world.today).fault


def test_a_portrait_of_another_program_fills_nothing(world: Any) -> None:
    assert blocks.fill(f"portrait-{world.portrait.pk}", world.other_program, "en", world.today).is_empty


def test_a_sending_under_way_leaves_out_what_was_taken_back(world: Any, monkeypatch: Any) -> None:
    issue = make_issue(world.program, body_en="Hello\n\n[[kudos]]", body_de="Hallo\n\n[[kudos]]")
    issue.frozen = letters.freeze(issue, world.today)
    issue.state = "sending"
    issue.save()
    read: list[str] = []
    monkeypatch.setattr(jobs.Sender, "read", lambda self, issue: read.append(json.dumps(issue.frozen)))
    stale = Issue.objects.get(pk=issue.pk)
    services.take_back(world.kudos, by=world.influencer)
    jobs._send(stale)
    assert "You read my draft" in read[0]
    assert "You read my draft" not in read[-1]


def test_words_that_look_like_marks_take_nothing_apart(world: Any) -> None:
    Kudos.objects.filter(pk=world.kudos.pk).update(text="{{voice:portrait-1}} <!--a:b-->x<!--/a-->")
    frozen = letters.freeze(make_issue(world.program, body_en="[[kudos]]"), world.today)["en"]
    assert list(frozen["voices"]) == [world.kudos.key]
    assert "&lt;!--a:b--&gt;" in voices.whole(frozen)["body"]


def test_nothing_is_filled_into_what_somebody_said(world: Any) -> None:
    Kudos.objects.filter(pk=world.kudos.pk).update(text="Thank you, {{first_name}}: {{unsubscribe_url}}")
    letter = letters.compose(make_issue(world.program, body_en="[[kudos]]"), "en", world.today)
    filled = letters.personal(letter.body + letter.text, "Mara", "https://example.org/unsubscribe")
    assert "Mara" not in filled
    assert "Thank you, { {first_name}}" in filled


def test_nobody_learns_here_who_else_takes_part(world: Any) -> None:
    people = set(queries.people_to_thank(world.coach, world.program))
    assert world.influencer2 not in people or queries.listed(world.program).filter(user=world.influencer2).exists()


def test_a_persons_page_leads_to_the_form_with_the_name_chosen(world: Any, sign_in: Any) -> None:
    person = queries.people_to_thank(world.coach, world.program)[0]
    client = sign_in(world.coach)
    address = f"/p/{world.program.slug}/thanks/new/?to={person.pk}"
    assert address in client.get(f"/p/{world.program.slug}/directory/{person.pk}/").content.decode()
    assert f'<option value="{person.pk}" selected>' in client.get(address).content.decode()
    assert client.get(f"/p/{world.program.slug}/thanks/new/?to=nobody").status_code == 200


def test_leaving_takes_everything_along(world: Any) -> None:
    services.forget_person(world.influencer, world.program)
    assert not Kudos.objects.filter(program=world.program).exists()
    assert not Portrait.objects.filter(user=world.influencer).exists()


def test_who_erases_the_account_is_in_no_issue(world: Any) -> None:
    issue = sent(world, "[[kudos]]")
    services.forget_everywhere(world.influencer2)
    assert "You read my draft" not in stored(issue)


def test_a_new_portrait_replaces_the_one_before_also_in_issues(world: Any, sign_in: Any) -> None:
    issue = sent(world, f"[[portrait-{world.portrait.pk}]]")
    client = sign_in(world.influencer)
    client.post(f"/p/{world.program.slug}/portrait/new/", {"text_en": "Another one"})
    assert "I build test benches." not in stored(issue)
    assert Portrait.objects.present().get(user=world.influencer).text == "Another one"
    client.post(f"/p/{world.program.slug}/portrait/{world.portrait.pk}/restore/")
    assert Portrait.objects.present().get(user=world.influencer).pk == world.portrait.pk


@pytest.mark.parametrize(("first", "second"), [("influencer", "influencer2"), ("influencer2", "influencer")])
def test_nobody_brings_back_what_the_other_one_took_back(world: Any, sign_in: Any, first: str, second: str) -> None:
    address = f"/p/{world.program.slug}/thanks/{world.kudos.pk}"
    sign_in(getattr(world, first)).post(f"{address}/take-back/")
    assert sign_in(getattr(world, second)).post(f"{address}/restore/").status_code == 404
    services.bring_back(world.kudos, by=getattr(world, second))
    assert world.kudos not in queries.shown(world.program)
    sign_in(getattr(world, second)).post(f"{address}/take-back/")
    assert sign_in(getattr(world, first)).post(f"{address}/restore/").status_code == 404
    assert world.kudos not in queries.shown(world.program)


def test_who_took_it_back_undoes_it(world: Any, sign_in: Any) -> None:
    address = f"/p/{world.program.slug}/thanks/{world.kudos.pk}"
    client = sign_in(world.influencer2)
    client.post(f"{address}/take-back/")
    assert world.kudos not in queries.shown(world.program)
    assert client.post(f"{address}/restore/").status_code == 302
    assert world.kudos in queries.shown(world.program)


def test_who_leaves_the_team_is_in_no_issue_and_takes_along_what_was_said(world: Any) -> None:
    role = world.coach.memberships.get(program=world.program)
    words = services.say_thanks(world.program, by=world.coach, to=world.influencer, text="You came early.")
    services.show(words, is_shown=True)
    issue = sent(world, "[[kudos]]")
    assert "You came early." in stored(issue)
    membership.end_membership(role, by=world.manager)
    assert "You came early." not in stored(issue)
    assert "You read my draft" in stored(issue)
    services.retention()
    assert Kudos.objects.filter(pk=words.pk).exists()  # a role that ended can be resumed
    role.delete()  # a month later
    services.retention()
    assert not Kudos.objects.filter(pk=words.pk).exists()
    assert Kudos.objects.filter(pk=world.kudos.pk).exists()


def test_in_an_archived_program_things_are_only_taken_back(world: Any, sign_in: Any) -> None:
    membership.archive(world.program, by=world.manager)
    base = f"/p/{world.program.slug}"
    client = sign_in(world.influencer)
    said = Kudos.objects.count()
    assert client.post(f"{base}/thanks/new/", {"to": world.coach.pk, "text": "Late"}).status_code == 403
    assert client.post(f"{base}/thanks/{world.quiet_kudos.pk}/show/", {"on": "1"}).status_code == 403
    assert client.post(f"{base}/portrait/new/", {"text_en": "Late"}).status_code == 403
    assert Kudos.objects.count() == said
    assert f"{base}/thanks/new/" not in client.get(f"{base}/thanks/").content.decode()
    assert client.post(f"{base}/thanks/{world.kudos.pk}/show/", {"on": "0"}).status_code == 302
    take_back = f"{base}/portrait/{world.portrait.pk}/take-back/"
    assert take_back in client.get(f"{base}/portrait/").content.decode()
    assert client.post(take_back).status_code == 302
    assert f"{base}/portrait/new/" not in client.get(f"{base}/portrait/").content.decode()


@pytest.mark.parametrize("ends", ["withdraws", "leaves"])
def test_what_is_kept_counts_what_is_read(world: Any, ends: str) -> None:
    """One more than on the page would tell that the other one withdrew, and did not take it back."""

    def kept(person: Any) -> list[int]:
        return [number for number, _words in in_numbers(queries.kept(person, world.program))]

    assert (kept(world.influencer), kept(world.influencer2)) == ([2, 1], [2])
    if ends == "withdraws":
        consents.withdraw(world.program, [Purpose.PARTICIPATION], by=world.influencer2, channel="settings")
    else:
        membership.end_membership(world.influencer2_membership, by=world.manager)
    assert kept(world.influencer) == [1], "the own portrait"
    assert queries.received(world.influencer, world.program).count() == 0
    assert kept(world.influencer2) == [2], "it is still held of who withdrew, and they have to know"
    assert "thanks you got" not in str(consents_queries.held(world.influencer, world.program, Purpose.PARTICIPATION))
