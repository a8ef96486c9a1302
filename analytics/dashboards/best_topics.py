"""How often a person's own posts were seen, by what they are about: a range for each topic, out of own posts alone.

A topic is what the person chose in the own log, for an entry that leads to the post by its link. A post without one
counts with its hashtags, which are the person's words as well. Nothing is guessed from a text.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.activities.links import same_page
from analytics.activities.queries import topics_by_page
from analytics.dashboards.best_times import FEWEST, SeenPost, SeenPosts, stands_out
from analytics.dashboards.exports import with_file
from analytics.dashboards.usual import Usual, usual_of
from core.kit import cldr
from core.kit.charts import Chart, ChartBand, ChartCell, ChartKind, ChartSpan, series_of
from core.kit.templatetags.ui import number
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_OWN_TOPICS = 10  # in one picture, those with the most posts
A_HASHTAG = re.compile(r"(?<![\w/&])(?:hashtag)?#(\w{2,40})")
Given = Mapping[str, Sequence[str]]  # topics by page


@dataclass(frozen=True)
class OwnTopic:
    """The posts of a topic; without a usual they are too few to tell."""

    label: str
    seen: Sequence[int]
    usual: Usual | None
    stands_out: bool

    @property
    def counted(self) -> str:
        return f"{self.label} ({number(len(self.seen))})"


@dataclass(frozen=True)
class OwnTopics:
    says: SafeString | str
    few: str  # of which there are too few posts
    chart: Chart | None


def own_topics(user: "User", program: Program, seen: SeenPosts | None) -> OwnTopics | None:
    """Of the posts that the times are told of. One query, none where there are no posts."""
    if seen is None:
        return None
    topics = by_topic(seen.posts, topics_by_page(user, program))
    if not topics:
        return None
    says, few = _said(topics), _few(topics)
    return OwnTopics(says, few, _chart(says, few, [each for each in topics if each.usual], seen))


def by_topic(posts: Sequence[SeenPost], given: Given) -> list[OwnTopic]:
    """Chosen topics however few posts they have, hashtags from five posts; those with the most posts, each once."""
    labels: dict[str, str] = {}
    found: dict[str, list[int]] = defaultdict(list)
    tagged = []
    for post in posts:
        keys = set()
        for word in topics_of_post(post, given):
            keys.add(word.casefold())
            labels.setdefault(word.casefold(), word)
        for key in keys:
            found[key].append(post.count)
        tagged.append((keys, post.count))
    kept = [key for key in found if len(found[key]) >= FEWEST or not key.startswith("#")]
    kept = sorted(kept, key=lambda key: (-len(found[key]), key))[:MOST_OWN_TOPICS]
    topics = []
    for key in kept:
        usual = usual_of(found[key], fewest=FEWEST)
        others = [count for keys, count in tagged if key not in keys]
        topics.append(OwnTopic(labels[key], found[key], usual, stands_out(usual, others)))
    return topics


def topics_of_post(post: SeenPost, given: Given) -> Sequence[str]:
    chosen = given.get(same_page(post.url), ()) if post.url else ()
    return chosen or list(_hashtags(post.text))


def _hashtags(text: str) -> Iterator[str]:
    for word in A_HASHTAG.findall(text):
        if any(letter.isalpha() for letter in word):
            yield f"#{word}"


def _said(topics: Sequence[OwnTopic]) -> SafeString | str:
    known = [topic for topic in topics if topic.usual]
    if not known:
        return _("There are too few posts to tell. A topic needs at least %(count)s.") % {"count": FEWEST}
    best = _best(known)
    if best is None:
        return _("No topic stands out.") if len(known) < 2 else _("No topic stands out: their ranges overlap.")
    return format_html(
        _("<em>{when}</em> stands out: half of these posts were seen {band} times."),
        when=best.label,
        band=best.usual.band if best.usual else "",
    )


def _best(topics: Sequence[OwnTopic]) -> OwnTopic | None:
    return max((topic for topic in topics if topic.stands_out), key=_middle, default=None)


def _middle(topic: OwnTopic) -> int:
    return topic.usual.middle if topic.usual else 0


def _few(topics: Sequence[OwnTopic]) -> str:
    few = [topic.counted for topic in topics if not topic.usual]
    return _("Too few posts to tell: %(topics)s.") % {"topics": cldr.listed(few)} if few else ""


def _chart(says: str, few: str, topics: list[OwnTopic], seen: SeenPosts) -> Chart | None:
    if not topics:
        return None
    topics.sort(key=_middle)
    best = _best(topics)
    if best is not None:  # a picture of bars brings out its last one
        topics.sort(key=lambda topic: topic is best)
    text = ngettext(
        "Your %(count)s post on %(network)s of the last twelve months, at least a week old",
        "Your %(count)s posts on %(network)s of the last twelve months, at least a week old",
        len(seen.posts),
    )
    names = (_("Lowest"), _("Middle"), _("Highest"))
    return Chart(
        id="own-topics",
        kind=ChartKind.BARS if best else ChartKind.STACK,
        size="s",
        things="last",
        sentence=says,
        sure=_("What else these posts had in common, and the network's own ranking, matter as well."),
        what=_("Impressions of a post, by topic"),
        over=_("Topic (posts)"),
        labels=tuple(topic.counted for topic in topics),
        series=series_of(
            [_("The middle post")], [[ChartCell(_middle(each), number(_middle(each)))] for each in topics]
        ),
        band=ChartBand(_("Lowest to highest"), names, tuple(_span(topic) for topic in topics)),
        source=text % {"count": number(len(seen.posts)), "network": seen.network},
        caveat=" ".join(
            each
            for each in (
                few,
                _("A post with several topics counts with each."),
                _("A post without a topic in your log counts with its hashtags, as far as a file holds its text."),
            )
            if each
        ),
        quality="imported",
    )


def _span(topic: OwnTopic) -> ChartSpan:
    low, high = min(topic.seen), max(topic.seen)
    shown = _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
    return ChartSpan(Decimal(low), Decimal(_middle(topic)), Decimal(high), shown)


def with_its_file(topics: OwnTopics | None, address: str) -> OwnTopics | None:
    return topics and replace(topics, chart=with_file(topics.chart, address))
