"""Naming somebody in a text: people write and read `@Mara Beck`, the text keeps `@[7]`.

So a name that changes changes everywhere, and one that is erased is gone. Only people whom the writer may name become
a mention; a number typed by hand does not tell whose it is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from core.kit.markdown import MENTION
from core.people.in_program import marked_apart
from core.people.models import User


def names_of(people: Iterable[User]) -> dict[int, str]:
    """How each is written. Several of one name are told apart by what their program says, `apart`; where nothing does,
    by a number, never by something of theirs."""
    people = sorted(people, key=lambda person: (str(person).casefold(), person.pk))
    times, seen = Counter(str(person) for person in people), Counter[str]()
    names = {}
    for person in people:
        if person.apart:
            names[person.pk] = f"{person} ({person.apart})"
            continue
        seen[str(person)] += 1
        names[person.pk] = f"{person} ({seen[str(person)]})" if times[str(person)] > 1 else str(person)
    return names


def kept(text: str, names: Mapping[int, str]) -> str:
    """The text as it is stored."""
    text = MENTION.sub(lambda found: found[0] if int(found[1]) in names else f"@ [{found[1]}]", text)
    for pk, name in sorted(names.items(), key=lambda item: -len(item[1])):  # Anna Berger before Anna
        text = re.sub(rf"(?<!\w)@{re.escape(name)}(?!\w)", f"@[{pk}]", text)
    return text


def written(text: str, names: Mapping[int, str]) -> str:
    """The text as its writer sees it again."""
    return MENTION.sub(lambda found: f"@{names.get(int(found[1]), '…')}", text)


def mentioned(text: str) -> set[int]:
    return {int(found) for found in MENTION.findall(text)}


def people_in(texts: Iterable[str]) -> list[User]:
    """Everybody whom some texts mention, in one query."""
    wanted = {pk for text in texts for pk in mentioned(text)}
    return list(User.objects.filter(pk__in=wanted)) if wanted else []


def named_in(program_id: int, texts: Iterable[str]) -> dict[int, str]:
    """Their names, as their program writes them."""
    return names_of(marked_apart(program_id, people_in(texts)))
