"""How texts are found by their words: stems of German and English, and beginnings of words without marks.

"Sprechstunden" finds "Sprechstunde" by its stem; "groesse", "Größe" and "Größen" find each other by their beginning.
"Stunde" finds "Sprechstunde" too: how long words end is kept apart, for a second look when the first finds little.
"""

from typing import Any

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
MOST_ASKED = 12
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
    words = visible(words)
    found = WORD.findall(folded(words))[:MOST_WORDS]
    if not found:
        return None
    # only the last one may go on: the beginning of a common word fits half of all posts, and costs as much
    whole = SearchQuery(" & ".join([*found[:-1], f"{found[-1]}:*"]), config="simple", search_type="raw")
    for config in STEMS:
        whole = whole | SearchQuery(words, config=config, search_type="plain")
    return whole


def parts_vector(text: str) -> Any:
    """What is stored of a text for `inside`: how its long words end, "echstund" and "stund" among it."""
    found = {word[:LONGEST] for word in WORD.findall(folded(text)) if len(word) >= LONG}
    ends = {without_ending(word[place:]) for word in found for place in range(FIRST_PART, len(word) - PART + 1)}
    parts = Value(sorted(ends), output_field=ArrayField(TextField()))
    return Func(parts, function="array_to_tsvector", output_field=SearchVectorField())


def inside(words: str) -> Q | None:
    """Texts in which each word stands, as it is or as the end of a longer one; for the fields `search` and
    `word_parts`. Nothing when none is long enough for that."""
    found = WORD.findall(folded(visible(words)))[:MOST_WORDS]
    if not any(len(word) >= PART for word in found):
        return None
    whole = Q()
    for word in found:
        fits = Q(search=query(word))
        if len(word) >= PART:
            fits |= Q(word_parts=SearchQuery(without_ending(word), config="simple", search_type="raw"))
        whole &= fits
    return whole


def without_ending(word: str) -> str:
    """ "stund" of "stunden" and "stunde": how parts of words are compared."""
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= PART), "")
    return word.removesuffix(ending)


def any_of(text: str) -> Any:
    """What sounds alike: any of the words that carry the sense, by their stem; nothing when there is none."""
    found = _with_sense([word for word in dict.fromkeys(WORD.findall(visible(text))) if len(word) > 2])[:MOST_ASKED]
    whole: Any = None
    for word in found:
        for config in STEMS:
            one = SearchQuery(word, config=config, search_type="plain")
            whole = one if whole is None else whole | one
    return whole


def _with_sense(found: list[str]) -> list[str]:
    """Without words like "für" or "the", which only one of the languages knows to be empty."""
    with connection.cursor() as cursor:
        cursor.execute(SENSE, [found])
        return [word for (word,) in cursor.fetchall()]
