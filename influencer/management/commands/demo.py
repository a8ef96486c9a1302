import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from core.kit.owner import as_owner
from influencer.home.demo.load import is_loaded, load
from influencer.home.demo.people import SIGN_INS

PASSWORD = "botschaft-demo"  # noqa: S105 - a demo's password is printed on the screen


class Command(BaseCommand):
    help = "Load the demo: a believable program in its rollout, and a second company."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", default=os.environ.get("DEMO_PASSWORD") or PASSWORD)

    def handle(self, *, password: str, **options: Any) -> None:
        if not is_loaded():
            with as_owner():  # only the owner of the tables can give the demo a past
                load(password, timezone.localdate(), say=lambda text: self.stdout.write(f"  demo: {text} ..."))
        self.stdout.write("\nDemo sign-ins, all with the password " + password)
        for role in SIGN_INS:
            self.stdout.write(f"  {role}@demo.example")
