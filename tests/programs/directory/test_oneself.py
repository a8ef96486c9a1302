"""The form for what one shows, the photo, and asking somebody: words stay words, and nothing is lost silently."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.people import services as people
from programs.consents import services as consent_services
from programs.consents.models import Purpose
from programs.directory.models import Offer, Part, Profile
from tests.factories.attachments import picture_bytes
from tests.factories.directory import make_photo, make_profile

NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7|add:7 }}{% csrf_token %}",
    "</textarea><svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    "@[1] **bold** [x](javascript:alert(1))",
]


def url(world: Any, name: str = "directory", *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def filled(**more: Any) -> dict[str, Any]:
    return {"version": 0, "site": "Bremen", "helps": "Photos: also of metal\nWriting", "agrees": "on"} | more


# --- the form ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nasty", NASTY)
def test_words_stay_words(world: Any, sign_in: Any, nasty: str) -> None:
    shown = {f"show_{part}": "on" for part in Part}
    line = nasty.replace(":", " ")[:60]
    client = sign_in(world.influencer2)
    words = dict.fromkeys(("sentence", "department", "site"), nasty)
    data = filled(**words, pronouns=nasty[:30], helps=f"{line}: {nasty}", topics=line, **shown)
    assert client.post(url(world, "profile_edit"), data).status_code == 302
    world.influencer2.name = nasty
    people.change_profile(world.influencer2, by=world.influencer2)
    pages = [url(world), url(world, "person", world.influencer2.pk), url(world, "profile_edit")]
    for page in [*pages, f"{url(world)}?help={line}", f"{url(world)}?q={nasty}"]:
        html = client.get(page).content.decode()
        for live in ("<script>alert", "<img src=x", "<svg/onload", "' onmouseover='alert", 'href="javascript'):
            assert live not in html, page


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("javascript:alert(1)", "This is not a page address"),
        ("http://example.com/me", "must start with https://"),
        ("https://you@example.com/", "This is not a page address"),
        ("https://exämple.com/\u202egpj", "control character"),
        ("https://раураl.com/me", "This is not a page address"),
        ("https://example.com/" + "a" * 200, "longer than 200"),
        ("data:text/html,<script>", "This is not a page address"),
        ("\n".join(f"https://example.com/{n}" for n in range(6)), "at most 5 are possible"),
    ],
)
def test_odd_addresses_are_refused_with_their_line(world: Any, sign_in: Any, line: str, words: str) -> None:
    answer = sign_in(world.influencer2).post(url(world, "profile_edit"), filled(networks=line))
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Profile.objects.filter(user=world.influencer2).exists()


def test_a_profile_in_a_network_is_a_link_without_a_trace(world: Any, sign_in: Any) -> None:
    data = filled(networks="www.linkedin.com/in/me", show_networks="on")
    sign_in(world.influencer2).post(url(world, "profile_edit"), data)
    html = sign_in(world.coach).get(url(world, "person", world.influencer2.pk)).content.decode()
    assert '<a href="https://www.linkedin.com/in/me" rel="noopener noreferrer nofollow">' in html


@pytest.mark.parametrize(
    ("helps", "words"),
    [
        (": without a topic", "Line 1: The topic is missing"),
        ("Fine\n" + "x" * 61, "Line 2: A topic can have at most 60"),
        ("Fine: " + "x" * 141, "Line 1: There can be at most 140"),
        ("\n".join(f"Topic {n}" for n in range(9)), "9 lines, but at most 8"),
    ],
)
def test_lines_that_do_not_fit_are_named(world: Any, sign_in: Any, helps: str, words: str) -> None:
    answer = sign_in(world.influencer2).post(url(world, "profile_edit"), filled(helps=helps))
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_one_topic_written_twice_is_one(world: Any, sign_in: Any) -> None:
    sign_in(world.influencer2).post(url(world, "profile_edit"), filled(helps="Größe\ngroesse\nGRÖSSE: again"))
    assert list(Offer.objects.filter(profile__user=world.influencer2).values_list("label", flat=True)) == ["Größe"]


def test_two_tabs_lose_nothing_silently(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer2)
    client.post(url(world, "profile_edit"), filled(sentence="First"))
    first = filled(version=1, sentence="From tab one", show_site="on")
    second = filled(version=1, sentence="From tab two")
    assert client.post(url(world, "profile_edit"), first).status_code == 302
    answer = client.post(url(world, "profile_edit"), second)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "From tab one" in html, "each field shows what is stored now"
    assert "From tab two" in html, "what was typed is kept"
    assert "Saved in the meantime, e.g. in another tab: shown" in html
    assert Profile.objects.get(user=world.influencer2).sentence == "From tab one"
    assert client.post(url(world, "profile_edit"), second | {"version": 2}).status_code == 302
    assert Profile.objects.get(user=world.influencer2).sentence == "From tab two"


def test_the_same_twice_is_once(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer2)
    for _time in range(2):
        assert client.post(url(world, "profile_edit"), filled()).status_code == 302
    assert Profile.objects.get(user=world.influencer2).version == 1


# --- the photo --------------------------------------------------------------------------------------------------------


def upload(content: bytes, name: str = "me.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_photo_is_square_and_without_its_place(world: Any, sign_in: Any) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Erika"
    content = picture_bytes(size=(900, 1600), exif=exif)
    client = sign_in(world.influencer2)
    client.post(url(world, "profile_edit"), filled(photo=upload(content), show_photo="on"))
    photo = Profile.objects.get(user=world.influencer2).photo
    assert photo is not None
    kept = photo.file.read()
    assert (photo.width, photo.height) == (512, 512)
    assert b"Erika" not in kept
    answer = sign_in(world.coach).get(reverse("attachments:thumbnail", args=[photo.pk]))
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == (480, 480)


def test_a_small_photo_is_not_blown_up(world: Any, sign_in: Any) -> None:
    sign_in(world.influencer2).post(url(world, "profile_edit"), filled(photo=upload(picture_bytes(size=(60, 40)))))
    photo = Profile.objects.get(user=world.influencer2).photo
    assert photo is not None
    assert (photo.width, photo.height) == (40, 40)


@pytest.mark.parametrize("content", [b"", b"<svg onload='x()'/>", b"GIF89a", b"%PDF-1.7", b"\xff\xd8\xff"])
def test_what_is_no_photo_is_refused_and_the_rest_is_kept(world: Any, sign_in: Any, content: bytes) -> None:
    answer = sign_in(world.influencer2).post(url(world, "profile_edit"), filled(photo=upload(content)))
    assert answer.status_code == 422
    assert answer.context["form"].errors["photo"]
    assert "Photos: also of metal" in answer.content.decode()


def test_a_photo_that_is_too_large_takes_nothing_with_it(world: Any, sign_in: Any, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1000
    data = filled(show_helps="on") | {"photo": upload(b"x" * 100_000)}
    answer = sign_in(world.influencer2).post(url(world, "profile_edit"), data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "The file is larger than 20 MB." in html
    assert "Photos: also of metal" in html


def test_a_full_space_is_said_at_the_photo(world: Any, sign_in: Any, settings: Any) -> None:
    settings.ATTACHMENTS_PER_PERSON = 10
    answer = sign_in(world.influencer2).post(url(world, "profile_edit"), filled(photo=upload(picture_bytes())))
    assert answer.status_code == 422
    assert "Your file storage is full" in str(answer.context["form"].errors["photo"])
    assert not Profile.objects.filter(user=world.influencer2).exists()


def test_a_photo_is_shown_by_choice_only(world: Any, sign_in: Any) -> None:
    make_profile(world.program, world.influencer2, photo=make_photo(), shown=[])
    hidden = Profile.objects.get(user=world.influencer2).photo_id
    page = reverse("attachments:file", args=[hidden])
    assert sign_in(world.influencer2).get(page).status_code == 200
    assert sign_in(world.manager).get(page).status_code == 404
    assert str(hidden) not in sign_in(world.manager).get(url(world)).content.decode()
    photo = reverse("attachments:file", args=[world.profile.photo_id])
    for person, status in ((world.coach, 200), (world.executive, 403), (world.council, 403), (world.stranger, 404)):
        assert sign_in(person).get(photo).status_code == status


def test_a_removed_photo_is_gone_at_once(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    photo = reverse("attachments:file", args=[world.profile.photo_id])
    answer = client.post(url(world, "profile_edit"), {"version": 1, "without_photo": "on", "show_photo": "on"})
    assert answer.status_code == 302
    assert client.get(photo).status_code == 404
    html = client.get(url(world, "person", world.influencer.pk)).content.decode()
    assert '<img class="av' not in html


def test_nobody_else_hangs_pictures_on_a_page(world: Any, sign_in: Any) -> None:
    add = reverse("attachments:picture_add", args=["profile", world.profile.pk])
    for person, status in ((world.influencer, 403), (world.manager, 403), (world.stranger, 404)):
        assert sign_in(person).post(add, {"file": upload(picture_bytes())}).status_code == status


# --- asking -----------------------------------------------------------------------------------------------------------


def test_asking_begins_a_question_that_names_the_person(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer2)
    way = client.get(url(world, "person", world.influencer.pk)).context["ways"][0]
    page = client.get(way.url)
    assert page.context["form"]["text"].value() == "@Influencer "
    board = page.context["form"]["board"].value()
    assert next(each for each in page.context["boards"] if each.pk == board).asks
    assert client.get(url(world, "person", world.influencer.pk)).context["is_own"] is False
    assert sign_in(world.influencer).get(url(world, "person", world.influencer.pk)).context["ways"] == []
    odd = client.get(way.url.replace(f"ask={world.influencer.pk}", f"ask={world.stranger.pk}"))
    assert odd.context["form"]["text"].value() == "", "nobody from elsewhere is named"


def test_a_page_shows_posts_that_everybody_reads(world: Any, sign_in: Any) -> None:
    html = sign_in(world.manager).get(url(world, "person", world.influencer.pk)).content.decode()
    assert "May I post photos from the workshop?" in html
    assert "Thank you, I will." in html


def test_names_in_the_forum_lead_to_who_stands_there(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    topic = reverse("community:topic_detail", args=[world.program.slug, world.topic.pk])
    html = client.get(topic).content.decode()
    assert f'<a href="{url(world, "person", world.influencer.pk)}" data-card>Influencer</a>' in html
    assert url(world, "person", world.influencer2.pk) not in html
    consent_services.withdraw(world.program, [Purpose.DIRECTORY], by=world.influencer, channel="settings")
    assert url(world, "person", world.influencer.pk) not in client.get(topic).content.decode()
