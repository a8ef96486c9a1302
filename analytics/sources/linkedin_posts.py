"""The list of posts in a company page's export: one line a post, with its address and its figures since publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.sheets.cells import ONE_LETTER, CellValue, Sheet, at, text_at
from core.sheets.values import is_nothing

from .handover import LIFETIME, ParsedPost
from .labels import COMPUTED, CONTENT_TYPE, CREATED, LINK, METRICS, PERSON, POST_TYPE, TITLE
from .linkedin_ids import is_linkedin, minted_at, post_id, post_key
from .linkedin_profile import post_of
from .sheets import Figures, labels_of, leave_columns

FEWEST_METRICS = 3
LOOK_AT = 6
#: What a post is sold or shown with: no figures.
ASIDE = frozenset(
    {
        *("campaign name", "campaign start date", "campaign end date", "audience"),
        *(
            "name der kampagne",
            "startdatum",
            "enddatum",
            "startdatum der kampagne",
            "enddatum der kampagne",
            "zielgruppe",
        ),
    }
)


@dataclass(slots=True)
class PostList:
    """Where the list begins and what its columns hold."""

    sheet: Sheet
    head: int
    link: int
    columns: dict[int, str]
    title: int | None
    created: int | None
    kinds: list[int]

    @property
    def pairs(self) -> list[tuple[CellValue, date]]:
        """Days beside the time in a post's number: they tell the order of day and month."""
        found: list[tuple[CellValue, date]] = []
        if self.created is None:
            return found
        for row in range(self.head + 1, len(self.sheet.rows)):
            number = post_id(text_at(self.sheet.rows, row, self.link))
            when = minted_at(number[1]) if number else None
            if when:
                found.append((at(self.sheet.rows, row, self.created), when.date()))
        return found


def list_of(sheet: Sheet) -> PostList | None:
    """Addresses of LinkedIn in a column, and figures of posts beside it, each known by its label."""
    for head in range(min(LOOK_AT, len(sheet.rows) - 1)):
        labels = labels_of(sheet.rows, head)
        columns = {c: METRICS[label] for c, label in enumerate(labels) if label in METRICS}
        if len(set(columns.values())) < FEWEST_METRICS or len(set(columns.values())) < len(columns):
            continue
        links = [c for c in range(len(labels)) if is_linkedin(text_at(sheet.rows, head + 1, c)) or labels[c] in LINK]
        if links:
            places = {label: column for column, label in enumerate(labels)}

            def place(words: frozenset[str], places: dict[str, int] = places) -> int | None:
                return next((column for label, column in places.items() if label in words), None)

            kinds = [c for words in (CONTENT_TYPE, POST_TYPE) if (c := place(words)) is not None]
            return PostList(sheet, head, links[0], columns, place(TITLE), place(CREATED), kinds)
    return None


def read_list(posts: PostList, figures: Figures) -> None:
    """The time in the post's number is when it appeared; "created" can be days earlier."""
    file, sheet = figures.file, posts.sheet
    places: dict[tuple[str, str], int] = {}
    for row in range(posts.head + 1, len(sheet.rows)):
        url = text_at(sheet.rows, row, posts.link)
        if is_nothing(url) and not text_at(sheet.rows, row, posts.title or 0):
            continue
        file.rows_seen += 1
        if not is_linkedin(url):
            file.refuse(sheet.name, row + 1, ONE_LETTER[posts.link], "url_not_linkedin", text=url[:80])
            continue
        key = post_key(url)
        if key in places:
            file.refuse(sheet.name, row + 1, ONE_LETTER[posts.link], "post_twice", text=url[:120])
            continue
        places[key] = len(file.posts)
        file.posts.append(post_in(posts, row, url, key, figures))
        for column, metric in posts.columns.items():
            figures.add(sheet, row, column, metric=metric, grain="lifetime", period=LIFETIME, post=places[key])
    labels = labels_of(sheet.rows, posts.head)
    why = {c: "person" for c, label in enumerate(labels) if label in PERSON}
    why |= {c: "computed" for c, label in enumerate(labels) if COMPUTED.search(label)}
    aside = [c for c, label in enumerate(labels) if label in ASIDE]
    told = [c for c in (posts.title, posts.created) if c is not None]
    leave_columns(file, sheet, posts.head, [posts.link, *posts.columns, *told, *posts.kinds, *aside], why)


def post_in(posts: PostList, row: int, url: str, key: tuple[str, str], figures: Figures) -> ParsedPost:
    sheet = posts.sheet
    created = figures.day(sheet, row, posts.created) if posts.created is not None else None
    minted = minted_at(key[1]) if key[0] != "url" else None
    post = post_of(url, key, minted.date() if minted else created)
    post.created_on = created
    post.title = (figures.words(sheet, row, posts.title) if posts.title is not None else "") or None
    post.kind = next(filter(None, (text_at(sheet.rows, row, c) for c in posts.kinds)), "").casefold()[:20]
    return post
