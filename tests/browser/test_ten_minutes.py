"""A program manager makes an issue in ten minutes: every click and every key is counted, and what they take is worked
out as Card, Moran and Newell do (The Keystroke-Level Model, 1980)."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from community.newsletters.models import Issue, IssueState
from tests.browser.conftest import keep_picture
from tests.factories.newsletters import make_readers
from tests.journeys.stage import make_company, running
from tests.worker import wait_until

pytestmark = pytest.mark.browser

KEY, POINT, THINK = 0.28, 1.3, 1.35  # seconds: an average typist; a hand to the mouse and a click; before each step
MOST_CLICKS, MINUTES = 10, 10
COUNTED = """() => {
    const kept = () => JSON.parse(sessionStorage.acts || '{"clicks": 0, "keys": 0}')
    const one = name => () => { const acts = kept(); acts[name] += 1; sessionStorage.acts = JSON.stringify(acts) }
    addEventListener("pointerdown", one("clicks"), true)
    addEventListener("keydown", one("keys"), true)
}"""
LEARNT = {
    "de": "Kurze Texte mit einer Frage am Ende wurden am meisten beantwortet. Im Dezember probieren wir das alle aus.",
    "en": "Short posts that end with a question got the most answers. In December all of us try that.",
}
ASKED = {
    "de": "Darf ich eine Kollegin im Bild zeigen? Ja, wenn sie zugestimmt hat. Die Vorlage dazu steht im Handbuch.",
    "en": "May I show a colleague in a picture? Yes, if she agreed first. There is a form for it in the handbook.",
}


@pytest.fixture
def here(transactional_db: None) -> Any:
    return make_company()


def test_an_issue_in_ten_minutes(here: Any, look: Any, live_server: Any, settings: Any) -> None:
    readers = make_readers(here.program, 9)
    with running(settings, live_server.url) as (sink, _):
        page = look(by=here.manager)
        page.add_init_script(f"({COUNTED})()")
        page.goto(reverse("community:newsletters", args=[here.program.slug]))
        page.get_by_role("link", name="New issue").first.click()
        page.get_by_role("button", name="Start writing").click()
        places = page.locator("#checks").get_by_role("link", name="Show the place")
        for done, words in enumerate(words[language] for language in ("de", "en") for words in (LEARNT, ASKED)):
            expect(places).to_have_count(4 - done)  # what was filled in is no longer asked for
            places.first.click()
            page.keyboard.type(words)
        expect(places).to_have_count(0)
        keep_picture(page, "ten-minutes")
        page.get_by_role("button", name="Send now").click()
        for language in ("de", "en"):
            expect(page.locator(f'dd[lang="{language}"]')).to_be_visible()
        page.get_by_role("button", name="Send now").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Delivery")
        acts = page.evaluate("JSON.parse(sessionStorage.acts)")
        assert wait_until(lambda: Issue.objects.get().state == IssueState.SENT)
        assert sorted(mail["To"] for mail in sink.mails) == sorted(reader.email for reader in readers)
    assert acts["keys"] >= sum(len(words) for each in (LEARNT, ASKED) for words in each.values()), "all of it is typed"
    assert acts["clicks"] <= MOST_CLICKS
    took = acts["keys"] * KEY + acts["clicks"] * (POINT + THINK)
    assert took <= MINUTES * 60 / 2, "half of the time is left for what to say"
    body = Issue.objects.get().body.texts
    for language, text in body.items():
        assert LEARNT[language] in text
        assert ASKED[language] in text
        assert "[[to write" not in text
        assert "[[hier schreiben" not in text
