"""Words of people in a Markdown file: they stay words, whatever signs are in them."""

SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|"})


def plain(text: str) -> str:
    return " ".join(text.split()).translate(SPECIAL)
