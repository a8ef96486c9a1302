"""Mails are drawn with nothing but what docs/mails.md lists, with what Outlook and Gmail make of it."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from community.newsletters import blocks, letters
from tests.factories.newsletters import make_issue

TABLE = re.compile(r"^\| `([a-z-]+)` \| (.+) \| (.+) \| .*\|$", re.MULTILINE)
EVERYTHING = """# Title

Text with a [link](https://example.com), `code` and **bold**.

> A quotation

- List

1. Numbers

| A | B |
|---|---|
| 1 | 2 |

```
Code
```

---

**[Button](https://example.com)**

[[columns]]

Left

[[next-column]]

### Right

[[columns-end]]

"""


def listed() -> dict[str, tuple[str, str]]:
    text = (Path(__file__).parents[3] / "docs" / "mails.md").read_text()
    return {name: (outlook.strip(), gmail.strip()) for name, outlook, gmail in TABLE.findall(text)}


def used_in(mail: str) -> set[str]:
    """Properties of every element, and of the rules that stay."""
    rules = "".join(re.findall(r"<style[^>]*>(.*?)</style>", mail, re.DOTALL))
    declarations = re.findall(r"\{([^{}]*)\}", rules) + re.findall(r'style="([^"]*)"', mail)
    return {part.partition(":")[0].strip() for each in declarations for part in each.split(";") if ":" in part}


def test_a_mail_uses_what_is_listed_and_no_line_is_left_over(world: Any) -> None:
    text = EVERYTHING + "".join(f"[[{block.name}]]\n\n" for block in blocks.known()) + "[[unknown]]\n"
    issue = make_issue(world.program, body_en=text)
    letter = letters.compose(issue, "en", date.today())
    assert used_in(letter.as_mail()) | used_in(letter.as_page("")) == set(listed())
    assert used_in('<style>a{float:left}</style><p style="position: fixed">') == {"float", "position"}


def test_what_gmail_drops_is_not_in_the_table() -> None:
    assert all(gmail == "yes" for _outlook, gmail in listed().values())
