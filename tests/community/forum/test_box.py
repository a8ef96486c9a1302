"""The question box. The attacker here has everything: the whole database, the logs, and knows who was there when."""

import logging
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from psycopg import sql

from community.forum import box, shuffling
from community.forum.models import Board, Post
from community.forum.models_box import BoxQuestion
from core.journal.models import Entry


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
    assert timezone.localdate().isoformat() in row
    told = "\n".join(record.getMessage() for record in caplog.records if "django.db" not in record.name)
    for trace in ("Must I?", "box", person.email, person.name):
        assert trace not in told


def test_the_database_s_own_numbers_lead_nowhere(empty: Any, sign_in: Any) -> None:
    for number, person in enumerate((empty.influencer, empty.influencer2, empty.coach, empty.influencer)):
        ask(sign_in(person), f"Question {number}")
    keys = set(BoxQuestion.objects.values_list("pk", flat=True))
    assert shuffling.shuffle(timezone.localdate()) == 0  # the day is not over
    assert shuffling.shuffle(timezone.localdate() + timedelta(days=1)) == 4
    assert shuffling.shuffle(timezone.localdate() + timedelta(days=1)) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text), count(DISTINCT day) FROM community_boxquestion")
        assert cursor.fetchone() == (1, 1)  # one transaction wrote them all
    assert not keys & set(BoxQuestion.objects.values_list("pk", flat=True))


def test_hosts_see_it_from_the_next_day_on_and_put_it_up(empty: Any, sign_in: Any) -> None:
    ask(sign_in(empty.influencer), "May I say no?")
    host = sign_in(empty.manager)
    assert "May I say no?" not in host.get(url("forum_host")).content.decode()
    shuffling.shuffle(timezone.localdate() + timedelta(days=1))
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
    shuffling.shuffle(timezone.localdate() + timedelta(days=1))
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
