"""Every text of the newsletter to start from, and every letter of the welcome, as mail programs draw them: narrow and
wide, light and dark, in both languages. `PICTURES=1` keeps what was drawn."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from community.journeys import letters as journeys
from community.journeys import services as journey_services
from community.newsletters import letters, services, templates
from tests.browser.conftest import keep_picture
from tests.factories.newsletters import make_sent
from tests.house.nesting import wrong_in

WINDOWS = ((320, "light"), (320, "dark"), (760, "light"), (760, "dark"))
LANGUAGES = ("de", "en")
# Sideways scroll, text that is cut off or leaves its window, and contrast: 4.5, of large letters 3 (WCAG 1.4.3).
LOOK = """() => {
  const found = [], root = document.documentElement;
  if (root.scrollWidth > innerWidth + 1) found.push(`scrolls sideways: ${root.scrollWidth}`);
  const light = colour => { const [r, g, b] = colour.map(each => { const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const colour = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const ground = element => { for (let each = element; each; each = each.parentElement) {
    const at = colour(getComputedStyle(each).backgroundColor);
    if (at.length == 3 || at[3] == 1) return at.slice(0, 3); }
    return [255, 255, 255]; };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode, words = text.textContent.trim(), element = text.parentElement;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    if (!words || style.display == 'none' || box.width < 2 || style.visibility == 'hidden') continue;
    if (box.right > innerWidth + 1 || box.left < -1) found.push(`leaves the window: ${words.slice(0, 40)}`);
    if (style.overflow != 'visible' && element.scrollWidth > element.clientWidth + 1)
      found.push(`cut: ${words.slice(0, 40)}`);
    const a = light(colour(style.color).slice(0, 3)), b = light(ground(element));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < least) found.push(`contrast ${ratio.toFixed(2)} of ${style.color}: ${words.slice(0, 40)}`);
  }
  return found;
}"""


def mails(world: Any) -> Iterator[tuple[str, str]]:
    """A name and the HTML part as it goes out."""
    for template in templates.issue_templates():
        issue = services.write_issue(world.program, by=world.manager, template=template.key)
        for language in LANGUAGES:
            yield f"{template.key}-{language}", letters.compose(issue, language, world.today).as_mail()
    welcome = journey_services.make_welcome(world.program, by=world.manager)
    for letter in welcome.letters.order_by("days", "pk"):
        for language in LANGUAGES:
            yield f"welcome-{letter.days}-{language}", journeys.compose(letter, language, world.today).as_mail()


def test_an_issue_is_printed_alone_with_where_its_links_lead(world: Any, look: Any) -> None:
    text = "# Good news\n\nA [link](https://nordwerk.example/x) to follow."
    issue = make_sent(world.program, body_de=text, body_en=text)
    page = look(by=world.manager, theme="dark")
    page.goto(reverse("community:issue_read", args=[world.program.slug, issue.pk]))
    expect(page.get_by_text("Delivery")).to_be_visible()
    page.emulate_media(media="print")
    link = page.locator(".letter a", has_text="link")
    expect(link).to_be_visible()
    assert "https://nordwerk.example/x" in link.evaluate("each => getComputedStyle(each, '::after').content")
    for gone in ("nav", "button", ".ways"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    keep_picture(page, "issue-printed")


def test_every_mail_that_ships_in_every_window(world: Any, look: Any) -> None:
    made = [(name, letters.personal_html(html, "Zoë", "https://example.com/u/1")) for name, html in mails(world)]
    assert len(made) > 2 * len(templates.issue_templates())
    wrong = [f"{name}: {each}" for name, html in made for each in sorted(wrong_in(html))]
    for width, theme in WINDOWS:
        page = look(width=width, theme=theme)
        for name, html in made:
            page.set_content(html)
            wrong += [f"{name}, {width}, {theme}: {each}" for each in page.evaluate(LOOK)]
            keep_picture(page, f"mail-{name}-{width}-{theme}")
    assert wrong == []
