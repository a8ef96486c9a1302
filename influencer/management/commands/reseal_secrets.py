from typing import Any

from django.core.management import BaseCommand, CommandError

from analytics.connectors import permits
from community.office_hours import busy
from core.people import services
from core.push import services as push
from programs.chats import jobs as chats


class Command(BaseCommand):
    help = (
        "Encrypt the secrets of second factors, and what devices, channels, hosts' calendars and accounts on "
        "networks are reached with, with the first key. "
        "Run it after adding a new key in first place; then remove the old key."
    )

    def handle(self, **options: Any) -> None:
        found = (services.reseal_factors(), push.reseal(), chats.reseal(), busy.reseal(), permits.reseal())
        done, lost = map(sum, zip(*found, strict=True))
        self.stdout.write(f"{done} secrets are encrypted with the first key.")
        if lost:
            raise CommandError(
                f"{lost} secrets are opened by none of the keys. Keep the old key in SECRETS_KEYS; if it is lost, "
                "remove these people's second factors under Operate > Accounts; for devices "
                "`rotate_push_key --drop-devices`; channels of chat programs, calendars of "
                "office hours and accounts on networks are connected again."
            )
