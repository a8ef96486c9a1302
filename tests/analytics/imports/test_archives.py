"""Archives of one's own data: posts and their texts, what is only counted, what is not opened, and what is refused."""

import csv
import io
import json
import random
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Post, Reading
from analytics.sources.sandbox import Parsed, Refused, read_file
from core.sheets import archive
from core.sheets.cells import Unreadable
from tests.analytics.imports.flow import applied, page, read, undone, upload, url
from tests.factories.imports import SYNTHETIC

LINKEDIN = SYNTHETIC / "Complete_LinkedInDataExport_11-14-2026.zip"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def note(number: int, text: str, to: str = PUBLIC) -> dict[str, Any]:
    url = f"https://social.example/@erika/{number}"
    what = {
        "type": "Note",
        "id": url,
        "url": url,
        "published": f"2026-10-0{number}T07:00:00Z",
        "content": text,
        "to": [to],
    }
    return {"type": "Create", "object": what}


OUTBOX = {
    "type": "OrderedCollection",
    "totalItems": 9,
    "orderedItems": [
        note(1, "<p>Drei Irrtümer</p><p>über das Härten &amp; mehr</p>"),
        note(2, "<p>only friends</p>", to="https://social.example/followers"),
        {"type": "Announce", "object": "https://other.example/1"},
        note(3, "<script>alert(1)</script>second"),
    ],
}
PARTS = {
    "outbox.json": json.dumps(OUTBOX).encode(),
    "actor.json": b'{"preferredUsername": "erika"}',
    "likes.json": b"{}",
    "media_attachments/a.png": b"x" * 10,
}

PROFILE = {"Profile.csv": b"First Name,Last Name\nErika,Beispiel\n"}
BASIC = {"Profile.csv": b"First Name,Last Name\nA,B\n", "Connections.csv": b""}


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


def taped(parts: dict[str, bytes], link: str = "") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as target:
        for name, content in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            target.addfile(info, io.BytesIO(content))
        if link:
            info = tarfile.TarInfo("outbox.json")
            info.type, info.linkname = tarfile.SYMTYPE, link
            target.addfile(info)
    return made.getvalue()


@pytest.fixture(autouse=True)
def erika(world: Any) -> None:
    ImportRun.objects.all().delete()
    world.influencer.name = "Erika Beispiel"
    world.influencer.save()


def test_the_posts_of_linkedins_archive_are_those_of_its_table(world: Any, sign_in: Any) -> None:
    """Every cell beside an independent reading of the same file."""
    client = sign_in(world.influencer)
    run = read(upload(client, world, LINKEDIN))
    assert (run.kind, run.state, run.rows_new) == ("linkedin_archive", RunState.PREVIEW, 0), run.message
    shown = page(client, world, run)
    assert "Drei Lehren aus dem Pilotprojekt" in shown
    assert "4 comments, 3 reactions and" in shown
    assert "Apply 7 posts" in shown
    for name in ("Ad_Targeting.csv", "Articles/Articles/2026-10-01-beitrag.html", "Connections.csv"):
        assert name in shown
    assert "Mustermann" not in json.dumps(run.preview)
    assert 'Earl Grey\\" Team' not in json.dumps(run.preview)
    assert "activities/new/?url=" not in shown
    run = applied(client, world, run)
    shown = page(client, world, run)
    assert shown.count("activities/new/?url=") == 7, "each post can be logged; the log asks where it is known"
    with zipfile.ZipFile(LINKEDIN) as source:
        text = source.read("Shares_155814142.csv").decode()
    table = {row["ShareLink"].replace("%3A", ":"): row for row in csv.DictReader(io.StringIO(text, newline=""))}
    posts = {post.url.replace("%3A", ":"): post for post in Post.objects.filter(account=world.account)}
    assert posts.keys() == table.keys()
    for link, post in posts.items():
        assert post.title == table[link]["ShareCommentary"]
        assert post.published_at.strftime("%Y-%m-%d %H:%M") == table[link]["Date"][:16]
    assert not Reading.objects.filter(account=world.account).exists()
    undone(client, world, run)
    assert not Post.objects.filter(account=world.account).exists()


def test_it_is_the_owners_alone(world: Any, sign_in: Any) -> None:
    run = read(upload(sign_in(world.manager), world, LINKEDIN, whose="company"))
    assert (run.state, run.message["code"]) == (RunState.REFUSED, "personal_file")
    run = read(upload(sign_in(world.influencer2), world, LINKEDIN))
    assert (run.state, run.message["code"]) == (RunState.QUESTION, "other_name")


@pytest.mark.parametrize(("name", "make"), [("archive-2026.zip", zipped), ("archive-2026.tar.gz", taped)])
def test_mastodons_archive_gives_public_posts(world: Any, sign_in: Any, name: str, make: Any) -> None:
    client = sign_in(world.influencer)
    run = read(upload(client, world, make(PARTS), name))
    assert run.message["code"] == "other_account", "no archive is taken for somebody's without asking"
    client.post(url(world, "import_answer", run.pk), {"answer": "yes"})
    run = read(run)
    shown = page(client, world, run)
    assert "1 shared posts of others and 1 posts that are not public" in shown
    assert "likes.json" in shown
    run = applied(client, world, run)
    assert run.account.network == "mastodon"
    titles = dict(Post.objects.filter(account=run.account).values_list("url", "title"))
    assert titles == {
        "https://social.example/@erika/1": "Drei Irrtümer\nüber das Härten & mehr",
        "https://social.example/@erika/3": "alert(1)second",
    }


def encrypted() -> bytes:
    plain = bytearray(zipped({"Shares.csv": b"Date,ShareLink\n"}))
    at = plain.index(b"PK\x01\x02")
    plain[at + 8] |= 1
    return bytes(plain)


REFUSED = {
    "bomb in a zip": ("a.zip", lambda: zipped({"Shares.csv": b" " * 60_000_000}), "unpacked_size"),
    "path out of a zip": ("a.zip", lambda: zipped({"../../etc/Shares.csv": b"x"}), "unsafe_names"),
    "drive in a zip": ("a.zip", lambda: zipped({"C:\\Shares.csv": b"x"}), "unsafe_names"),
    "path out of a tape": ("a.tar.gz", lambda: taped({"/etc/outbox.json": b"x"}), "unsafe_names"),
    "password": ("a.zip", encrypted, "archive_encrypted"),
    "cut short": ("a.zip", lambda: LINKEDIN.read_bytes()[:900], "damaged"),
    "cut tape": ("a.tar.gz", lambda: taped(PARTS)[:-40], "damaged"),
    "nothing of ours": ("a.zip", lambda: zipped({"holiday.jpg": b"x"}), "archive_unknown"),
    "an archive within": ("a.zip", lambda: zipped({"inner.zip": zipped(PARTS)}), "archive_unknown"),
    "basic archive": (
        "a.zip",
        lambda: zipped(BASIC),
        "archive_empty",
    ),
    "no archive": ("a.zip", lambda: b"date,metric,value\n", "type_mismatch"),
    "a name that is no text": ("a.tar.gz", lambda: taped({"\udcff\udcfe.txt": b"x"}), "archive_unknown"),
    "a link": ("a.tar.gz", lambda: taped({}, link="/etc/passwd"), "archive_unknown"),
    "broken JSON": ("a.zip", lambda: zipped({"outbox.json": b"{"}), "damaged"),
    "deep JSON": ("a.zip", lambda: zipped({"outbox.json": b"[" * 100_000}), "damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_means_harm_or_says_nothing_is_refused_in_words(world: Any, sign_in: Any, case: str) -> None:
    client = sign_in(world.influencer)
    name, make, code = REFUSED[case]
    run = read(upload(client, world, make(), name))
    assert (run.state, run.message.get("code")) == (RunState.REFUSED, code)
    assert "Nothing was stored." in page(client, world, run)


def test_a_tape_that_never_ends_is_left_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LONGEST_TAPE", 1 << 20)
    path = tmp_path / "a.tar.gz"
    path.write_bytes(taped({"media/film.mp4": b"\0" * (3 << 20), **PARTS}))
    with pytest.raises(Unreadable, match="unpacked_size"):
        archive.parts_of(path, lambda name: name == "outbox.json")


def test_the_pictures_of_years_and_long_texts_are_no_harm(world: Any, sign_in: Any) -> None:
    """Ten thousand parts, the table of their names, and a table that is half a megabyte however it is packed."""
    words = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz ", k=900_000))
    rows = [
        f"2026-10-01 07:00:00,https://www.linkedin.com/feed/update/urn:li:share:{7_400_000_000_000_000_000 + n},{text}"
        for n, text in enumerate(words[at : at + 3_000] for at in range(0, len(words), 3_000))
    ]
    shares = "\n".join(["Date,ShareLink,ShareCommentary", *rows]).encode()
    parts = {f"Media/{number}-{'a-long-name' * 3}.jpg": b"" for number in range(10_000)}
    run = read(upload(sign_in(world.influencer), world, zipped({**PROFILE, "Shares.csv": shares, **parts}), "a.zip"))
    assert (run.state, run.posts_new) == (RunState.PREVIEW, 300), run.message


def test_too_many_parts_are_said_by_their_own_limit(world: Any, sign_in: Any) -> None:
    parts = {f"{number}.jpg": b"" for number in range(archive.MOST_PARTS + 1)}
    run = read(upload(sign_in(world.influencer), world, zipped(parts), "a.zip"))
    assert (run.state, run.message["code"]) == (RunState.REFUSED, "too_many_parts")
    assert run.message["params"]["limit"] == archive.MOST_PARTS


def test_the_posts_of_x_are_read_without_the_rest_of_the_archive(tmp_path: Path) -> None:
    at = "Fri Oct 02 07:14:09 +0000 2026"
    posts = [
        {"tweet": {"id_str": f"184000000000000000{number}", "created_at": at, "full_text": text}}
        for number, text in enumerate(("Ovens", "RT @a: b"), start=1)
    ]
    path = tmp_path / "tweets.js"
    path.write_text("window.YTD.tweets.part0 = " + json.dumps(posts))
    outcome = read_file(path, name="tweets.js", into=tmp_path)
    assert isinstance(outcome, Parsed), outcome
    assert (outcome.file.kind, outcome.file.accounts, outcome.file.posts_written) == ("x_archive", ["X"], 1)
    assert outcome.file.listed == [["2026-10-02", "Ovens", "https://x.com/i/status/1840000000000000001"]]
    path.write_text("window.alert = 1")
    assert read_file(path, name="tweets.js", into=tmp_path) == Refused("json")
