from typing import Any

from django.core.management import BaseCommand

from influencer.privacy import reference


class Command(BaseCommand):
    help = "Write the generated pages of docs/ from the code."

    def handle(self, **options: Any) -> None:
        reference.FILE.write_text(reference.text())
        self.stdout.write(f"written: {reference.FILE.name}")
