"""Names after "@" that nobody has: the words stay, and their writer is told in one sentence."""

import re
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from core.kit.markdown import words_in

TYPED = re.compile(r"(?<![\w@/.])@(\w[\w.'’-]{0,59})( \w[\w.'’-]{0,59})?")
MOST = 3


def unknown_names(text: str, names: Callable[[], Mapping[int, str]]) -> str:
    """For a text as it is kept, in which those who were found are numbers; `names` are those one may write."""
    typed = [
        (first.rstrip(".'’-"), more.rstrip(".'’-")) for words in words_in(text) for first, more in TYPED.findall(words)
    ]
    if not typed:
        return ""
    known = sorted(names().values())
    nobody, sentences = [], []
    for name, more in list(dict.fromkeys(typed))[:MOST]:
        # with a family name it is that one or nobody: "Eva Klein" is not "Eva Adler"
        wanted = f"{name}{more}" if more[1:2].isupper() and not more[1:].isupper() else name
        if meant := [each for each in known if each.casefold().startswith(wanted.casefold())]:
            values = {"typed": f"@{name}", "name": f"@{meant[0]}"}
            sentences.append(_("%(typed)s stays as text. Did you mean %(name)s?") % values)
        else:
            nobody.append(f"@{name}")
    if nobody:
        values = {"names": ", ".join(dict.fromkeys(nobody))}
        sentences.insert(0, _("Nobody here can be mentioned as %(names)s; it stays as text.") % values)
    return " ".join(sentences)
