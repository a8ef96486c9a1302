"""The pages of the room: writing, planning, watching, reading, leaving."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.newsletters import envelopes
from community.newsletters.models import Delivery, Issue, IssueState, Obstacle
from core.notify.models import OutgoingMail
from programs.consents.access import has_granted
from programs.consents.models import ConsentEvent
from tests.factories.newsletters import make_issue, make_sent
from tests.in_words import rewrite


@pytest.fixture
def writer(world: Any, sign_in: Any) -> Client:
    return sign_in(world.manager)


def path(world: Any, pk: int | str = "", rest: str = "") -> str:
    return f"/p/{world.program.slug}/newsletters/" + (f"{pk}/{rest}" if pk else "")


def texts(issue: Issue, **more: Any) -> dict[str, Any]:
    kept = {f"subject_{language}": text for language, text in issue.subject.texts.items()}
    kept |= {f"body_{language}": text for language, text in issue.body.texts.items()}
    return kept | {"version": issue.version} | more


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(
    rows: int, world: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    Issue.objects.all().delete()
    for _row in range(rows):
        make_sent(world.program)
    client = sign_in(world.manager)
    client.get(path(world))
    # session, person, memberships, consents, issues out, others, rules; nothing is under way
    with django_assert_num_queries(7):
        assert client.get(path(world)).status_code == 200


def test_the_list_of_a_writer_and_of_a_reader(world: Any, sign_in: Any) -> None:
    shown = sign_in(world.manager).get(path(world)).content.decode()
    for text in ("Drafts", "Planned", "being sent, 0%"):
        assert text in shown
    shown = sign_in(world.influencer).get(path(world)).content.decode()
    assert "Drafts" not in shown
    assert "mails sent" not in shown
    assert "What worked" in shown


def test_what_went_out_stands_newest_first(world: Any, sign_in: Any) -> None:
    Issue.objects.all().delete()
    for number in (2, 3, 1):
        make_sent(world.program, number=number, subject_en=f"Issue number {number}.")
    page = sign_in(world.manager).get(path(world)).content.decode()
    assert re.findall(r"Issue number (\d)\.", page)[:3] == ["3", "2", "1"]


def test_an_empty_list_says_what_to_do(world: Any, writer: Client, sign_in: Any) -> None:
    Issue.objects.all().delete()
    assert "Start from a template" in writer.get(path(world)).content.decode()
    assert "Nothing has been sent yet" in sign_in(world.influencer).get(path(world)).content.decode()


def test_a_draft_is_not_to_be_read(world: Any, sign_in: Any, writer: Client) -> None:
    assert sign_in(world.influencer).get(path(world, world.draft_issue.pk)).status_code == 404
    assert writer.get(path(world, world.foreign_issue.pk, "edit/")).status_code == 404


def test_a_new_issue_from_a_template(world: Any, writer: Client) -> None:
    assert "Welcoming a generation" in writer.get(path(world, "new")).content.decode()
    answer = writer.post(path(world, "new"), {"template": "celebration"})
    issue = Issue.objects.filter(program=world.program).order_by("number").last()
    assert answer.url == path(world, issue.pk, "edit/")
    assert issue.subject.texts["en"] == "You achieved this together"
    assert "[[successes]]" in issue.body.texts["de"]
    assert writer.post(path(world, "new"), {"template": "nonsense"}).status_code == 422


def test_saving_and_saving_while_typing(world: Any, writer: Client) -> None:
    issue = world.draft_issue
    address = path(world, issue.pk, "edit/")
    assert writer.post(address, texts(issue, body_en="One\r\ntwo")).status_code == 302
    issue.refresh_from_db()
    assert issue.body.texts["en"] == "One\ntwo"
    answer = writer.post(address, texts(issue, body_en="Three"), headers={"HX-Request": "true"})
    assert answer.headers["HX-Trigger"]
    assert f'value="{issue.version + 1}"' in answer.content.decode()


def test_two_editors_lose_nothing(world: Any, writer: Client, sign_in: Any) -> None:
    issue = world.draft_issue
    address = path(world, issue.pk, "edit/")
    mine, theirs = texts(issue, body_en="Mine"), texts(issue, body_en="Theirs <b>")
    assert writer.post(address, theirs).status_code == 302
    part = writer.post(address, mine, headers={"HX-Request": "true"}).content.decode()
    assert "somebody else has changed the same text" in part
    answer = writer.post(address, mine)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Manager saved another version" in shown
    assert "Mine" in shown
    assert "Theirs &lt;b&gt;" in shown
    issue.refresh_from_db()
    assert issue.body.texts["en"] == "Theirs <b>"
    assert writer.post(address, mine | {"version": issue.version}).status_code == 302
    issue.refresh_from_db()
    assert issue.body.texts["en"] == "Mine"


def test_an_issue_on_its_way_is_not_changed(world: Any, writer: Client) -> None:
    issue = world.running_issue
    assert writer.get(path(world, issue.pk, "edit/")).status_code == 302
    answer = writer.post(path(world, issue.pk, "edit/"), texts(issue, body_en="Too late"))
    assert answer.status_code == 409
    assert "Too late" in answer.content.decode()
    issue.refresh_from_db()
    assert issue.body.texts["en"] != "Too late"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("subject_en", "a\nBcc: x@y.example", "single line"),
        ("subject_en", "a\u2028b", "single line"),
        ("subject_de", "a\u202eb", "control character after “a”"),
        ("body_en", "a\x00b", "ull characters"),
        ("body_en", "ab\x07", "control character after “ab”"),
        ("subject_en", "x" * 121, "at most 120"),
        ("body_en", "x" * 60_001, "at most 60000"),
    ],
)
def test_bad_characters_are_named_and_kept(world: Any, writer: Client, field: str, value: str, message: str) -> None:
    answer = writer.post(path(world, world.draft_issue.pk, "edit/"), texts(world.draft_issue, **{field: value}))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert value[-20:].strip("\x00\x07") in answer.content.decode() or "\n" in value or "\u2028" in value


def test_the_preview_is_the_mail_under_a_strict_policy(world: Any, writer: Client) -> None:
    issue = world.draft_issue
    rewrite(issue, body_en="Hi {{first_name}} <script>x</script>")
    answer = writer.get(path(world, issue.pk, "preview/?language=en&view=wide"))
    policy, shown = answer.headers["Content-Security-Policy"], answer.content.decode()
    nonce = re.search(r'<style nonce="([^"]+)">', shown)
    assert nonce
    assert f"'nonce-{nonce[1]}'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "style=" not in shown
    assert "<script" not in shown
    assert "Hi Manager" in shown
    plain = writer.get(path(world, issue.pk, "preview/?language=en&view=text")).content.decode()
    assert "&lt;script&gt;" in plain
    assert "unsafe-inline" not in writer.get(path(world)).headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"subject_de": "", "subject_en": ""}, "in at least one language"),
        ({"body_en": "Hi {{vorname}}"}, "Unknown placeholder {{vorname}}"),
        ({"subject_en": "Hi {{first_name}}"}, "A subject cannot contain a placeholder"),
        (
            {"body_en": "https://a.example/?of={{first_name}}"},
            "An address cannot contain a placeholder: {{first_name}}",
        ),
        ({"body_en": "[x](<a.example/{{ first_name }}>)"}, "An address cannot contain a placeholder"),
        ({"body_en": "[x](javascript:alert(1))"}, "This kind of link is not allowed: javascript:alert(1)"),
        ({"body_en": "[x](//evil.test)"}, "This kind of link is not allowed: //evil.test"),
        ({"body_en": "![](https://a.example/x.png)"}, "no alternative text"),
        ({"body_en": "[[nonsense]]"}, "There is no block [[nonsense]]"),
        ({"body_en": "word " * 11_000, "body_de": "wort"}, "above 100 kB"),
    ],
)
def test_what_would_harm_readers_stops_an_issue(
    world: Any, writer: Client, change: dict[str, str], message: str
) -> None:
    issue = world.draft_issue
    rewrite(issue, **change)
    answer = writer.post(path(world, issue.pk, "send/"))
    assert answer.status_code == 422
    assert message.replace("'", "&#x27;") in answer.content.decode()
    issue.refresh_from_db()
    assert issue.state == IssueState.DRAFT


def test_nobody_to_send_to_stops_an_issue(world: Any, writer: Client) -> None:
    from_nobody = ConsentEvent.objects.filter(program=world.other_program)
    assert not from_nobody.exists()
    Delivery.objects.all().delete()
    world.program.memberships.update(ended_at=timezone.now())
    world.program.memberships.filter(user=world.manager).update(ended_at=None)
    answer = writer.post(path(world, world.draft_issue.pk, "send/"))
    assert answer.status_code == 422
    assert "Nobody would get it" in answer.content.decode()


def test_remarks_do_not_stop_it(world: Any, writer: Client) -> None:
    issue = world.draft_issue
    rewrite(issue, subject_de="", body_en="![A gear](https://pics.example/g.png)")
    shown = writer.get(path(world, issue.pk, "checks/")).content.decode()
    assert "German: the subject is missing; fewer than 10 people get it in English." in shown
    assert "loaded from pics.example" in shown
    assert writer.post(path(world, issue.pk, "send/")).status_code == 302
    issue.refresh_from_db()
    assert issue.state == IssueState.SCHEDULED


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("2027-03-28T02:30", "This time does not exist"),
        ("2027-10-31T02:30", "This time occurs twice"),
        ("2020-01-01T09:00", "This time has passed"),
        ("2027-02-31T09:00", "choose a day and a time"),
    ],
)
def test_a_time_that_cannot_be_is_asked_about(world: Any, writer: Client, when: str, message: str) -> None:
    answer = writer.post(path(world, world.draft_issue.pk, "schedule/"), {"when": when})
    assert answer.status_code == 422
    assert message in answer.content.decode()


@pytest.mark.parametrize(("which", "utc"), [("first", "00:30"), ("second", "01:30")])
def test_the_hour_that_comes_twice(world: Any, writer: Client, which: str, utc: str) -> None:
    data = {"when": "2027-10-31T02:30", "when_which": which}
    asked = writer.post(path(world, world.draft_issue.pk, "schedule/"), data)
    assert f"when_which={which}" in asked.headers["Location"]
    page = writer.get(asked.headers["Location"]).content.decode()
    assert f'name="when_which"\n        value="{which}"' in page
    assert writer.post(path(world, world.draft_issue.pk, "send/"), data).status_code == 302
    world.draft_issue.refresh_from_db()
    assert world.draft_issue.scheduled_at.strftime("%H:%M") == utc


def test_plan_change_and_take_off(world: Any, writer: Client) -> None:
    issue = world.draft_issue
    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    assert writer.post(path(world, issue.pk, "send/"), {"when": f"{day}T09:00"}).status_code == 302
    issue.refresh_from_db()
    assert issue.state == IssueState.SCHEDULED
    writer.post(path(world, issue.pk, "edit/"), texts(issue, body_en="{{nonsense}}"))
    issue.refresh_from_db()
    assert issue.state == IssueState.DRAFT  # it could not be sent like this
    writer.post(path(world, world.planned_issue.pk, "unschedule/"))
    world.planned_issue.refresh_from_db()
    assert world.planned_issue.state == IssueState.DRAFT
    assert world.planned_issue.scheduled_at is None


def test_a_test_goes_to_the_own_address(world: Any, writer: Client) -> None:
    writer.post(path(world, world.draft_issue.pk, "test/"), {"language": "en"})
    mail = OutgoingMail.objects.get(reason="newsletters.test")
    assert mail.address == world.manager.email
    assert mail.subject == "Test: What worked"
    assert "Hello Manager," in mail.text
    assert "{{" not in mail.html + mail.text
    rewrite(world.draft_issue, subject_de="", subject_en="")
    answer = writer.post(path(world, world.draft_issue.pk, "test/"), {"language": "en"}, follow=True)
    assert "nothing to send yet" in answer.content.decode()


def test_pause_and_go_on(world: Any, writer: Client) -> None:
    issue = world.running_issue
    writer.post(path(world, issue.pk, "pause/"))
    issue.refresh_from_db()
    assert issue.state == IssueState.PAUSED
    Issue.objects.filter(pk=issue.pk).update(obstacle=Obstacle.FAILURES)
    assert "5 percent or more of the addresses" in writer.get(path(world, issue.pk, "progress/")).content.decode()
    writer.post(path(world, issue.pk, "resume/"))
    issue.refresh_from_db()
    assert (issue.state, issue.obstacle) == (IssueState.SENDING, Obstacle.CONTINUED)


def test_delete_and_undo(world: Any, writer: Client) -> None:
    issue = world.draft_issue
    shown = writer.post(path(world, issue.pk, "delete/"), follow=True).content.decode()
    undo = path(world, issue.pk, "restore/")
    assert undo in shown
    assert writer.get(path(world, issue.pk, "edit/")).status_code == 404
    assert writer.post(undo).status_code == 302
    assert writer.get(path(world, issue.pk, "edit/")).status_code == 200
    answer = writer.post(path(world, world.planned_issue.pk, "delete/"), follow=True)
    assert "Unschedule it first" in answer.content.decode()


def test_the_archive_shows_what_was_sent(world: Any, sign_in: Any) -> None:
    issue = make_sent(world.program)
    rewrite(issue, body_en="changed later")
    world.influencer.name = "<i>Eve</i>"
    world.influencer.save()
    shown = sign_in(world.influencer).get(path(world, issue.pk)).content.decode()
    assert "Hello &lt;i&gt;Eve&lt;/i&gt;," in shown
    assert "changed later" not in shown
    issue = make_issue(world.program)
    assert sign_in(world.manager).get(path(world, issue.pk)).status_code == 302


def token_path(world: Any) -> str:
    return "/" + envelopes.unsubscribe_url(world.program.pk, world.influencer.pk).split("/", 3)[3]


def wants(world: Any) -> bool:
    return has_granted(world.influencer, world.program, "newsletter")


def test_opening_the_link_changes_nothing(world: Any) -> None:
    events = ConsentEvent.objects.count()
    for method in ("get", "head", "options"):
        getattr(Client(), method)(token_path(world))
    assert ConsentEvent.objects.count() == events
    assert wants(world)
    assert "Unsubscribe from the newsletter?" in Client().get(token_path(world)).content.decode()


def test_one_click_without_cookies(world: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(token_path(world), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200  # no redirect: RFC 8058
    assert not wants(world)
    last = ConsentEvent.objects.filter(user=world.influencer).latest("id")
    assert (last.action, last.channel, last.purpose) == ("withdrawn", "one_click", "newsletter")
    events = ConsentEvent.objects.count()
    assert client.post(token_path(world), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert ConsentEvent.objects.count() == events


def test_the_link_can_only_withdraw(world: Any, sign_in: Any) -> None:
    """Whatever a foreign page makes a browser send to it, signed in or not: nobody is subscribed again."""
    shown = Client().post(token_path(world)).content.decode()
    assert "You have unsubscribed" in shown
    assert ConsentEvent.objects.filter(user=world.influencer).latest("id").channel == "unsubscribe"
    for client in (Client(), sign_in(world.manager), sign_in(world.influencer)):
        client.post(token_path(world), {"resubscribe": "1", "on": "1"})
        assert not wants(world)


def test_who_is_signed_in_takes_a_mistake_back_with_a_protected_form(world: Any) -> None:
    Client().post(token_path(world))
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.influencer)
    page = client.get(token_path(world)).content.decode()
    found = re.search(r'action="([^"]+/consents/newsletter/)".*?name="csrfmiddlewaretoken" value="(\w+)"', page, re.S)
    assert found, page
    assert client.post(found[1], {"on": "1"}).status_code == 403
    assert not wants(world)
    assert client.post(found[1], {"on": "1", "csrfmiddlewaretoken": found[2]}).status_code == 302
    assert wants(world)


def test_a_forged_link_is_one_page(world: Any) -> None:
    good = token_path(world).split("/")[2]
    other = envelopes.unsubscribe_url(world.program.pk, world.manager.pk).split("/")[-2]
    for token in (
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        "1-1",
        "x",
        other.split(".")[0] + "." + good.split(".")[1],
    ):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(f"/unsubscribe/{token}/")
            assert answer.status_code == 404
            assert "This link does not work" in answer.content.decode()
    assert wants(world)
