import os
import stat
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.attachments import services
from core.attachments.files import public_picture_url
from core.attachments.inspection import inspect
from core.attachments.models import Attachment
from core.attachments.room import ROOM
from core.journal.models import Entry
from core.kit import rooms
from core.kit.rooms import Room, Spot
from core.kit.workplace import tidy, workplace
from tests.at_once import VERY_MANY, at_once
from tests.factories.attachments import make_attachment, make_picture, picture_bytes
from tests.world import make_user

HERE = {"kind": "wall", "target_id": 7, "program_id": 901}


def wall(user: Any, pk: int) -> Spot:
    """Everybody in the test's company sees it, the influencer moderates; nobody else knows of it."""
    if not user.email.startswith(("influencer", "coach")):
        raise Http404
    return Spot(901, "Wall", "/wall/", may_write=True, may_moderate=user.email == "influencer@example.com")


@pytest.fixture(autouse=True)
def _a_room_with_a_wall() -> Any:
    with rooms.using(*rooms.every(), Room(name="core.kit", spots={"wall": wall})):
        yield


def pdf(content: bytes = b"%PDF-1.7 plan") -> Any:
    return inspect(SimpleUploadedFile("plan.pdf", content))


def test_files_are_for_nobody_else_on_the_machine(world: Any) -> None:
    attachment = services.attach(pdf(), **HERE, by=world.coach)
    path = attachment.file.path
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert "plan" not in path
    assert Entry.objects.filter(verb="attachments.added", program_id=901, data={"kind": "wall", "target": 7}).exists()


def test_a_file_is_only_ever_a_download(world: Any, sign_in: Any) -> None:
    attachment = services.attach(pdf(), **HERE, by=world.coach)
    answer = sign_in(world.influencer).get(reverse("attachments:file", args=[attachment.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 plan"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert {"default-src 'none'", "sandbox"} <= set(answer["Content-Security-Policy"].split("; "))
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert sign_in(world.manager).get(reverse("attachments:file", args=[attachment.pk])).status_code == 404


def test_a_picture_is_pasted_into_a_text(world: Any, sign_in: Any) -> None:
    coach, url = sign_in(world.coach), reverse("attachments:picture_add", args=["wall", 7])
    answer = coach.post(url, {"file": SimpleUploadedFile("rig.webp", picture_bytes("WEBP"))}).json()
    attachment = Attachment.objects.get(target_id=7)
    assert answer["source"] == f"attachment:{attachment.pk}"
    assert b"".join(coach.get(answer["url"]).streaming_content)[8:12] == b"WEBP"
    for wrong in ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, {"file": ""}):
        refused = coach.post(url, wrong)
        assert (refused.status_code, bool(refused.json()["problem"])) == (422, True)
    assert coach.post(reverse("attachments:picture_add", args=["nowhere", 7])).status_code == 404
    assert sign_in(world.manager).post(url).status_code == 404


def test_what_was_cut_off_a_picture_is_not_kept(world: Any, sign_in: Any) -> None:
    coach, url = sign_in(world.coach), reverse("attachments:picture_add", args=["wall", 7])

    def add(**more: Any) -> Any:
        file = SimpleUploadedFile("rig.png", picture_bytes("PNG", (len(more) * 7 + 60, 40)))
        return coach.post(url, {"file": file, "key": uuid4()} | more)

    whole = add().json()["source"].removeprefix("attachment:")
    left = add(instead_of=whole).json()["source"].removeprefix("attachment:")
    assert [str(each.pk) for each in Attachment.objects.present().filter(target_id=7)] == [left]
    assert add(instead_of=whole).status_code == 200, "gone already"
    other = make_picture(1, kind="wall", target_id=7, by=world.influencer)
    assert add(instead_of=other.pk).status_code == 403
    assert Attachment.objects.present().filter(pk=other.pk).exists(), "somebody else's stays"


def test_a_picture_in_a_mail_opens_with_its_key_only(world: Any, client: Any) -> None:
    picture, paper = make_picture(1, kind="wall", target_id=7), make_attachment(1, kind="wall", target_id=7)
    url = public_picture_url(picture.pk).removeprefix("http://127.0.0.1:8000")
    assert client.get(url)["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get(url[:-2] + "x/").status_code == 404
    assert client.get(public_picture_url(paper.pk).removeprefix("http://127.0.0.1:8000")).status_code == 404
    services.delete_attachment(picture, by=world.coach)
    assert client.get(url).status_code == 404


def test_ones_own_file_can_be_deleted_and_comes_back(world: Any, sign_in: Any) -> None:
    attachment = services.attach(pdf(), **HERE, by=world.coach)
    delete, restore = (
        reverse(f"attachments:attachment_{verb}", args=[attachment.pk]) for verb in ("delete", "restore")
    )
    other = make_user("influencer_other")
    assert sign_in(other).post(delete).status_code == 403
    assert sign_in(world.coach).post(delete).status_code == 302
    assert not Attachment.objects.present().on("wall", 7).exists()
    assert sign_in(world.influencer).post(restore).status_code == 403, "what its author took away stays away"
    assert sign_in(world.coach).post(restore)["Location"] == "/wall/"
    assert Attachment.objects.present().on("wall", 7).exists()
    assert sign_in(world.influencer).post(delete).status_code == 302, "who moderates removes it"
    assert sign_in(world.influencer).post(restore)["Location"] == "/wall/", "and may bring that back"
    assert Attachment.objects.present().on("wall", 7).exists()


def test_space_is_limited_for_a_person_and_for_all(world: Any, settings: Any) -> None:
    settings.ATTACHMENTS_PER_PERSON, settings.ATTACHMENTS_PER_PROGRAM = 30, 50
    services.attach(pdf(), **HERE, by=world.coach)
    services.attach(pdf(), **HERE, by=world.coach)
    with pytest.raises(ValidationError, match="Your file storage"):
        services.attach(pdf(), **HERE, by=world.coach)
    services.attach(pdf(), **HERE, by=world.influencer)
    with pytest.raises(ValidationError, match="The program's file storage"):
        services.attach(pdf(), **HERE, by=world.influencer)
    services.attach(pdf(), **(HERE | {"program_id": 902}), by=make_user("influencer_elsewhere"))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_fill_more_than_there_is(settings: Any) -> None:
    settings.ATTACHMENTS_PER_PROGRAM = 15
    people, file, together = [make_user(f"coach{n}") for n in range(4)], pdf(), threading.Barrier(4)

    def attach(user: Any) -> None:
        together.wait(10)
        try:
            services.attach(file, **HERE, by=user)
        except ValidationError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=attach, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Attachment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("adds", "name"), [("file_add", "plan.pdf"), ("picture_add", "rig.png")])
def test_fifty_copies_of_an_upload_are_one_file(world: Any, settings: Any, adds: str, name: str) -> None:
    """The browser sends again what it got no answer for, with the same key."""
    content, where = (
        b"%PDF-1.7 plan" if name == "plan.pdf" else picture_bytes("PNG"),
        reverse(f"attachments:{adds}", args=["wall", 7]),
    )

    def sent(key: str, who: str = "coach") -> tuple[int, str]:
        client = Client(raise_request_exception=False)
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[who]
        answer = client.post(where, {"file": SimpleUploadedFile(name, content), "key": key})
        return answer.status_code, answer.json()["source"]

    key = str(uuid4())
    answers = at_once(lambda: sent(key), VERY_MANY)
    assert {code for code, _ in answers} == {200}
    assert {source for _, source in answers} == {f"attachment:{Attachment.objects.get(kind='wall').pk}"}
    assert Entry.objects.filter(verb="attachments.added", data={"kind": "wall", "target": 7}).count() == 1
    others = {sent(str(uuid4()))[1], sent("")[1], sent(key, "influencer")[1]}
    assert len(others - {answers[0][1]}) == 3, "another upload, one of a page of before, and another person's"


def test_deleted_files_go_for_good_after_a_month(world: Any) -> None:
    old, fresh = (make_picture(1, kind="wall", target_id=7) for _ in range(2))
    paths = [old.file.path, old.thumbnail.path]
    Attachment.objects.filter(pk=old.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    Attachment.objects.filter(pk=fresh.pk).update(deleted_at=timezone.now() - timedelta(days=29))
    for remove in ROOM.retention:
        remove()
    assert [os.path.exists(path) for path in paths] == [False, False]
    assert Attachment.objects.filter(pk=fresh.pk).exists()
    assert services.forget("wall", [7]) == 1


def test_what_a_killed_process_left_is_tidied_away(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    folder = workplace() / "left-behind"
    folder.mkdir()
    (folder / "source").write_bytes(b"x")
    os.utime(folder, (1, 1))
    assert tidy() == 1
    assert not folder.exists()
    assert stat.S_IMODE(workplace().stat().st_mode) == 0o700
