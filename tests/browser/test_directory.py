"""On the phone somebody lists themselves; somebody else finds them and asks."""

from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from community.forum.models import Post, Topic
from programs.directory.models import Profile
from tests.browser.conftest import findings_of
from tests.factories.attachments import picture_bytes

DIRECTORY = "/p/nordlichter/directory/"
NASTY = '<img src=x onerror="document.title=1">'


def test_one_lists_oneself_on_the_phone_and_another_finds_and_asks(world: Any, look: Any, tmp_path: Path) -> None:
    photo = tmp_path / "me.jpg"
    photo.write_bytes(picture_bytes(size=(900, 1200)))
    phone = look(width=360, by=world.influencer2)
    phone.goto(DIRECTORY)
    assert findings_of(phone, in_both_lights=True) == []
    phone.get_by_role("link", name="Show what I can help with").click()
    assert findings_of(phone, in_both_lights=True) == []
    phone.get_by_label("Photo optional").set_input_files(photo)
    phone.get_by_label("Show to others: photo").check()
    phone.get_by_role("combobox", name="Site").fill("Kassel")
    phone.get_by_role("textbox", name="I can help with").fill(f"Welding: from the first seam on\n{NASTY}")
    phone.get_by_label("Show to others: I can help with").check()
    phone.get_by_role("button", name="Show me in the directory").click()
    expect(phone.get_by_text("Nothing is stored without your consent").first).to_be_visible()
    phone.get_by_label("Photo optional").set_input_files(photo)  # a browser forgets files
    phone.get_by_label("I want to be listed in the directory").check()
    phone.get_by_role("button", name="Show me in the directory").click()
    expect(phone.get_by_text("You are listed in the directory")).to_be_visible()
    assert findings_of(phone, in_both_lights=True) == []
    profile = Profile.objects.get(user=world.influencer2)
    assert (profile.site, profile.photo is not None) == ("Kassel", True)

    desk = look(by=world.coach)
    desk.goto(DIRECTORY)
    desk.get_by_placeholder("Name, place or topic").fill("weld")
    expect(desk.locator(".dir li")).to_have_count(1)
    assert findings_of(desk, in_both_lights=True) == []
    assert desk.title() != "1"
    desk.get_by_role("link", name="Influencer2").click()
    expect(desk.get_by_text("from the first seam on")).to_be_visible()
    expect(desk.get_by_text("Kassel")).to_have_count(0)
    expect(desk.locator(".personhead img")).to_have_js_property("naturalWidth", 480)
    assert findings_of(desk, in_both_lights=True) == []
    desk.get_by_role("link", name="Ask a question").click()
    expect(desk.get_by_label("What others should know")).to_have_value("@Influencer2 ")
    desk.get_by_label("Your question or your topic, in one sentence").fill("How do I begin to weld?")
    desk.get_by_role("button", name="Post it").click()
    expect(desk.get_by_role("heading", name="How do I begin to weld?")).to_be_visible()
    post = Post.objects.get(topic=Topic.objects.get(title="How do I begin to weld?"))
    assert post.text.strip() == f"@[{world.influencer2.pk}]"

    phone.goto(reverse("home:start"))
    assert phone.title() != "1"
    phone.goto(reverse("programs:profile_edit", args=["nordlichter"]))
    phone.get_by_role("link", name="Remove me from the directory").click()
    expect(phone.get_by_text("photo in the directory", exact=True)).to_be_visible()
