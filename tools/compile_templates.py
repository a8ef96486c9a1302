"""Compile every template: a wrong tag is found here instead of on the page that nobody opened."""

import os
import sys
from pathlib import Path

import django

FOLDER = Path(__file__).parents[1] / "templates"


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "influencer.settings"
    for name, value in (("SECRET_KEY", "x" * 50), ("DATABASE_URL", "postgresql:///x"), ("REDIS_URL", "redis://x")):
        os.environ.setdefault(name, value)  # nothing is asked of them
    django.setup()
    from django.template import TemplateSyntaxError, engines  # noqa: PLC0415  # needs the settings

    wrong = 0
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in (".html", ".txt"):
            try:
                engines["django"].get_template(str(path.relative_to(FOLDER)))
            except TemplateSyntaxError as error:
                wrong += 1
                print(f"{path.relative_to(FOLDER)}: {error}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
