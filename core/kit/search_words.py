"""How texts are found by their words: stems of German and English, and beginnings of words without marks.

"Sprechstunden" finds "Sprechstunde" by its stem; "groesse", "Größe" and "Größen" find each other by their beginning.
"Stunde" finds "Sprechstunde" and "Sprechstundenzeiten" too: how long words end is kept apart, for a second look when
the first finds little. An end that begins with the word holds it, at its end or in the middle.
"""

from functools import reduce
from itertools import combinations
from operator import or_
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import connection
from django.db.models import Func, Q, TextField, Value

from core.kit.characters import WORD as WORD
from core.kit.characters import folded as folded
from core.kit.characters import visible

STEMS = ("german", "english")
MOST_WORDS = 8
LONG, LONGEST, FIRST_PART, PART = 7, 40, 3, 4  # letters of a compound, of what stands before a part, of a part
ENDINGS = ("en", "er", "es", "em", "e", "n", "s")
MOST_ASKED = 8
FEW_WORDS = 3
SENSE = """
SELECT word FROM unnest(%s::text[]) WITH ORDINALITY asked (word, place)
WHERE to_tsvector('german', word) <> '' AND to_tsvector('english', word) <> '' ORDER BY place
"""


def vector(title: str, text: str) -> Any:
    """What is stored of a text for the search; words of the title weigh more."""
    parts = [
        SearchVector(Value(words), config=config, weight=weight)
        for words, weight in ((title, "A"), (text, "D"))
        if words
        for config in STEMS
    ]
    parts += [
        SearchVector(Value(folded(words)), config="simple", weight=weight)
        for words, weight in ((title, "A"), (text, "D"))
        if words
    ]
    whole: Any = parts[0]
    for part in parts[1:]:
        whole = whole + part
    return whole


def query(words: str) -> Any:
    """What somebody looks for; nothing when there is no word in it."""
    told = Spelled.of(words)
    return query_of(told.begins, told.says) if told else None


def query_of(begins: Any, says: Any) -> Any:
    """The same, of what `Spelled` has or of blanks for it."""
    whole = SearchQuery(begins, config="simple", search_type="raw")
    for config in STEMS:
        whole = whole | SearchQuery(says, config=config, search_type="plain")
    return whole


class Spelled(NamedTuple):
    """Words as PostgreSQL reads them."""

    begins: str
    says: str
    part: str = ""  # of one word: what other words may hold; nothing when it is too short for that

    @classmethod
    def of(cls, words: str) -> "Spelled | None":
        words = visible(words)
        found = WORD.findall(folded(words))[:MOST_WORDS]
        # only the last one may go on: the beginning of a common word fits half of all posts, and costs as much
        return cls(" & ".join([*found[:-1], f"{found[-1]}:*"]), words) if found else None

    @classmethod
    def each_of(cls, words: str) -> list["Spelled"]:
        """Each word for itself, for `inside`."""
        found = WORD.findall(folded(visible(words)))[:MOST_WORDS]
        return [cls(f"{word}:*", word, _part(word)) for word in found]


def parts_vector(text: str) -> Any:
    """What is stored of a text for `inside`: how its long words end, "echstund" and "stund" among it."""
    found = {word[:LONGEST] for word in WORD.findall(folded(text)) if len(word) >= LONG}
    ends = {without_ending(word[place:]) for word in found for place in range(FIRST_PART, len(word) - PART + 1)}
    parts = Value(sorted(ends), output_field=ArrayField(TextField()))
    return Func(parts, function="array_to_tsvector", output_field=SearchVectorField())


def inside(begins: Any, says: Any, part: Any = None) -> Q:
    """Texts in which a word stands, as it is or within a longer one; for the fields `search` and `word_parts`."""
    whole = Q(search=query_of(begins, says))
    return whole | Q(word_parts=SearchQuery(part, config="simple", search_type="raw")) if part else whole


def _part(word: str) -> str:
    """An end of a word that begins with this one, or is it: said twice, as PostgreSQL knows only of whole words how
    many texts hold them, and then does not collect all of them."""
    stem = without_ending(word)
    return f"{stem} | {stem}:*" if len(word) >= PART else ""


def without_ending(word: str) -> str:
    """ "stund" of "stunden" and "stunde": how parts of words are compared."""
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= PART), "")
    return word.removesuffix(ending)


def any_of(text: str) -> Any:
    """What sounds alike: any of the words that carry the sense, by their stem; of three or more two of them, for one
    that is common, like "month", says nothing. Nothing when there is none."""
    found = with_sense([word for word in dict.fromkeys(WORD.findall(visible(text))) if len(word) > 2])[:MOST_ASKED]
    stems = [reduce(or_, (SearchQuery(word, config=each, search_type="plain") for each in STEMS)) for word in found]
    if len(stems) < FEW_WORDS:
        return reduce(or_, stems) if stems else None
    return reduce(or_, (one & other for one, other in combinations(stems, 2)))


def with_sense(found: list[str]) -> list[str]:
    """Without words like "für" or "the", which only one of the languages knows to be empty."""
    with connection.cursor() as cursor:
        cursor.execute(SENSE, [found])
        return [word for (word,) in cursor.fetchall()]
