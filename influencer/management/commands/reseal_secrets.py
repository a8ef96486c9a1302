from typing import Any

from django.core.management import BaseCommand, CommandError

from core.people import services


class Command(BaseCommand):
    help = (
        "Encrypt the secrets of second factors with the first of SECRETS_KEYS. "
        "Run it after a new key was put in front; the old key can go afterwards."
    )

    def handle(self, **options: Any) -> None:
        done, lost = services.reseal_factors()
        self.stdout.write(f"{done} secrets are encrypted with the first key.")
        if lost:
            raise CommandError(
                f"{lost} secrets are opened by none of the keys. Keep the old key in SECRETS_KEYS; if it is lost, "
                "remove these people's second factors under Operate > Accounts."
            )
