"""Writing by keyboard: a comment that names somebody, a newsletter with a list and a picture."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import FileChooser, expect

from community.forum import services as forum
from community.forum.models import Post
from core.attachments.models import Attachment
from core.comments.models import Comment
from core.writing import services as drafts
from core.writing.models import Draft
from programs.membership.models import Role
from tests.browser.conftest import findings_of
from tests.factories.attachments import picture_bytes
from tests.factories.checklists import make_item
from tests.factories.membership import make_member
from tests.factories.newsletters import make_issue
from tests.factories.phases import make_phase
from tests.journeys.stage import make_company

pytestmark = pytest.mark.browser


@pytest.fixture
def here(transactional_db: None) -> Any:
    here = make_company()
    here.item = make_item(make_phase(here.program, state="active", started_on=here.today))
    here.issue = make_issue(here.program, by=here.manager, body_en="Hello")
    return here


@pytest.mark.parametrize("width", [1440, 360])
def test_a_comment_by_keyboard(here: Any, look: Any, width: int) -> None:
    page = look(by=here.manager, width=width)
    address = reverse("programs:item_detail", args=[here.program.slug, here.item.pk])
    page.goto(address)
    box = page.get_by_label("Comment", exact=True)
    box.focus()
    page.keyboard.type("Thanks @")
    expect(page.get_by_role("option").first).to_be_visible()
    name = page.get_by_role("option").first.inner_text()
    page.keyboard.press("Enter")
    page.keyboard.type("it is")
    page.keyboard.press("Shift+Control+ArrowLeft")
    page.keyboard.press("Control+b")
    expect(box).to_have_value(f"Thanks @{name} it **is**")
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.get_by_role("region", name="Preview").locator("strong").last).to_have_text("is")
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    page.reload()
    expect(box).to_have_value(f"Thanks @{name} it **is**")
    page.get_by_role("button", name="Post the comment").press("Enter")
    expect(page.locator(".said")).to_have_count(1)
    expect(box).to_have_value("")
    page.get_by_role("button", name="Delete the comment").press("Enter")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(".said:target")).to_have_count(1)
    assert Comment.objects.present().count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_newsletter_by_keyboard(here: Any, look: Any, live_server: Any, settings: Any) -> None:
    settings.SITE_URL = live_server.url
    page = look(by=here.manager)
    asked_for: list[FileChooser] = []
    # Heard from the beginning: the browser hands choosers over only some time after it was told to.
    page.on("filechooser", lambda chooser: asked_for.append(chooser))
    page.goto(reverse("community:issue_edit", args=[here.program.slug, here.issue.pk]))
    box = page.locator("#id_body_en")
    box.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\n/num")
    page.keyboard.press("Enter")
    page.keyboard.type("one\ntwo\n\nend")
    expect(box).to_have_value("Hello\n\n1. one\n2. two\n\nend")
    page.keyboard.press("Control+End")
    page.keyboard.type("\n/")
    menu = page.get_by_role("listbox", name="Insert")
    for group, line, says in (("From the program", "Upcoming dates", "next five dates"), ("Writing", "Quote", "said")):
        option = menu.get_by_role("group", name=group).get_by_role("option", name=line)
        expect(option.locator("small")).to_contain_text(says)
        expect(option.locator("svg")).to_have_count(1)
    assert findings_of(page, in_both_lights=True) == []
    page.keyboard.type("pict")  # those whose name says it
    page.keyboard.press("Enter")
    expect(box).to_have_value(re.compile(r"end\n$"))
    if not asked_for:
        page.wait_for_event("filechooser")
    asked_for[0].set_files({"name": "Test rig.png", "mimeType": "image/png", "buffer": picture_bytes("PNG")})
    asked = page.get_by_role("dialog", name="What does the picture show?")
    expect(asked.get_by_label("Description")).to_be_focused()
    assert findings_of(page, in_both_lights=True) == []
    page.keyboard.press("Enter")
    expect(asked).to_be_visible()  # a word is wanted, or the mark below
    page.keyboard.type("The rig at night")
    page.keyboard.press("Enter")
    expect(asked).to_be_hidden()
    expect(box).to_have_value(re.compile(r"end\n!\[The rig at night\]\(attachment:[0-9a-f-]{36}\)$"))
    expect(box).to_be_focused()
    shown = page.frame_locator("#preview iframe")
    page.get_by_role("link", name="English", exact=True).click()
    expect(shown.get_by_alt_text("The rig at night")).to_have_js_property("naturalWidth", 60)

    box.fill("Hello\n\n[[dates]]\n\n## One\n\nText")
    page.keyboard.press("Control+End")
    page.keyboard.type("\n/dates")
    expect(menu.get_by_role("option").first).to_have_text("Upcoming dates already in this text")
    page.keyboard.press("Escape")
    for _each in "\n/dates":
        page.keyboard.press("Backspace")
    parts = page.locator("[data-part]")
    expect(parts).to_have_text(["Hello", "Upcoming dates", "One"])
    page.get_by_role("button", name="Move down: Hello").press("Alt+ArrowDown")
    expect(box).to_have_value("[[dates]]\n\nHello\n\n## One\n\nText")
    expect(page.get_by_role("button", name="Move down: Hello")).to_be_focused()
    parts.nth(2).drag_to(parts.nth(0))
    expect(box).to_have_value("## One\n\nText\n\n[[dates]]\n\nHello")
    expect(page.locator("#save-state")).to_contain_text("Moved.")
    assert findings_of(page, in_both_lights=True) == []
    page.get_by_role("button", name="Undo the move").press("Enter")
    expect(box).to_have_value("[[dates]]\n\nHello\n\n## One\n\nText")


def test_two_pictures_are_asked_about_one_after_the_other(
    here: Any, look: Any, live_server: Any, settings: Any
) -> None:
    """One decorates, of the other nothing is said: the checks find that one and lead to it."""
    settings.SITE_URL = live_server.url
    page = look(by=here.manager)
    page.goto(reverse("community:issue_edit", args=[here.program.slug, here.issue.pk]) + "?language=en")
    box = page.locator("#id_body_en")
    box.fill("Hello\n\n")
    page.locator('.fields[lang="en"] [data-md-file]').set_input_files(
        [{"name": f"IMG_471{number}.png", "mimeType": "image/png", "buffer": picture_bytes("PNG")} for number in (1, 2)]
    )
    asked = page.get_by_role("dialog", name="What does the picture show?")
    asked.get_by_text("Crop", exact=True).click()
    for edge, presses in (("Left", 50), ("Right", 70)):  # the second stops where something has to be left
        asked.get_by_role("slider", name=edge).focus()
        for _ in range(presses):
            page.keyboard.press("ArrowRight")
    expect(asked.get_by_role("slider", name="Right")).to_have_value("40")
    shown = asked.locator("img").bounding_box()
    assert shown
    page.mouse.move(shown["x"] + 1, shown["y"] + 1)
    page.mouse.down()
    page.mouse.move(shown["x"] + shown["width"] / 2, shown["y"] + shown["height"] - 1)
    page.mouse.up()
    expect(asked.get_by_role("slider", name="Right")).to_have_value("50")
    assert findings_of(page, in_both_lights=True) == []
    asked.get_by_role("checkbox", name="Decorative").check()
    expect(asked.get_by_label("Description")).to_be_disabled()
    asked.get_by_role("button", name="Add the picture").click()
    expect(box).to_have_value(re.compile(r'!\[\]\(attachment:[0-9a-f-]{36} "decorative"\)'))
    expect(asked.get_by_label("Description")).to_be_enabled()
    expect(asked.get_by_role("slider", name="Right", include_hidden=True)).to_have_value("0")
    cut = Attachment.objects.get(pk=re.search(r"attachment:([0-9a-f-]{36})", box.input_value())[1])
    assert 29 <= (cut.width or 0) <= 31, "half of 60"
    asked.get_by_role("button", name="Later").click()
    expect(page.get_by_text("This picture has no description yet")).to_be_visible()
    expect(box).to_have_value(re.compile(r"!\[\]\(attachment:[0-9a-f-]{36}\)"))
    assert "IMG" not in box.input_value()
    fault = page.locator("#checks .fault", has_text="A picture has no alternative text")
    expect(fault).to_have_count(1)
    expect(page.locator("#mark-en")).to_have_text("1 missing")
    page.locator("label:has(#tab-de)").click()
    fault.get_by_role("link", name="Show the place").click()
    expect(box).to_be_focused()
    assert "](attachment:" in box.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert findings_of(page, in_both_lights=True) == []


def test_without_scripts_it_is_a_plain_field(here: Any, browser: Any, live_server: Any, client: Any) -> None:
    client.force_login(here.manager)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en")
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("programs:item_detail", args=[here.program.slug, here.item.pk]))
    expect(page.get_by_role("toolbar")).to_have_count(0)
    page.get_by_label("Comment", exact=True).fill("Plain")
    page.get_by_role("button", name="Post the comment").click()
    expect(page.locator(".said .prose")).to_have_text("Plain")
    context.close()


def test_a_lost_connection_and_a_second_window_lose_nothing(here: Any, look: Any) -> None:
    """Title, board, text and poll come back; what was typed without a connection is kept once it is there again."""
    forum.open_forum(here.program, by=here.manager)
    address = reverse("community:topic_new", args=[here.program.slug])
    page = look(by=here.manager)
    page.goto(address)
    page.get_by_label("Your question or your topic").fill("A day at the pier")
    expect(page.locator("[data-md-state]")).to_contain_text("Draft saved")
    page.context.set_offline(True)
    page.get_by_label("What others should know").press_sequentially("Who comes along?")
    page.get_by_text("Ideas", exact=True).click()
    expect(page.locator("[data-unkept]")).to_be_attached()
    page.context.set_offline(False)
    expect(page.locator("[data-unkept]")).not_to_be_attached()
    other = page.context.new_page()
    other.goto(address)
    expect(other.get_by_label("Your question or your topic")).to_have_value("A day at the pier")
    expect(other.get_by_label("What others should know")).to_have_value("Who comes along?")
    expect(other.get_by_role("radio", name="Ideas")).to_be_checked()
    other.get_by_label("What others should know").fill("Written over there")
    expect(other.locator("[data-md-state]")).to_contain_text("Draft saved")
    page.get_by_label("What others should know").fill("Written here")
    expect(page.locator("[data-md-state]")).to_contain_text("in another window")
    page.get_by_role("button", name="Keep this one").click()
    expect(page.locator("[data-md-state]")).to_contain_text("Draft saved")
    other.reload()
    expect(other.get_by_label("What others should know")).to_have_value("Written here")
    look.complaints[:] = [each for each in look.complaints if not each.endswith("/writing/draft/")]  # as is meant here


ON_DEVICE = "() => Object.keys(localStorage).filter(name => name.startsWith('draft.')).length"


def test_what_was_typed_without_a_connection_outlives_the_window(here: Any, look: Any) -> None:
    """It stays on this device, comes back on return, and goes once the site has it."""
    forum.open_forum(here.program, by=here.manager)
    address = reverse("community:topic_new", args=[here.program.slug])
    page = look(by=here.manager, width=360)
    page.goto(address)
    page.get_by_label("Your question or your topic").fill("A day at the pier")
    state = page.locator("[data-md-state]")
    expect(state).to_contain_text("Draft saved")
    assert page.evaluate(ON_DEVICE) == 0
    page.context.set_offline(True)
    page.get_by_label("What others should know").press_sequentially("Who comes")
    expect(state).to_contain_text("Saved on this device only for now")
    page.get_by_label("What others should know").press_sequentially(" along?")
    page.goto("about:blank")  # at once: nothing waits for the usual pause
    page.context.set_offline(False)
    page.goto(address)
    expect(page.get_by_label("What others should know")).to_have_value("Who comes along?")
    expect(page.get_by_label("Your question or your topic")).to_have_value("A day at the pier")
    expect(state).to_contain_text("Draft saved")
    assert page.evaluate(ON_DEVICE) == 0
    key = Draft.objects.get().key

    # something else was saved meanwhile: both are there, and the writer decides
    page.context.set_offline(True)
    page.get_by_label("What others should know").fill("Written here")
    expect(state).to_contain_text("Saved on this device only for now")
    page.close()
    drafts.keep_draft(here.manager, key, "Written over there")
    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(address)
    expect(again.get_by_label("What others should know")).to_have_value("Written over there")
    expect(again.get_by_text("This device still has a text")).to_be_visible()
    assert findings_of(again, in_both_lights=True) == []
    again.get_by_role("button", name="Show it here").click()
    expect(again.get_by_label("What others should know")).to_have_value("Written here")
    expect(again.locator("[data-md-state]").first).to_contain_text("Draft saved")
    assert again.evaluate(ON_DEVICE) == 0
    assert Draft.objects.get().text == "Written here"
    look.complaints.clear()  # what was asked for without a connection


def test_an_edit_that_was_begun_waits_and_can_be_discarded(here: Any, look: Any) -> None:
    """It waits for its writer, and what the post says now comes back with one press."""
    forum.open_forum(here.program, by=here.manager)
    post = Post.objects.order_by("pk").first()
    assert post is not None
    page = look(by=here.manager, width=360)
    address = reverse("community:post_edit", args=[here.program.slug, post.pk])
    page.goto(address)
    area, state = page.get_by_label("Your post"), page.locator("[data-md-state]")
    before = area.input_value()
    area.fill("Other words")
    expect(state).to_contain_text("Draft saved")
    area.fill(before)  # as it stands there: nothing was begun
    expect(state).to_be_empty()
    assert not Draft.objects.exists()
    page.context.set_offline(True)
    area.fill("Words on the train")
    expect(state).to_contain_text("Saved on this device only for now")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    expect(area).to_have_value("Words on the train")
    expect(state).to_contain_text("Draft saved")
    page.reload()
    expect(area).to_have_value("Words on the train")
    page.get_by_role("button", name="Discard").click()
    expect(area).to_have_value(before)
    expect(state).to_be_empty()
    page.reload()
    expect(area).to_have_value(before)
    assert not Draft.objects.exists()
    look.complaints.clear()  # what was asked for without a connection


def test_nothing_stays_on_the_device_of_who_signs_out_or_asks_without_a_name(here: Any, look: Any) -> None:
    forum.open_forum(here.program, by=here.manager)
    page = look(by=here.manager)
    page.goto(reverse("community:question_box", args=[here.program.slug]))
    page.context.set_offline(True)
    page.locator("main textarea").first.fill("May I say no?")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(reverse("community:topic_new", args=[here.program.slug]))
    assert page.evaluate(ON_DEVICE) == 0
    page.context.set_offline(True)
    page.get_by_label("What others should know").fill("Who comes along?")
    expect(page.locator("[data-md-state]")).to_contain_text("Saved on this device only for now")
    other = page.context.new_page()
    page.context.set_offline(False)
    other.goto(reverse("people:profile"))
    assert other.evaluate(ON_DEVICE) == 0, "saved as soon as the line was back"
    page.route("**/writing/draft/", lambda route: route.abort())  # the site cannot be reached, the browser is online
    page.get_by_label("What others should know").fill("Who comes along today?")
    expect(page.locator("[data-md-state]")).to_contain_text("Saved on this device only for now")
    assert other.evaluate(ON_DEVICE) == 1
    other.locator("main form[action$='/logout/'] button").click()
    other.wait_for_load_state()
    assert other.evaluate(ON_DEVICE) == 0
    page.get_by_label("What others should know").fill("Who comes along tomorrow?")
    expect(page.locator("[data-unkept]")).to_be_attached()
    page.close()
    assert other.evaluate(ON_DEVICE) == 0
    look.complaints.clear()  # what was asked for without a connection


def test_two_writers_and_a_lost_connection_lose_nothing_of_a_newsletter(here: Any, look: Any) -> None:
    """In two languages at once; what is typed without a connection stays on this device and is sent by itself."""
    address = reverse("community:issue_edit", args=[here.program.slug, here.issue.pk])
    colleague = make_member(here.program, "colleague", role=Role.MANAGER).user
    first, second = look(by=here.manager, width=360), look(by=colleague)
    for page in (first, second):
        page.goto(f"{address}?language=en")
    german, english = second.locator("#id_body_de"), first.locator("#id_body_en")
    second.locator("label:has(#tab-de)").click()
    german.fill("Guten Tag")
    expect(second.locator("#save-state")).to_contain_text("saved at")
    english.fill("Hello all")
    expect(first.locator("#save-state")).to_contain_text("has changed this, and it is kept: German, Text")
    expect(first.locator("#id_body_de")).to_have_value("Guten Tag")

    state = first.locator("#save-state")
    first.context.set_offline(True)
    english.fill("Hello everybody")
    expect(state).to_contain_text("Not saved yet. We try again. Your text is kept on this device.")
    assert findings_of(first, in_both_lights=True) == []
    assert first.evaluate(ON_DEVICE) == 1
    first.context.set_offline(False)
    expect(state).to_contain_text("saved at")
    assert first.evaluate(ON_DEVICE) == 0

    first.context.set_offline(True)
    english.fill("Hello there")
    first.goto("about:blank")  # at once: nothing waits for the usual pause
    german.fill("Hallo zusammen")
    expect(second.locator("#save-state")).to_contain_text("has changed this")
    first.context.set_offline(False)
    first.goto(f"{address}?language=en")
    expect(english).to_have_value("Hello there")
    expect(state).to_contain_text("saved at")
    here.issue.refresh_from_db()
    assert here.issue.body.texts == {"de": "Hallo zusammen", "en": "Hello there"}
    assert first.evaluate(ON_DEVICE) == 0
    look.complaints.clear()  # what was asked for without a connection
