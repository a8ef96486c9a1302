from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from core.kit import messages


class Command(BaseCommand):
    requires_system_checks = ()  # texts can be collected while a page is half written
    help = "update: collect the texts. fill FILE.json: add translations. compile: build. check: report what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["update", "fill", "compile", "check"])
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--language", default="de", choices=messages.languages())

    def handle(self, *, what: str, file: Path | None, language: str, **options: Any) -> None:
        if what == "compile":
            messages.compile_catalogue()
        elif what == "update":
            messages.update()
        elif what == "fill":
            if file is None:
                raise CommandError('Name a JSON file: {"English": "German"}.')
            for english in messages.fill(messages.load(file), language):
                self.stdout.write(f"not in the code: {english}")
        wrong = False
        for each in messages.languages():
            missing, twice = messages.missing(each), messages.told_twice(each)
            for english in missing[:40]:
                self.stdout.write(f"without a translation ({each}): {english}")
            for english in twice:
                self.stdout.write(f"translated differently by two packages ({each}): {english}")
            broken = messages.broken(each)
            for problem in broken:
                self.stdout.write(f"would fail where it is shown ({each}): {problem}")
            wrong = wrong or bool(missing or twice or broken) or not messages.is_current(each)
        if what == "check" and wrong:
            raise CommandError("The translations are not complete: make messages, then fill them in.")
