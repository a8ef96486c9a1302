"""The whole journey in Chromium: a real database, a real worker, a real mail server."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from analytics.imports.models import ImportRun
from analytics.kpis.models import PublishRequest
from analytics.kpis.services import request_publication
from core.people.models import User
from programs.consents import notices
from programs.consents.access import granted
from programs.consents.models import Purpose
from programs.generations.models import Participant
from programs.membership.models import Program
from tests.browser.conftest import check_page, keep_picture
from tests.factories.generations import make_participant
from tests.factories.kpis import fill
from tests.factories.newsletters import make_readers
from tests.journeys.stage import (
    COMPANY,
    OWN_EXPORT,
    PASSWORD,
    link_in,
    mail_to,
    make_company,
    make_erika,
    running,
    text_of,
)
from tests.smtp_sink import SmtpSink
from tests.worker import wait_until
from tests.world import make_user

pytestmark = pytest.mark.browser


@pytest.fixture
def here(transactional_db: None) -> Any:
    return make_company()


@pytest.fixture
def sink(transactional_db: None, live_server: Any, settings: Any) -> Iterator[SmtpSink]:
    """What the site leaves to a worker gets done, and its mails arrive here."""
    with running(settings, live_server.url) as (sink, _):
        yield sink


def submit(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def toast(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text).first).to_be_visible()


def test_a_manager_signs_in_and_starts_a_program(here: Any, look: Any) -> None:
    page = look()
    page.goto("/")
    check_page(page)
    page.get_by_label("Email").fill(here.manager.email)
    page.get_by_label("Password").fill(PASSWORD)
    submit(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Maria")

    page.goto(reverse("programs:program_new"))
    check_page(page)
    page.get_by_role("link", name="Answer the first question", exact=True).click()
    check_page(page)
    page.get_by_label("First goal").fill("Be seen as an employer")
    page.get_by_label("Second goal").fill("Share what we know")
    submit(page, "Next")
    page.get_by_role("checkbox", name="Applicants").check()
    submit(page, "Next")
    page.get_by_role("radio", name="11 to 25 people").check()
    expect(page.get_by_label("Working time per week")).to_have_value("60")
    submit(page, "Next")
    page.get_by_role("radio", name="Austria").check()
    submit(page, "Next")
    page.get_by_role("radio", name="yes, and it knows about the program").check()
    submit(page, "Next")
    check_page(page)
    submit(page, "I don't know yet")
    page.get_by_role("checkbox", name="Human resources").check()
    submit(page, "Next")
    page.get_by_label("Name of the program").fill("Südlichter")
    page.get_by_label("Company", exact=True).fill("Südwerk GmbH")
    submit(page, "Next")
    expect(page.get_by_role("heading", level=1)).to_have_text("This is what will be created")
    check_page(page)
    keep_picture(page, "job-new-program")
    submit(page, "Create the program")
    expect(page.get_by_role("heading", level=1)).to_have_text("Concept")
    check_page(page)
    page.get_by_role("link", name="Timeline").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Program")
    expect(page.get_by_role("group", name="Timeline of 7 phases")).to_be_visible()
    check_page(page)
    keep_picture(page, "job-timeline")

    program = Program.objects.get(name="Südlichter")
    assert [goal.text for goal in program.goals.order_by("rank")] == ["Be seen as an employer", "Share what we know"]
    first = program.phases.get(position=1)

    page.goto(reverse("programs:phase_detail", args=[program.slug, first.pk]))
    if first.state == "planned":
        submit(page, "Start the phase")
        toast(page, "has started")
    items = [item.title.texts["en"] for item in first.items.order_by("position")]
    page.get_by_role("button", name=f"Done: {items[0]}").click()
    expect(page.get_by_role("button", name=f"Done: {items[0]}")).to_have_attribute("aria-pressed", "true")
    check_page(page)

    page.get_by_role("link", name="Finish the phase").click()
    check_page(page)
    page.get_by_role("radio", name="continue", exact=True).check()
    submit(page, "Finish the phase")  # what is left over goes along
    toast(page, "is finished")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    toast(page, "is open again")
    expect(page.get_by_role("link", name=items[1], exact=True)).to_be_visible()

    page.get_by_role("link", name=items[1], exact=True).click()
    page.get_by_role("link", name="Not applicable").click()
    page.get_by_label("Reason").fill("Nobody needs it here.")
    submit(page, "Save")
    expect(page.get_by_text("Nobody needs it here.")).to_be_visible()

    page.goto(reverse("programs:phase_detail", args=[program.slug, first.pk]))
    page.get_by_role("link", name=items[2], exact=True).click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("combobox", name="Owner").fill("maria man")
    page.get_by_role("option", name="Maria Manager (program manager)").click()
    page.get_by_label("Due").fill("2027-01-15")
    submit(page, "Save")
    page.get_by_label("Note").fill("Agreed with the board on Monday.")
    submit(page, "Add evidence")
    page.get_by_label("File").set_input_files(
        {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 minutes"}
    )
    submit(page, "Add evidence")
    expect(page.get_by_role("link", name="minutes.pdf")).to_be_visible()
    expect(page.get_by_text("Agreed with the board on Monday.")).to_be_visible()
    expect(page.get_by_text("15 January 2027")).to_be_visible()
    check_page(page)
    keep_picture(page, "job-item")

    page.goto(reverse("programs:phase_detail", args=[program.slug, first.pk]))
    page.get_by_role("link", name="Finish the phase").click()
    page.get_by_role("radio", name="continue", exact=True).check()
    submit(page, "Finish the phase")
    toast(page, "is finished")
    page.goto(reverse("programs:phase_detail", args=[program.slug, first.pk]))
    page.get_by_role("link", name="Reopen").click()
    submit(page, "Reopen")
    expect(page.get_by_text("Please say why in one sentence.").first).to_be_visible()
    page.get_by_label("Reason").fill("The works council asked for one more round.")
    submit(page, "Reopen")
    toast(page, "is open again")
    expect(page.get_by_text("The works council asked for one more round.")).to_be_visible()


def test_people_are_invited_and_one_joins_on_a_phone(here: Any, look: Any, sink: SmtpSink) -> None:
    make_participant(make_user("known"), here.generation)
    page = look(by=here.manager)
    page.goto(reverse("programs:people", args=[here.program.slug]))
    page.get_by_role("link", name="New generation").first.click()
    page.get_by_label("Name", exact=True).fill("Generation 2")
    page.get_by_label("Start", exact=True).fill("2027-01-11")
    page.get_by_role("spinbutton", name="Places").fill("12")
    submit(page, "Create and invite people")
    page.get_by_label("Paste addresses").fill(
        "Erika Beispiel <erika@nordwerk.example>\nno address\nknown@example.com\nErika@nordwerk.example"
    )
    submit(page, "Check the list")
    verdicts = [" ".join(row.casefold().split()) for row in page.get_by_role("row").all_inner_texts()[1:]]
    assert len(verdicts) == 4
    assert "erika@nordwerk.example" in verdicts[0]
    assert "new" in verdicts[0]
    assert all("new" not in verdict.split() for verdict in verdicts[1:]), verdicts
    check_page(page)
    keep_picture(page, "job-roster")
    page.get_by_label("Language of the invitation").select_option("de")
    submit(page, "Send invitations")

    mail = mail_to(sink, "erika@nordwerk.example")
    assert "Einladung" in mail["Subject"]
    phone = look(width=360, language="de")
    phone.goto(link_in(mail, "/invitation/"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("eingeladen")
    check_page(phone)
    keep_picture(phone, "job-invitation-phone")
    boxes = phone.get_by_role("checkbox")
    assert boxes.count() == len([text for text in notices.purposes() if not text.is_required]), "each one separate"
    assert not any(box.is_checked() for box in boxes.all()), "none ticked before"
    phone.get_by_label("Eigene Zahlen mitbringen").check()
    phone.get_by_label("Den Newsletter erhalten").check()
    phone.get_by_label("Ihr Name").fill("Erika Beispiel")
    phone.get_by_label("Passwort wählen").fill(PASSWORD)
    submit(phone, "Beitreten")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Onboarding")

    erika = User.objects.get(email="erika@nordwerk.example")
    assert erika.language == "de"
    assert granted(erika, here.program) == {Purpose.PARTICIPATION, Purpose.OWN_FIGURES, Purpose.NEWSLETTER}
    phone.get_by_role("button", name=re.compile("^Erledigt: ")).first.click()
    expect(phone.get_by_role("button", name=re.compile("^Wieder öffnen: "))).to_have_count(1)
    check_page(phone)
    keep_picture(phone, "job-path-phone")

    phone.get_by_role("link", name="Wenn Sie gehen möchten").click()
    phone.get_by_role("button", name=re.compile(" verlassen$")).click()
    phone.wait_for_load_state()
    assert Participant.objects.get(user=erika).state == "left"
    assert granted(erika, here.program) == set()
    check_page(phone)


def test_an_activity_is_logged_in_four_taps(here: Any, look: Any) -> None:
    erika = make_erika(here.generation)
    page = look(width=360, by=erika)
    page.goto("/")
    taps = 0

    def tap(target: Any) -> None:
        nonlocal taps
        target.tap()
        taps += 1

    tap(page.get_by_role("radiogroup", name="Kind of activity").get_by_role("radio", name=re.compile("^post$", re.I)))
    tap(page.get_by_role("radiogroup", name="Minutes").get_by_text("20"))
    tap(page.get_by_role("button", name="Log it"))
    expect(page.get_by_role("region", name="My week")).to_contain_text("20 of 60 minutes")
    assert taps <= 4
    check_page(page)
    keep_picture(page, "job-logged-phone")

    page.goto(reverse("analytics:activity_list", args=[here.program.slug]))
    page.locator(".rownote").get_by_role("link", name="Post").click()
    page.get_by_role("radiogroup", name="Minutes").get_by_text("30").tap()
    submit(page, "Save")
    expect(page.get_by_role("region", name="My week")).to_contain_text("30 of 60 minutes")
    page.locator(".rownote").get_by_role("link", name="Post").click()
    submit(page, "Delete this activity")
    expect(page.get_by_role("region", name="My week")).to_contain_text("0 of 60 minutes")
    page.get_by_role("status").get_by_role("button", name="Undo").tap()
    expect(page.get_by_role("region", name="My week")).to_contain_text("30 of 60 minutes")
    check_page(page)


def upload(page: Page, path: Any) -> None:
    page.get_by_label("File").set_input_files(path)
    submit(page, "Upload and check")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check import")


def test_erika_brings_her_own_figures(here: Any, look: Any, sink: SmtpSink) -> None:
    erika = make_erika(here.generation)
    page = look(width=360, by=erika)
    page.goto(reverse("analytics:import_new", args=[here.program.slug]))
    check_page(page)
    upload(page, OWN_EXPORT)
    check_page(page)
    keep_picture(page, "job-own-preview-phone")
    submit(page, "Apply now")
    expect(page.get_by_role("button", name="Undo this import")).to_be_visible()
    page.goto(reverse("analytics:mine", args=[here.program.slug]))
    expect(page.get_by_role("table").first).to_be_attached()
    check_page(page)
    keep_picture(page, "job-own-figures-phone")

    manager = look(by=here.manager)
    run = ImportRun.objects.get()
    for address in (
        reverse("analytics:mine", args=[here.program.slug]),
        reverse("analytics:import_detail", args=[here.program.slug, run.pk]),
    ):
        assert manager.request.get(address).status in (403, 404)


def test_the_company_page_is_imported_undone_and_imported_again(here: Any, look: Any, sink: SmtpSink) -> None:
    page = look(by=here.manager)
    page.goto(reverse("analytics:import_new", args=[here.program.slug]))
    upload(page, COMPANY / "linkedin-content.anonymised.xls")
    check_page(page)
    keep_picture(page, "job-company-preview")
    submit(page, "Apply now")
    submit(page, "Undo this import")
    expect(page.get_by_text("Undone: the figures are as if")).to_be_visible()
    page.get_by_role("link", name="Upload another file").click()
    upload(page, COMPANY / "linkedin-content.anonymised.xls")
    submit(page, "Apply now")
    expect(page.get_by_role("button", name="Undo this import")).to_be_visible()
    check_page(page)


def test_a_newsletter_reaches_each_reader_once(here: Any, look: Any, sink: SmtpSink) -> None:
    readers = make_readers(here.program, 7)
    make_erika(here.generation, Purpose.PARTICIPATION)  # she did not ask for the newsletter
    page = look(by=here.manager)
    page.goto(reverse("community:newsletters", args=[here.program.slug]))
    check_page(page)
    page.get_by_role("link", name="New issue").first.click()
    submit(page, "Start writing")
    page.get_by_label("Side by side").check()
    page.get_by_label("Subject DE").fill("Grüße aus dem Programm")
    page.get_by_label("Text DE").fill("# Guten Tag {{first_name}}\n\n[[contacts]]\n\n[[dates]]\n\n[[successes]]")
    page.get_by_label("Subject EN").fill("Greetings from the program")
    page.get_by_label("Text EN").fill("# Hello {{first_name}}\n\n[[contacts]]")
    submit(page, "Save")
    toast(page, "Saved.")
    shown = page.frame_locator("iframe[title='Preview of the email']")
    expect(shown.get_by_role("heading", name="Hello Maria")).to_be_visible()
    check_page(page)
    keep_picture(page, "job-newsletter")

    submit(page, "Send a test to me")
    toast(page, f"A test is on its way to {here.manager.email}.")
    test_mail = mail_to(sink, here.manager.email)
    assert "Maria" in text_of(test_mail)

    page.get_by_label("Text EN").fill("# Hello {{first_name}}\n\nTyped and not saved.")
    submit(page, "Send now")
    expect(page.get_by_text("Typed and not saved.")).to_be_visible()
    submit(page, "Send now")
    expect(page.get_by_role("heading", level=1)).to_have_text("Delivery")
    everybody = {reader.email for reader in readers}
    assert wait_until(lambda: len(sink.mails) >= 1 + len(everybody))
    expect(page.get_by_text("Finished", exact=True)).to_be_visible()
    assert sorted(mail["To"] for mail in sink.mails[1:]) == sorted(everybody)
    check_page(page)

    mail = mail_to(sink, readers[1].email)
    assert mail.get_content_type() == "multipart/alternative"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].strip("<>")
    phone = look(width=360, language="de")
    assert phone.request.get(link).ok
    assert Purpose.NEWSLETTER in granted(readers[1], here.program), "looking at the link changes nothing"
    assert phone.request.post(link, form={"List-Unsubscribe": "One-Click"}).ok
    assert Purpose.NEWSLETTER not in granted(readers[1], here.program)
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sie haben sich abgemeldet")
    check_page(phone)


def test_the_executive_reads_a_report_of_groups(here: Any, look: Any, sink: SmtpSink, tmp_path: Any) -> None:
    here.generation.delete()
    fill(here.program, here.today, sizes=(7, 2), weeks=14)
    request_publication(here.program.pk)
    assert wait_until(lambda: PublishRequest.objects.exclude(done_at=None).exists()), "the worker publishes"

    page = look(by=here.manager)
    page.goto(reverse("analytics:dashboard", args=[here.program.slug]))
    expect(page.get_by_role("figure").first).to_be_visible()
    for figure in page.get_by_role("figure").all():
        assert figure.locator(".say").inner_text().strip(), "a sentence stands above each chart"
        assert figure.get_by_role("table").or_(figure.get_by_text("As a table")).count(), "a table behind it"
    expect(page.get_by_text("too few people").first).to_be_attached()
    check_page(page)
    keep_picture(page, "job-dashboard")
    page.get_by_role("link", name="Create a report").click()
    check_page(page)
    page.get_by_role("group", name="Headline").get_by_label("English").fill("People are heard.")
    page.get_by_role("group", name="Headline").get_by_label("German").fill("Menschen werden gehört.")
    submit(page, "Freeze the report")
    expect(page.get_by_role("heading", level=1)).to_have_text("People are heard.")

    reader = look(by=here.executive)
    reader.goto("/")
    reader.goto(reverse("analytics:reports", args=[here.program.slug]))
    reader.get_by_role("link", name="People are heard.").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("People are heard.")
    check_page(reader)
    keep_picture(reader, "job-report")
    with reader.expect_download() as waiting:
        reader.get_by_role("link", name="PDF", exact=True).click()
    file = tmp_path / "report.pdf"
    waiting.value.save_as(file)
    text = " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert "People are heard." in text
    assert not [user.name for user in User.objects.filter(name__startswith="Person ") if user.name in text]
