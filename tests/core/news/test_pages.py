"""The inbox, the page of wishes, and the links that switch mails off."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from community.forum import hosting
from community.forum.models import Board, Reading
from community.recognition import services as recognition
from core.news import services, wishes
from core.news.models import Notification, Way, Wish
from core.news.tokens import token_of
from core.news.wishes import Ways
from programs.membership.models import Membership, Role
from tests.core.news.conftest import ANSWER, FOLLOWED, THURSDAY, mails, wish, work
from tests.factories.forum import make_post
from tests.world import join

# --- switching off --------------------------------------------------------------------------------------------------


def test_one_click_switches_off_without_a_sign_in(calm: Any) -> None:
    make_post(calm.topic, calm.coach)
    work()
    address = "/" + mails()[0].headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    client = Client(enforce_csrf_checks=True)
    assert "No more emails of this kind?" in client.get(address).content.decode()
    assert not Wish.objects.exists()
    for _ in range(2):
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert wishes.of(calm.influencer)[ANSWER] == Ways(is_shown=True, mail=Way.NEVER, is_pushed=True)
    assert client.get(address[:-2] + "x/").status_code == 404


def test_a_digest_is_switched_off_whole(calm: Any) -> None:
    wish(calm.influencer, Way.DAILY)
    address = reverse("news:off", args=[token_of(calm.influencer.pk, "*daily")])
    assert Client().post(address).status_code == 200
    assert Way.DAILY not in {ways.mail for ways in wishes.of(calm.influencer).values()}
    assert Client().get(reverse("news:off", args=[token_of(calm.influencer.pk, "*hourly")])).status_code == 404
    assert Client().get(reverse("news:off", args=[token_of(0, "*daily")])).status_code == 404


def test_what_waits_goes_when_mails_are_switched_off(calm: Any, now: Any) -> None:
    wish(calm.influencer, Way.DAILY)
    make_post(calm.topic, calm.coach)
    work()
    Client().post(reverse("news:off", args=[token_of(calm.influencer.pk, "*daily")]))
    now.move_to(THURSDAY + timedelta(days=1))
    work()
    assert mails() == []


# --- the pages ------------------------------------------------------------------------------------------------------


def undo(client: Client, page: Any) -> Any:
    """Press the button of the toast."""
    text = client.get(page["Location"]).content.decode()
    return client.post(text.split("data-toast>")[1].split('action="')[1].split('"')[0].replace("&amp;", "&"))


def test_everything_is_read_and_new_again(calm: Any, sign_in: Any) -> None:
    make_post(calm.topic, calm.coach)
    work()
    client = sign_in(calm.influencer)
    page = client.post(reverse("news:read_all"))
    assert services.count(calm.influencer, [calm.program.pk]) == 0
    undo(client, page)
    assert services.count(calm.influencer, [calm.program.pk]) == 1
    assert "Coach answered" in client.get(reverse("news:inbox")).content.decode()


def test_looking_marks_nothing_as_read(calm: Any, sign_in: Any) -> None:
    make_post(calm.topic, calm.coach)
    work()
    for address in (reverse("news:inbox"), reverse("news:bell"), f"{reverse('news:inbox')}?show=all"):
        sign_in(calm.influencer).get(address)
    assert services.count(calm.influencer, [calm.program.pk]) == 1


def test_a_topic_is_muted_from_the_line_and_comes_back(calm: Any, sign_in: Any) -> None:
    make_post(calm.topic, calm.coach)
    work()
    client, row = sign_in(calm.influencer), Notification.objects.get()
    page = client.post(reverse("news:hush", args=[row.pk]))
    assert Reading.objects.get(topic=calm.topic, person=calm.influencer).follows is False
    undo(client, page)
    assert Reading.objects.get(topic=calm.topic, person=calm.influencer).follows is True


def test_a_kind_is_switched_off_from_the_line_and_comes_back(calm: Any, sign_in: Any) -> None:
    wish(calm.influencer, Way.WEEKLY, FOLLOWED)
    make_post(calm.topic, calm.coach)
    work()
    client, row = sign_in(calm.influencer), Notification.objects.get()
    page = client.post(reverse("news:mute", args=[row.pk]))
    assert wishes.of(calm.influencer)[ANSWER] == Ways(is_shown=False, mail=Way.NEVER)
    undo(client, page)
    ways = wishes.of(calm.influencer)
    assert (ways[ANSWER].mail, ways[FOLLOWED].mail) == (Way.NOW, Way.WEEKLY)


def test_the_wishes_are_changed_on_one_page(calm: Any, sign_in: Any) -> None:
    client, address = sign_in(calm.influencer), reverse("news:settings")
    data: dict[str, Any] = {f"{kind}.mail": "daily" for kind in wishes.of(calm.influencer)}
    data |= {f"{ANSWER}.shown": "on", f"{ANSWER}.mail": "weekly", "days": [1, 2], "start": 9, "end": 12}
    page = client.post(address, data)
    ways, hours = wishes.of(calm.influencer), wishes.hours_of(calm.influencer)
    answer, followed = Ways(is_shown=True, mail="weekly", is_pushed=True), Ways(is_shown=False, mail="daily")
    assert (ways[ANSWER], ways[FOLLOWED]) == (answer, followed)
    assert (hours.days, hours.start, hours.end) == ([1, 2], 9, 12)
    undo(client, page)
    assert (wishes.of(calm.influencer)[ANSWER].mail, wishes.hours_of(calm.influencer).start) == ("now", 8)
    wrong = client.post(address, data | {"start": 12})
    assert wrong.status_code == 422
    assert "The end must be after the start." in wrong.content.decode()
    assert "Please choose at least one day." in client.post(address, data | {"days": []}).content.decode()


def test_an_old_page_takes_nothing_back(calm: Any, sign_in: Any) -> None:
    """Mails were switched off by the link in one while the page stood open: only what is changed on it is kept."""
    client, address = sign_in(calm.influencer), reverse("news:settings")
    form = client.get(address).context["form"]
    shown: dict[str, Any] = {}
    for name in form.fields:
        value = form[name].value()
        shown[form[name].html_initial_name] = value
        if value is not False:
            shown[name] = "on" if value is True else value
    wishes.mails_off(calm.influencer, of_kinds=[ANSWER], way="")
    wishes.choose_hours(calm.influencer, days=[1], start=10, end=11)
    assert client.post(address, shown | {f"{FOLLOWED}.mail": "daily"}).status_code == 302
    ways, hours = wishes.of(calm.influencer), wishes.hours_of(calm.influencer)
    assert (ways[ANSWER].mail, ways[FOLLOWED].mail) == (Way.NEVER, Way.DAILY)
    assert (hours.days, hours.start, hours.end) == ([1], 10, 11)
    assert 'name="initial-days"' in client.get(address).content.decode()


def test_a_volume_sets_everything_at_once(calm: Any, sign_in: Any) -> None:
    client = sign_in(calm.influencer)
    page = client.post(reverse("news:settings_preset"), {"preset": "calm"})
    ways = wishes.of(calm.influencer)
    assert (ways[ANSWER].mail, ways[FOLLOWED].mail) == (Way.WEEKLY, Way.NEVER)
    undo(client, page)
    assert not Wish.objects.exists()
    assert client.post(reverse("news:settings_preset"), {"preset": "loud"}).status_code == 400


def test_only_the_person_brings_back_what_was_chosen(calm: Any, sign_in: Any) -> None:
    mine, others = sign_in(calm.influencer), sign_in(calm.coach)
    text = mine.get(mine.post(reverse("news:settings_preset"), {"preset": "calm"})["Location"]).content.decode()
    address = text.split("data-toast>")[1].split('action="')[1].split('"')[0].replace("&amp;", "&")
    assert others.post(address).status_code == 400


def test_a_role_in_the_page_is_what_concerns_the_person(calm: Any, sign_in: Any) -> None:
    assert "Reported posts" not in sign_in(calm.influencer).get(reverse("news:settings")).content.decode()
    assert "Reported posts" in sign_in(calm.coach).get(reverse("news:settings")).content.decode()
    assert "Replies to my topics" not in sign_in(calm.council).get(reverse("news:settings")).content.decode()


def test_the_bell_costs_one_question_and_then_none(calm: Any, django_assert_num_queries: Any) -> None:
    for questions in (1, 0):
        with django_assert_num_queries(questions):
            assert services.remembered_count(calm.influencer, [calm.program.pk]) == 0


def test_the_bell_counts_what_the_inbox_shows(calm: Any, sign_in: Any) -> None:
    """A topic goes where only the hosts read: nothing of it is new any more for who asked."""
    make_post(calm.topic, calm.coach)
    work()
    count = partial(services.remembered_count, calm.influencer, [calm.program.pk])
    assert count() == 1
    boards = Board.objects.filter(program=calm.program)
    with TestCase.captureOnCommitCallbacks(execute=True):
        hosting.move_topic(calm.topic, board=boards.get(key="hosts"), by=calm.manager)
    assert "You are up to date." in sign_in(calm.influencer).get(reverse("news:inbox")).content.decode()
    assert count() == 0
    with TestCase.captureOnCommitCallbacks(execute=True):
        hosting.move_topic(calm.topic, board=boards.get(key="questions"), by=calm.manager)
    assert count() == 1


def test_who_left_reads_no_words_of_others_from_there(calm: Any, sign_in: Any) -> None:
    """At once, not when the news are cleared away; what another program tells stays."""
    client, inbox = sign_in(calm.influencer), reverse("news:inbox")
    join(calm.influencer, calm.other_program, Role.INFLUENCER)
    for program, text in ((calm.program, "Words of here"), (calm.other_program, "Words of there")):
        recognition.say_thanks(program, by=calm.coach, to=calm.influencer, text=text)
    page = client.get(inbox).content.decode()
    assert ("Words of here" in page, "Words of there" in page) == (True, True)
    Membership.objects.filter(user=calm.influencer, program=calm.program).update(ended_at=timezone.now())
    page = client.get(inbox).content.decode()
    assert ("Words of here" in page, "Words of there" in page) == (False, True)
    row = Notification.objects.get(person=calm.influencer, program_id=calm.program.pk)
    assert client.post(reverse("news:read", args=[row.pk])).status_code == 404
