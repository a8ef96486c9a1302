from typing import Any

from django.core.management import BaseCommand

from influencer.management import plan_tree
from influencer.privacy import reference


class Command(BaseCommand):
    help = "Write the generated pages of docs/ from the code."

    def handle(self, **options: Any) -> None:
        for page in (plan_tree, reference):
            page.FILE.write_text(page.text())
            self.stdout.write(f"written: {page.FILE.name}")
