"""A company's logo: beside the program's name, in its mails and on its papers."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from analytics.reports import pdf
from community.newsletters.letters import compose
from core.attachments.models import Attachment
from core.journal.models import Entry
from core.kit.papers import Paper, as_pdf
from core.kit.rooms import Told
from core.news import kinds
from core.news import letters as news_letters
from core.news.bundles import Bundle
from core.news.models import Notification
from programs.generations import letters
from programs.membership.models import Program
from programs.membership.sender import HIGH, WIDE, logo_of, logo_on_paper, sender_of
from programs.membership.verbs import MembershipVerb
from tests.factories.attachments import picture_bytes
from tests.factories.newsletters import make_issue


def upload(kind: str = "PNG", size: tuple[int, int] = (300, 100), name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(kind, size))


@pytest.fixture
def address(world: Any) -> str:
    return f"/p/{world.program.slug}/settings/logo/"


@pytest.fixture
def with_logo(world: Any, sign_in: Any, address: str) -> Program:
    assert sign_in(world.manager).post(address, {"picture": upload()}).status_code == 302
    return Program.objects.get(pk=world.program.pk)


def test_it_stands_beside_the_name_for_everybody(with_logo: Program, world: Any, sign_in: Any) -> None:
    home = sign_in(world.influencer).get(f"/p/{with_logo.slug}/").content.decode()
    picture = home.split('<img class="logo" src="')[1].split('"')[0]
    answer = Client().get(picture)  # mails show it too, and have nobody signed in
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    other = sign_in(world.stranger).get(f"/p/{world.other_program.slug}/").content.decode()
    assert '<img class="logo"' not in other


def test_a_new_one_takes_the_place_of_the_old(with_logo: Program, world: Any, sign_in: Any, address: str) -> None:
    former = with_logo.logo_id
    assert sign_in(world.manager).post(address, {"picture": upload(size=(50, 50))}).status_code == 302
    assert Program.objects.get(pk=with_logo.pk).logo_id != former
    assert Attachment.objects.get(pk=former).deleted_at is not None  # goes after the usual time
    assert Entry.objects.filter(verb=MembershipVerb.LOGO_CHANGED, program_id=with_logo.pk).count() == 2


def test_the_same_again_changes_nothing(with_logo: Program, world: Any, sign_in: Any, address: str) -> None:
    assert sign_in(world.manager).post(address, {"picture": upload()}).status_code == 302
    assert Program.objects.get(pk=with_logo.pk).logo_id == with_logo.logo_id
    assert Entry.objects.filter(verb=MembershipVerb.LOGO_CHANGED, program_id=with_logo.pk).count() == 1


def test_it_is_removed_by_a_choice_and_save(with_logo: Program, world: Any, sign_in: Any, address: str) -> None:
    assert sign_in(world.manager).post(address, {}).status_code == 422  # nothing was asked for
    assert sign_in(world.manager).post(address, {"without": "on"}).status_code == 302
    assert Program.objects.get(pk=with_logo.pk).logo_id is None
    assert '<img class="logo"' not in sign_in(world.manager).get(address).content.decode()


@pytest.mark.parametrize(("content", "name"), [(b"%PDF-1.7 no picture", "logo.png"), (b"<svg/>", "logo.svg")])
def test_what_is_no_picture_is_refused(content: bytes, name: str, world: Any, sign_in: Any, address: str) -> None:
    answer = sign_in(world.manager).post(address, {"picture": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert answer.context["form"].errors["picture"]
    assert Program.objects.get(pk=world.program.pk).logo_id is None


def test_only_who_leads_the_program_changes_it(world: Any, sign_in: Any, address: str) -> None:
    for person in (world.influencer, world.coach, world.executive, world.council, world.stranger):
        assert sign_in(person).post(address, {"picture": upload()}).status_code in (403, 404)
    assert Program.objects.get(pk=world.program.pk).logo_id is None


@pytest.mark.parametrize(
    ("size", "shown"), [((300, 100), (108, HIGH)), ((2000, 100), (WIDE, 11)), ((36, 36), (36, HIGH))]
)
def test_in_a_mail_it_has_its_shape(
    size: tuple[int, int], shown: tuple[int, int], world: Any, sign_in: Any, address: str
) -> None:
    sign_in(world.manager).post(address, {"picture": upload(size=size)})
    logo = logo_of(Program.objects.get(pk=world.program.pk))
    assert logo is not None
    assert (logo.width, logo.height) == shown
    assert logo.url.startswith("http")


def test_papers_carry_it_and_do_without(with_logo: Program, world: Any) -> None:
    paper = Paper("Title", "Author", "today", [], logo=logo_on_paper(with_logo))
    assert pictures_in(as_pdf(paper)) == 1
    assert logo_on_paper(world.other_program) == []
    Path(with_logo.logo.thumbnail.path).unlink()  # the file is lost: the paper is not
    assert logo_on_paper(Program.objects.get(pk=with_logo.pk)) == []


def test_a_report_carries_it(with_logo: Program, world: Any) -> None:
    world.report.program = with_logo
    first = pdf.make(world.report)
    assert pictures_in(first) == 1
    assert pdf.make(world.report) == first


def pictures_in(content: bytes) -> int:
    return sum(len(page.images) for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_an_invitation_begins_with_it(with_logo: Program, world: Any) -> None:
    world.invitation.program = with_logo
    html = letters.write(world.invitation).html
    assert f'src="{logo_of(with_logo).url}"' in html
    world.invitation.program = world.other_program
    assert "<img" not in letters.write(world.invitation).html


def test_a_newsletter_begins_with_it(with_logo: Program, world: Any) -> None:
    found = compose(make_issue(with_logo), "en", date(2026, 11, 2))
    assert f'src="{logo_of(with_logo).url}"' in found.as_mail()


def test_a_mail_about_news_begins_with_it(with_logo: Program, world: Any) -> None:
    row = Notification.objects.filter(program_id=with_logo.pk).first()
    told = Bundle(kinds.every()[0], "", [row], [Told("Which picture?", "/", program=with_logo.name)])
    for way in ("now", "daily"):
        (mail,) = news_letters.of(world.influencer, with_logo.pk, way, [told])
        assert f'src="{logo_of(with_logo).url}"' in mail.html


def test_the_sender_has_both_names(with_logo: Program) -> None:
    sender = sender_of(with_logo)
    assert sender.name == f"{with_logo.name} · {with_logo.company_name}"
    assert sender.logo == logo_of(with_logo)
