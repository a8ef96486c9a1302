"""Topics that somebody wants to hear of, in their own words: "hardening", "photos". They are for that person alone."""

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from itertools import compress
from operator import and_

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Case, ExpressionWrapper, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from community.forum.models import INTEREST, Post, Topic, Visitor
from core.kit.characters import visible
from core.kit.search_words import WORD, Spelled, inside, with_sense
from programs.membership.models import Program

MOST_INTERESTS = 10
AT_ONCE = 50
SHORT = 3  # letters: "KI" is not the beginning of "Kinder"


def interest(line: str) -> str:
    """One line of a form. Raises ValidationError when there is nothing to look for in it, or too much."""
    words = " ".join(line.split())
    if len(words) > INTEREST:
        raise ValidationError(_("A topic can have at most %(most)s characters."), params={"most": INTEREST})
    if not Spelled.each_of(words):
        raise ValidationError(_("There is no word in it."))
    return words


@lru_cache(maxsize=10_000)
def looked_for(interest: str) -> tuple[Spelled, ...]:
    """The words that carry its sense: of "photos from the shift" two; all when none does."""
    words = WORD.findall(visible(interest))
    return tuple(each for word in with_sense(words) or words for each in Spelled.each_of(word))


def is_about(interest: str) -> Q:
    """Posts that say all its words, in any form and within longer ones; a short one stands for itself."""
    return reduce(and_, map(_says, looked_for(interest)))


def _says(word: Spelled) -> Q:
    begins = word.begins if len(word.says) > SHORT else word.begins.removesuffix(":*")
    return inside(begins, word.says, word.part or None)


def fitting(topics: Sequence[Topic], interests: Sequence[str]) -> dict[int, str]:
    """Which of these topics are about one of the interests, by what was said first: the first one that fits."""
    if not topics or not interests:
        return {}
    fits = Case(*(When(is_about(interest), then=Value(interest)) for interest in interests), default=Value(""))
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
        asked = [ExpressionWrapper(is_about(interest), BooleanField()) for interest in some]
        for found in said.values_list(*asked):
            yield from compress(some, found)
