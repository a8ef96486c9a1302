from typing import Any

from django.core.management.base import BaseCommand

from core.people.first_word import first_word
from core.people.queries import site_is_empty


class Command(BaseCommand):
    help = "Print the setup word, which an empty site asks for before it creates its first administrator."

    def handle(self, **_options: Any) -> None:
        empty = site_is_empty()
        self.stdout.write(
            first_word() if empty else "This site already has an administrator. The set-up word is no longer valid."
        )
