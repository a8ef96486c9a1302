"""The question box. The attacker here has everything: the whole database, the logs, and knows who was there when."""

import logging
import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from psycopg import sql

from community.forum import box, shuffling
from community.forum.models import Board, Post
from community.forum.models_box import BoxQuestion, today
from core.journal.models import Entry
from core.people.models import User
from tests.at_once import MANY, at_once


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def everything() -> dict[str, set[str]]:
    """Every row of every table, as text."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = sql.Identifier(model._meta.db_table)
            cursor.execute(sql.SQL("SELECT to_jsonb(t)::text FROM {} t").format(table))
            found[model._meta.label] = {row[0] for row in cursor.fetchall()}
    return found


def ask(client: Any, title: str = "Must I?", **more: Any) -> Any:
    return client.post(url("question_box"), {"title": title, "text": "In every post.", "key": uuid.uuid4()} | more)


def shuffle(days: int = 1) -> int:
    """As in the night after."""
    return shuffling.shuffle(today() + timedelta(days=days))


def table_file() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filenode('community_boxquestion')")
        return int(cursor.fetchone()[0])


def transactions() -> int:
    """How many wrote what is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM community_boxquestion")
        return int(cursor.fetchone()[0])


@pytest.fixture
def empty(world: Any) -> Any:
    BoxQuestion.objects.all().delete()
    return world


def test_asking_leaves_one_row_and_nothing_of_who_asked(empty: Any, sign_in: Any, caplog: Any) -> None:
    client = sign_in(empty.influencer)
    client.get(url("question_box"))
    before = everything()
    with caplog.at_level(logging.DEBUG):
        caplog.clear()
        assert "Your question is in the box" in ask(client).content.decode()
    after = everything()
    changed = {label: rows ^ after[label] for label, rows in before.items() if rows != after[label]}
    assert list(changed) == ["community.BoxQuestion"]  # no session, no journal, no reading, no draft
    (row,) = changed["community.BoxQuestion"]
    person = empty.influencer
    for trace in (person.email, person.name, f'"{person.pk}"', "T", ":0", "session"):
        assert trace not in row.replace("Must I?", "").replace("is_shuffled", ""), row
    assert today().isoformat() in row
    told = "\n".join(record.getMessage() for record in caplog.records if "django.db" not in record.name)
    for trace in ("Must I?", "box", person.email, person.name):
        assert trace not in told


def test_the_database_s_own_numbers_lead_nowhere(empty: Any, sign_in: Any) -> None:
    for number, person in enumerate((empty.influencer, empty.influencer2, empty.coach, empty.influencer)):
        ask(sign_in(person), f"Question {number}")
    keys = set(BoxQuestion.objects.values_list("pk", flat=True))
    before = table_file()
    assert shuffle(days=0) == 0  # the day is not over
    assert set(BoxQuestion.objects.values_list("pk", "is_shuffled")) == {(key, False) for key in keys}
    assert (transactions(), table_file() == before) == (1, False)
    before = table_file()
    shuffle(days=0)
    assert table_file() != before  # also when nothing came: the last time tells nothing
    assert shuffle() == 4
    assert shuffle() == 0
    assert table_file() != before  # the old rows are not left in a corner of the file
    assert transactions() == 1
    assert BoxQuestion.objects.values("day").distinct().count() == 1
    assert not keys & set(BoxQuestion.objects.values_list("pk", flat=True))


def test_what_is_asked_while_the_night_s_work_runs_waits_for_the_next_one(empty: Any) -> None:
    box.drop(empty.program, key=uuid.uuid4(), title="Yesterday?", text="")
    BoxQuestion.objects.update(day=today() - timedelta(days=1))
    box.drop(empty.program, key=(key := uuid.uuid4()), title="Today?", text="Why?")
    assert shuffle(days=0) == 1
    assert BoxQuestion.objects.get(pk=key).is_shuffled is False
    assert list(BoxQuestion.objects.filter(is_shuffled=True).values_list("title", "day")) == [
        ("Yesterday?", today() - timedelta(days=1))
    ]


def test_the_day_does_not_tell_where_somebody_sits(empty: Any, sign_in: Any) -> None:
    zones = ("Pacific/Kiritimati", "Pacific/Pago_Pago")  # never the same day
    for zone, person in zip(zones, (empty.influencer, empty.influencer2), strict=True):
        User.objects.filter(pk=person.pk).update(time_zone=zone)
        person.refresh_from_db()
        ask(sign_in(person), zone)
    assert [each.day for each in BoxQuestion.objects.all()] == [site_day(), site_day()]


def site_day() -> date:
    return datetime.now(ZoneInfo("Europe/Berlin")).date()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("do", ["release", "discard"])
def test_twenty_times_at_once_is_once(empty: Any, sign_in: Any, do: str) -> None:
    ask(sign_in(empty.influencer))
    shuffle()
    address = url("box_decide", BoxQuestion.objects.get().pk)
    board = Board.objects.get(program=empty.program, key="questions")
    hosts = iter([sign_in(empty.manager) for _ in range(MANY)])
    answers = at_once(lambda: next(hosts).post(address, {"do": do, "board": board.pk}))
    assert {answer.status_code for answer in answers} == {302}
    assert Post.objects.filter(is_unnamed=True).count() == (1 if do == "release" else 0)
    assert Entry.objects.filter(verb__startswith="forum.box_").count() == 1
    late = sign_in(empty.coach).post(address, {"do": do, "board": board.pk}, follow=True)
    assert "The question has already been dealt with" in late.content.decode()


def test_hosts_see_it_from_the_next_day_on_and_put_it_up(empty: Any, sign_in: Any) -> None:
    ask(sign_in(empty.influencer), "May I say no?")
    host = sign_in(empty.manager)
    assert "May I say no?" not in host.get(url("forum_host")).content.decode()
    shuffle()
    assert "May I say no?" in host.get(url("forum_host")).content.decode()
    question = BoxQuestion.objects.get()
    board = Board.objects.get(program=empty.program, key="questions")
    hidden = Board.objects.get(program=empty.program, key="hosts")
    address = url("box_decide", question.pk)
    assert sign_in(empty.influencer).post(address, {"do": "release", "board": board.pk}).status_code == 403
    host.post(address, {"do": "release", "board": hidden.pk})
    assert BoxQuestion.objects.exists()
    host.post(address, {"do": "release", "board": board.pk})
    post = Post.objects.get(is_unnamed=True)
    assert (post.by, post.topic.by, post.topic.is_question, post.topic.title) == (None, None, True, "May I say no?")
    assert not BoxQuestion.objects.exists()
    assert Entry.objects.get(verb="forum.box_released").actor == empty.manager
    shown = sign_in(empty.influencer).get(url("topic_detail", post.topic_id)).content.decode()
    assert "Asked without a name" in shown
    assert "This is the answer" not in shown  # nobody is known as the asker, not even to the asker


def test_a_host_may_leave_it_in_the_drawer(empty: Any, sign_in: Any) -> None:
    ask(sign_in(empty.influencer))
    shuffle()
    sign_in(empty.coach).post(url("box_decide", BoxQuestion.objects.get().pk), {"do": "discard"})
    assert not BoxQuestion.objects.exists()
    assert Entry.objects.filter(verb="forum.box_discarded", actor=empty.coach).count() == 1


def test_twice_is_once_and_a_full_box_keeps_the_words(empty: Any, sign_in: Any, monkeypatch: Any) -> None:
    client, key = sign_in(empty.influencer), uuid.uuid4()
    for _ in range(2):
        ask(client, key=key)
    assert BoxQuestion.objects.count() == 1
    monkeypatch.setattr(box, "MOST_A_DAY", 1)
    answer = ask(sign_in(empty.influencer2), "One too many?")
    text = answer.content.decode()
    assert (answer.status_code, "full for today" in text, "One too many?" in text) == (429, True, True)
    assert ask(client, "").status_code == 422


def test_no_draft_and_no_picture_can_be_kept(empty: Any, sign_in: Any) -> None:
    text = sign_in(empty.influencer).get(url("question_box")).content.decode()
    form = text.partition('class="fields"')[2].partition("</form>")[0]
    for part in ("data-draft-url", "data-mentions", "data-upload-url"):
        assert part not in form


def test_one_browser_asks_three_questions_a_day_and_the_site_keeps_no_count(empty: Any, sign_in: Any) -> None:
    client, other = sign_in(empty.influencer), sign_in(empty.influencer2)
    client.get(url("forum"))
    before = everything()
    assert [ask(client).status_code for _ in range(4)] == [200, 200, 200, 429]
    page = ask(client, title="A fourth question").content.decode()
    assert ("Three questions have already come from this browser" in page, "A fourth question" in page) == (True, True)
    changed = {name for name, rows in everything().items() if rows != before[name]}
    assert changed == {"community.BoxQuestion"}
    assert ask(other).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert ask(client).status_code == 200


def test_the_browsers_count_says_nothing_to_others(empty: Any, sign_in: Any) -> None:
    """Everybody who looks gets one; it goes nowhere but to the box, and one made up counts nothing."""
    client = sign_in(empty.influencer)
    cookie = client.get(url("question_box")).cookies["boxed"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (url("question_box"), True, "Strict")
    assert 0 < cookie["max-age"] <= 25 * 3600
    for made_up in ("2099-01-01 99", "nonsense", ""):
        client.cookies["boxed"] = made_up
        assert ask(client).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_who_copies_the_table_is_not_waited_for(empty: Any) -> None:
    box.drop(empty.program, key=uuid.uuid4(), title="Must I?", text="")
    with psycopg.connect(**connection.get_connection_params()) as copying:
        copying.execute("LOCK TABLE community_boxquestion IN ACCESS SHARE MODE")
        assert shuffle() == 0
        assert BoxQuestion.objects.get().is_shuffled is False
    assert shuffle() == 1
