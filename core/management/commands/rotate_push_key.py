from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from core.push import keys


class Command(BaseCommand):
    help = (
        "Create a new key for push services. Existing devices keep using the old key until they are added again. "
        "If the old key has leaked, remove them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--drop-devices", action="store_true", help="remove old keys and their devices")

    def handle(self, drop_devices: bool, **options: Any) -> None:
        self.stdout.write(f"New devices now use {keys.rotate(drop_devices=drop_devices).public}.")
