from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from influencer.kit import messages


class Command(BaseCommand):
    requires_system_checks = ()  # texts can be collected while a page is half written
    help = "update: collect the texts. fill FILE.json: put German texts in. compile. check: name what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["update", "fill", "compile", "check"])
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *, what: str, file: Path | None, **options: Any) -> None:
        if what == "compile":
            messages.compile_catalogue()
        elif what == "update":
            messages.update()
        elif what == "fill":
            if file is None:
                raise CommandError('Name a JSON file: {"English": "German"}.')
            for english in messages.fill(messages.load(file)):
                self.stdout.write(f"not in the code: {english}")
        missing = messages.missing()
        for english in missing[:40]:
            self.stdout.write(f"without German: {english}")
        if what == "check" and (missing or not messages.is_current()):
            raise CommandError("The German translations are not complete: make messages, then fill them in.")
