"""Texts that try to run something, on every page that shows what people wrote: in Chromium, with the site's own
protection by headers switched off, so that escaping alone has to hold."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from community.forum import jobs as forum_jobs
from community.forum import polls
from community.forum import services as forum
from community.forum.models import INTEREST, Board, Topic
from community.forum.models_linked import CARD_TEXT, CARD_TITLE, LinkCard, PostLink
from community.forum.models_polls import CHOICE, QUESTION
from core.attachments.models import Attachment
from core.news import jobs as news_jobs
from core.notify.models import OutgoingMail
from core.people.models import User
from programs.checklists.models import Evidence
from programs.directory.lines import Topic as Help
from programs.directory.models import DETAIL, LABEL, SENTENCE
from programs.membership.models import Role
from tests.factories.attachments import make_attachment
from tests.factories.checklists import make_item
from tests.factories.comments import make_comment
from tests.factories.directory import make_profile
from tests.factories.forum import make_post, make_topic
from tests.factories.newsletters import make_sent
from tests.hostile_texts import ALL, LISTEN, ONE_LINE, PLANTED
from tests.world import join

pytestmark = pytest.mark.slow
FORUM = "/p/nordlichter/forum/"
POSTS, NAME, TITLE = 20, 120, 140
RUNNING = "<img src=x onerror=hit(1)>", "<a href=javascript:hit(1)>x</a>"


def packed(texts: Iterable[str], most: int, between: str = " ") -> Iterator[str]:
    """Several texts in one place, as many as it takes."""
    held = ""
    for text in texts:
        if held and len(held) + len(between) + len(text) > most:
            yield held
            held = ""
        held = f"{held}{between}{text}" if held else text
    yield held


def in_lots(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    lot: list[Any] = []
    for item in items:
        lot.append(item)
        if len(lot) == size:
            yield lot
            lot = []
    if lot:
        yield lot


def topic_url(topic: Topic) -> str:
    return reverse("community:topic_detail", args=["nordlichter", topic.pk])


def posts(world: Any) -> Iterator[str]:
    for lot in in_lots(packed(ALL, 1500, "\n\n"), POSTS - 1):
        topic = make_topic(world, world.influencer2, text=ONE_LINE[0])
        written = [make_post(topic, world.influencer2, text) for text in lot]
        yield topic_url(topic)
        yield f"{reverse('community:post_edit', args=['nordlichter', make_own(topic, world, lot).pk])}"
        assert written


def make_own(topic: Topic, world: Any, texts: list[str]) -> Any:
    return make_post(topic, world.manager, "\n\n".join(texts)[:9000])


def titles(world: Any) -> Iterator[str]:
    board = Board.objects.get(program=world.program, key="ideas")
    last = None
    for lot in in_lots(packed(ONE_LINE, TITLE), 25):
        for title in lot:
            last = make_topic(world, world.influencer2, board="ideas", title=title)
        yield f"{FORUM}?board={board.key}"
    assert last is not None
    yield topic_url(last)
    yield f"{FORUM}?q=hit"
    yield "/p/nordlichter/search/?q=hit"


def names(world: Any) -> Iterator[str]:
    for place, lot in enumerate(in_lots(packed(ONE_LINE, NAME), POSTS - 1)):
        topic = make_topic(world, world.influencer2)
        for number, name in enumerate(lot):
            person = User.objects.create(email=f"n{place}-{number}@example.com", name=name)
            join(person, world.program, Role.INFLUENCER)
            make_post(topic, person, f"@{name}" if number == 0 else "So do I.")
        yield topic_url(topic)
    yield "/p/nordlichter/checklists/"  # the picker knows everybody


def files(world: Any) -> Iterator[str]:
    topic = make_topic(world, world.influencer2)
    for lot in in_lots(packed(ONE_LINE, NAME), 20):
        held = []
        for name in lot:
            file = make_attachment(world.program.pk, kind="topic", target_id=topic.pk, by=world.influencer2)
            Attachment.objects.filter(pk=file.pk).update(name=name)
            held.append(f"[{name[:40]}](attachment:{file.pk})")
        make_post(topic, world.influencer2, "\n\n".join(held))
    yield topic_url(topic)


def cards(world: Any) -> Iterator[str]:
    texts = list(packed(ONE_LINE, min(CARD_TITLE, CARD_TEXT)))
    for lot in in_lots(texts, (POSTS - 1) * 3):
        topic = make_topic(world, world.influencer2)
        for three in in_lots(lot, 3):
            urls = [f"https://example.org/{uuid4()}" for _ in three]
            post = make_post(topic, world.influencer2, "\n\n".join(urls))
            for place, (url, text) in enumerate(zip(urls, three, strict=True)):
                card, _ = LinkCard.objects.update_or_create(url=url, defaults={"title": text, "text": text})
                PostLink.objects.get_or_create(post=post, card=card, defaults={"place": place})
        yield topic_url(topic)


def questions(world: Any) -> Iterator[str]:
    words = in_lots(packed(ONE_LINE, min(CHOICE, QUESTION)), 6)
    for lot in in_lots(words, POSTS - 1):
        topic = make_topic(world, world.influencer2)
        for choices in lot:
            post = make_post(topic, world.influencer2)
            polls.ask(post, question=choices[0], choices=[*choices, "x"], takes_several=False, closes_at=None)
        yield topic_url(topic)


def news(world: Any) -> Iterator[str]:
    """The inbox, and the mails in a window of their own."""
    for name, title in zip(packed(ONE_LINE[:250], NAME), packed(ONE_LINE[250:], TITLE), strict=False):
        User.objects.filter(pk=world.influencer2.pk).update(name=name)
        world.influencer2.refresh_from_db()
        topic = make_topic(world, world.influencer2, board="ideas", title=title)
        make_post(topic, world.influencer2, f"@{world.manager}")
    forum_jobs.sweep()
    news_jobs.mail_due()
    yield "/notifications/"


def comments(world: Any) -> Iterator[str]:
    item = make_item(world.phase, 40)
    for text in packed(ALL, 3000, "\n\n"):
        make_comment(item, world.influencer2, text=text)
    yield reverse("programs:item_detail", args=["nordlichter", item.pk])


def items(world: Any) -> Iterator[str]:
    first = None
    for place, text in enumerate(packed(ONE_LINE, 150), 60):
        item = make_item(world.phase, place, title={"en": text, "de": text}, hint={"en": text, "de": text})
        first = first or item
        Evidence.objects.create(item=first, kind=Evidence.Kind.NOTE, text=text, by=world.manager)
    assert first is not None
    yield reverse("programs:item_detail", args=["nordlichter", first.pk])
    yield reverse("programs:item_edit", args=["nordlichter", first.pk])
    yield reverse("programs:phase_detail", args=["nordlichter", world.phase.pk])
    yield "/p/nordlichter/checklists/"


def directory(world: Any) -> Iterator[str]:
    """Every field that is words, of one person after the other; the longest texts as far as the fields take them. The
    department tells the person from a namesake, also in the forum."""
    person = world.influencer2
    User.objects.filter(pk=person.pk).update(name=world.influencer.name)
    topic = make_topic(world, person, text=f"@{world.influencer}?")
    lots = in_lots(packed(ONE_LINE, SENTENCE), 8)
    for lot in lots:
        short = [text[:LABEL] for text in lot]
        make_profile(
            world.program, person, sentence=lot[0], department=lot[-1][:80], site=short[0], pronouns=short[-1][:30],
            helps=[Help(label, text[:DETAIL]) for label, text in zip(short, lot, strict=True)],
            topics=[Help(label, "") for label in short],
        )  # fmt: skip
        yield reverse("programs:person", args=["nordlichter", person.pk])
        yield reverse("programs:directory", args=["nordlichter"])
        yield topic_url(topic)
    yield reverse("programs:profile_edit", args=["nordlichter"])


def interests(world: Any) -> Iterator[str]:
    """One's own topics; each first one is what a topic is about."""
    for lot in in_lots([text[:INTEREST] for text in ONE_LINE], 60):
        make_topic(world, world.influencer2, title=lot[0], text="\n\n".join(lot))
        forum.change_settings(world.program, by=world.manager, interests=lot)
        yield FORUM
    yield f"{FORUM}settings/"


def newsletters(world: Any) -> Iterator[str]:
    text = "\n\n".join(ALL)
    issue = make_sent(world.program, subject={"en": ONE_LINE[0], "de": ONE_LINE[5]}, body={"en": text, "de": text})
    yield reverse("community:issue_read", args=["nordlichter", issue.pk])


SURFACES: list[Callable[[Any], Iterator[str]]] = [
    posts, titles, names, files, cards, questions, news, comments, items, directory, interests, newsletters,
]  # fmt: skip


@pytest.fixture
def bare(look: Any) -> Callable[[Any], Page]:
    """A window in which the site's own protection by headers does not help."""

    def opened(person: Any) -> Page:
        page: Page = look(by=person, bypass_csp=True)
        page.add_init_script(LISTEN)
        return page

    return opened


def judged(page: Page) -> list[str]:
    page.wait_for_load_state("load")
    return [*page.evaluate(PLANTED), *(["something ran"] if page.evaluate("window.hits") else [])]


def test_the_corpus_is_large_and_the_judge_sees_what_runs(browser: Any) -> None:
    assert len(set(ALL)) >= 500
    page = browser.new_page()
    for text in RUNNING:
        page.set_content(f"<script>{LISTEN}</script>{text}")
        assert judged(page), text
    page.close()


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.__name__)
def test_nothing_runs(surface: Any, world: Any, bare: Any) -> None:
    page = bare(world.manager)
    seen = ""
    for address in surface(world):
        assert page.goto(address).ok, address
        assert judged(page) == [], address
        seen += page.content()
    assert seen.count("hit(1)") >= 100, "the texts are on these pages"
    for mail in OutgoingMail.objects.filter(reason__startswith="news."):
        page.goto("/imprint/")
        page.set_content(f"<script>{LISTEN}</script>{mail.html}")
        assert judged(page) == [], mail.subject
