"""Everything about a person as one file: to read, to print, and for programs; and nothing about anybody else."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from analytics.metrics.models import Metric
from community.forum import hosting, posts
from community.forum.models import Board, Reaction, Reading
from core.journal.models import Entry
from core.people.models import User
from influencer.privacy import export
from influencer.privacy import map as privacy_map
from influencer.privacy.fields import CONTEXT
from programs.directory.lines import Topic
from tests.factories.directory import make_profile
from tests.factories.forum import make_post, make_topic
from tests.factories.kpis import make_figures

OTHERS = ("manager", "influencer2", "coach", "executive", "council", "stranger", "leaver")


def downloaded(client: Client) -> zipfile.ZipFile:
    answer = client.get("/me/export/")
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def words(archive: zipfile.ZipFile) -> str:
    return "".join(archive.read(name).decode() for name in archive.namelist())


def table(archive: zipfile.ZipFile, label: str) -> list[list[str]]:
    text = archive.read(f"tables/{label}.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))


def test_it_is_there_for_people_and_for_programs(world: Any, sign_in: Any) -> None:
    archive = downloaded(sign_in(world.influencer))
    assert archive.testzip() is None
    assert {"index.html", "style.css", "data.json", "tables/core.User.csv"} <= set(archive.namelist())
    rows = json.loads(archive.read("data.json"))["tables"]
    assert rows["core.User"][0]["email"] == world.influencer.email
    assert {f"tables/{label}.csv" for label in rows} == {n for n in archive.namelist() if n.startswith("tables/")}
    page = archive.read("index.html").decode()
    for label in rows:
        assert privacy_map.rules()[label].area in page
    assert page.count("<h2") == len(rows)
    assert len(table(archive, "analytics.Activity")) == len(rows["analytics.Activity"]) + 1
    assert Entry.objects.filter(verb="privacy.exported", kind="view", actor=world.influencer).count() == 1


def test_what_was_entered_for_the_directory_is_in_it_shown_or_not(world: Any, sign_in: Any) -> None:
    """Each field as it was entered, and which of them others see; of nobody else."""
    hidden = {"shown": ["helps"], "site": "Augsburg", "pronouns": "they/them", "sentence": "Ask me about steel."}
    make_profile(world.program, world.coach, topics=[Topic("Steel", "also hot")], languages=["pl"], **hidden)
    archive = downloaded(sign_in(world.coach))
    rows = json.loads(archive.read("data.json"))["tables"]
    (profile,) = rows["programs.Profile"]
    assert {name: profile[name] for name in hidden} == hidden
    assert profile["languages"] == ["pl"]
    assert {offer["label"] for offer in rows["programs.Offer"]} == {"Photos", "Steel"}
    page = archive.read("index.html").decode()
    for said in ("Augsburg", "they/them", "Ask me about steel.", "also hot"):
        assert said in page
    assert "Rostock" not in words(archive), "somebody else's site"
    photo = downloaded(sign_in(world.influencer))
    assert "me.jpg" in words(photo), "the photo is named"


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_person_can_read_it(world: Any, language: str) -> None:
    """Words, dates and numbers as in the product; no names of tables or fields, no numbers of rows."""
    make_figures(world.account, {world.today - timedelta(days=world.today.weekday() + 7): {Metric.IMPRESSIONS: 12345}})
    User.objects.filter(pk=world.influencer.pk).update(language=language)
    client = Client(headers={"accept-language": language})
    client.force_login(User.objects.get(pk=world.influencer.pk))
    archive = downloaded(client)
    page = archive.read("index.html").decode()
    assert f'<html lang="{language}">' in page
    for said in ("Impressions", "12.345") if language == "de" else ("impressions", "12,345"):
        assert said in page
    header, *rows = table(archive, "programs.ConsentEvent")
    with override(language):
        wanted = {"de": "Programm", "en": "Program"}[language]
    assert header[0] == wanted
    assert {row[0] for row in rows} == {world.program.name}
    text = re.sub(r"<[^>]+>", " ", page)
    for technical in ("user_id", "period_start", "programs.", "None", "True", "granted_"):
        assert technical not in re.sub(r"tables/\S+", "", text), technical


def test_nobody_else_is_in_it(world: Any, sign_in: Any) -> None:
    everything = words(downloaded(sign_in(world.influencer)))
    for other in OTHERS:
        assert getattr(world, other).email not in everything
        assert getattr(world, other).name not in everything


def test_what_others_deleted_or_took_away_is_not_in_it(world: Any, sign_in: Any) -> None:
    """What somebody did with it stays; its words are no longer theirs to read."""
    post = make_post(world.topic, world.influencer2, "Said in haste about Paula.")
    shuffled = make_topic(world, world.influencer2, title="About Quentin")
    Reaction.objects.create(post=post, person=world.influencer, kind="thanks")
    for topic in (world.topic, shuffled):
        Reading.objects.update_or_create(topic=topic, person=world.influencer, defaults={"follows": True})
    client = sign_in(world.influencer)
    assert all(name in words(downloaded(client)) for name in ("Paula", "Quentin"))
    posts.delete_post(post, by=world.influencer2)
    hosting.move_topic(shuffled, board=Board.objects.get(program=world.program, is_for_hosts=True), by=world.manager)
    assert not any(name in words(downloaded(client)) for name in ("Paula", "Quentin"))
    assert table(downloaded(client), "community.Reaction")


def test_second_factors_and_sign_ins_are_in_it_without_their_keys(world: Any) -> None:
    Authenticator.objects.create(user=world.influencer, type="totp", data={"secret": "seed-of-the-app"})
    UserSession.objects.create(
        user=world.influencer, ip="192.0.2.7", session_key="key-of-a-sign-in", user_agent="Firefox"
    )
    client = Client()
    client.force_login(world.influencer)
    everything = words(downloaded(client))
    assert "192.0.2.7" in everything
    for secret in ("seed-of-the-app", "key-of-a-sign-in", client.session.session_key, world.influencer.password):
        assert str(secret) not in everything


def test_what_opens_something_elsewhere_is_not_in_it_even_sealed() -> None:
    stored = {field.name for rule in privacy_map.rules().values() for field in export._stored(rule)}
    assert [name for name in sorted(stored) if "sealed" in name] == []


def test_what_knows_only_the_address_is_in_it_too(world: Any, sign_in: Any) -> None:
    world.invitation.email = world.influencer.email.upper()
    world.invitation.save()
    rows = json.loads(downloaded(sign_in(world.influencer)).read("data.json"))["tables"]
    assert [row["id"] for row in rows["programs.Invitation"]] == [world.invitation.pk]


def test_a_formula_stays_a_text(world: Any, sign_in: Any) -> None:
    world.influencer.name = '=HYPERLINK("https://evil.example")'
    world.influencer.save()
    archive = downloaded(sign_in(world.influencer))
    assert any(cell.startswith("'=HYPER") for row in table(archive, "core.User") for cell in row)


def test_markup_in_a_value_stays_a_text(world: Any, sign_in: Any) -> None:
    world.influencer.name = "<script>alert(1)</script>"
    world.influencer.save()
    assert "<script>" not in downloaded(sign_in(world.influencer)).read("index.html").decode()


def test_a_long_table_is_whole_beside_the_page(world: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(export, "SHOWN", 2)
    make_figures(world.account, {world.today - timedelta(weeks=week): {Metric.IMPRESSIONS: week} for week in range(5)})
    archive = downloaded(sign_in(world.influencer))
    assert len(table(archive, "analytics.Reading")) == 7  # and the day that closes the last week
    # Of the seven lines one is its head, and two are on the page.
    assert "tables/analytics.Reading.csv contains 4 older ones" in archive.read("index.html").decode()


def test_somebody_of_whom_next_to_nothing_is_stored(world: Any, sign_in: Any) -> None:
    rows = json.loads(downloaded(sign_in(world.admin)).read("data.json"))["tables"]
    assert "core.User" in rows
    assert "analytics.Reading" not in rows


def test_what_a_row_needs_to_be_understood_has_words() -> None:
    used = {name for rule in privacy_map.rules().values() for name in rule.context}
    assert used == CONTEXT.keys()


def test_the_export_leaves_out_no_table_that_tells_of_a_person() -> None:
    """A table with a way to a person has a rule that finds the person's rows."""
    for label, rule in privacy_map.rules().items():
        if rule.person:
            model = apps.get_model(label)
            assert export.rows_about(User(pk=0, email="nobody@example.com"), rule).model is model
            assert rule.fields, label


def test_the_page_of_rights_asks_few_questions(world: Any, sign_in: Any, django_assert_max_num_queries: Any) -> None:
    client = sign_in(world.influencer)
    client.get(f"/p/{world.program.slug}/privacy/")
    with django_assert_max_num_queries(8):
        assert client.get(f"/p/{world.program.slug}/privacy/").status_code == 200


# --- whoever has left -----------------------------------------------------------------------------------------------


def test_whoever_has_left_keeps_the_page_of_the_own_rights(world: Any, sign_in: Any) -> None:
    client = sign_in(world.leaver)
    for page in ("privacy", "consents"):
        html = client.get(f"/p/{world.program.slug}/{page}/").content.decode()
        assert "You are no longer in Nordlichter" in html
    assert client.get(f"/p/{world.program.slug}/contacts/").status_code == 404
    assert f"/p/{world.program.slug}/privacy/" in client.get("/").content.decode()
    assert client.get(f"/p/{world.other_program.slug}/privacy/").status_code == 404


def test_it_ends_when_nothing_is_kept(world: Any, sign_in: Any) -> None:
    world.rest.delete()
    client = sign_in(world.leaver)
    assert client.get(f"/p/{world.program.slug}/privacy/").status_code == 200
    world.leaver.memberships.all().delete()
    assert client.get(f"/p/{world.program.slug}/privacy/").status_code == 404
    assert client.get(f"/p/{world.program.slug}/consents/").status_code == 404


def test_the_way_in_says_the_same_to_everybody(world: Any, sign_in: Any) -> None:
    pages = [Client().get("/my-rights/"), sign_in(world.leaver).get("/my-rights/")]
    assert {answer.status_code for answer in pages} == {200}
    assert "30 days" in pages[0].content.decode()


def test_a_leaver_has_the_whole_export(world: Any, sign_in: Any) -> None:
    rows = json.loads(downloaded(sign_in(world.leaver)).read("data.json"))["tables"]
    assert rows["programs.Erasure"][0]["due_on"] >= str(timezone.localdate())
