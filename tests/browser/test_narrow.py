"""Pages that were once wider than a phone, with what made them so."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from analytics.kpis import jobs
from programs.membership import team_services
from tests.browser.conftest import findings_of
from tests.factories.kpis import fill
from tests.factories.newsletters import make_issue


def test_the_settings_while_a_lead_is_asked_for(world: Any, look: Any) -> None:
    long = "maximiliane.von-der-langenwiese@nordwerk-international.example"
    for language, email in (("en", long), ("de", "max@example.com")):
        world.manager.language = language
        world.manager.save()
        team_services.ask_to_lead(world.program, email=email, name="Max", language="de", ends=True, by=world.admin)
        phone = look(width=360, by=world.manager, language=language)
        phone.goto("/p/nordlichter/settings/")
        expect(phone.get_by_text(email)).to_be_visible()
        assert findings_of(phone) == []


def test_the_figures_of_the_group(world: Any, look: Any) -> None:
    today = timezone.localdate()
    for old in (world.program.participants, world.program.generations, world.program.accounts):
        old.all().delete()
    fill(world.program, today, sizes=(7, 8), weeks=20)
    jobs.publish(world.program, today)
    phone = look(width=320, by=world.manager)
    phone.goto(reverse("analytics:dashboard", args=[world.program.slug]))
    expect(phone.locator(".gens")).to_be_visible()
    assert findings_of(phone) == []


def test_the_button_beside_a_search_keeps_its_width(world: Any, look: Any) -> None:
    phone = look(width=360, by=world.manager)
    phone.goto(reverse("community:newsletters", args=[world.program.slug]))
    button = phone.locator(".newsfind button")
    expect(button).to_be_visible()
    assert button.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_long_headings_of_a_letter(world: Any, look: Any) -> None:
    """Each is cut off in its line of the parts, and does not widen the page."""
    heading = "Was Sie in diesem Halbjahr gemeinsam erreicht haben"
    issue = make_issue(world.program, by=world.manager, body_de=f"# {heading}\n\nHallo\n\n## {heading}\n\nText")
    phone = look(width=360, by=world.manager, language="de")
    phone.goto(reverse("community:issue_edit", args=[world.program.slug, issue.pk]) + "?language=de")
    expect(phone.locator(".parts .name").first).to_have_text(heading)
    assert findings_of(phone) == []


def test_a_long_name_keeps_the_path_in_one_line(world: Any, look: Any) -> None:
    """Also at the desk: a second line of it would leave the page's head."""
    world.item.title = {"en": "Long " * 39}
    world.item.save()
    desk = look(width=1440, by=world.manager)
    desk.goto(reverse("programs:item_edit", args=[world.program.slug, world.item.pk]))
    path = desk.locator("nav.crumbs")
    expect(path.get_by_text("Edit")).to_be_visible()
    box = path.bounding_box()
    assert box is not None
    assert box["height"] < 30


def test_a_finger_that_presses_does_not_bring_the_bar_between(world: Any, look: Any) -> None:
    """The bar goes while one reads on. It came back on the way down, over what was pressed, and the press was lost."""
    phone = look(width=360, by=world.manager)
    phone.goto(reverse("programs:program_settings", args=[world.program.slug]))
    phone.mouse.move(180, 700)
    phone.mouse.wheel(0, 400)
    reading = "() => document.documentElement.classList.contains('is-reading')"
    phone.wait_for_function(reading)
    field = phone.locator("main input[type=text]:visible").first
    field.evaluate(
        "each => each.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))"
        " && each.focus({ preventScroll: true })"
    )
    assert phone.evaluate(reading)
    phone.keyboard.press("Tab")
    expect(phone.locator("html.is-reading")).to_have_count(0)
