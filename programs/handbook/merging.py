"""Two people changed the same page: what they wrote in different places goes together."""

from merge3 import Merge3


def merged(base: str, mine: str, theirs: str) -> str | None:
    """The text with the changes of both; nothing where both changed the same lines, and a person has to choose."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    old, one, other = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    merge = Merge3(old, one, other)
    if any(region[0] == "conflict" for region in merge.merge_regions()):
        return None
    return "".join(merge.merge_lines())
