"""Topics that somebody wants to hear of, in their own words: "hardening", "photos". They are for that person alone."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from community.forum.models import INTEREST, Post, Topic, Visitor
from core.kit.search_words import Spelled, inside
from programs.membership.models import Program

MOST_INTERESTS = 10
AT_ONCE = 50


def interest(line: str) -> str:
    """One line of a form. Raises ValidationError when there is nothing to look for in it, or too much."""
    words = " ".join(line.split())
    if len(words) > INTEREST:
        raise ValidationError(_("A topic can have at most %(most)s characters."), params={"most": INTEREST})
    if not Spelled.each_of(words):
        raise ValidationError(_("There is no word in it."))
    return words


def is_about(interest: str) -> Q | None:
    """Posts that say all its words, in any form and within longer ones; nothing when it has no word in it."""
    whole: Q | None = None
    for word in Spelled.each_of(interest):
        one = inside(word.begins, word.says, word.part or None)
        whole = one if whole is None else whole & one
    return whole


def fitting(topics: Sequence[Topic], interests: Sequence[str]) -> dict[int, str]:
    """Which of these topics are about one of the interests, by what was said first: the first one that fits."""
    asked = [(interest, about) for interest in interests if (about := is_about(interest)) is not None]
    if not topics or not asked:
        return {}
    fits = Case(*(When(about, then=Value(interest)) for interest, about in asked), default=Value(""))
    first = Post.objects.filter(number=1, topic__in=[topic.pk for topic in topics])
    return {topic: interest for topic, interest in first.values_list("topic", fits) if interest}


def interested_in(post: Post, program: Program) -> set[int]:
    """Who wants to hear of what a topic's first post is about."""
    people: dict[str, set[int]] = {}
    for person, interests in (
        Visitor.objects.filter(program=program).exclude(interests=[]).values_list("person", "interests")
    ):
        for interest in interests:
            people.setdefault(interest, set()).add(person)
    said = Post.objects.filter(pk=post.pk)
    return {person for interest in _about(said, sorted(people)) for person in people[interest]}


def _about(said: "QuerySet[Post]", interests: Sequence[str]) -> Iterable[str]:
    for start in range(0, len(interests), AT_ONCE):
        some = interests[start : start + AT_ONCE]
        asked: dict[str, Any] = {
            f"fits{place}": Case(When(about, then=Value(1)), default=Value(0))
            for place, interest in enumerate(some)
            if (about := is_about(interest)) is not None
        }
        for found in said.values(**asked) if asked else ():
            yield from (some[int(key.removeprefix("fits"))] for key, fits in found.items() if fits)
