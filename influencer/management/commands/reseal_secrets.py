from typing import Any

from django.core.management import BaseCommand, CommandError

from analytics.connectors import permits, site_keys
from community.office_hours import busy
from community.pulses import pots
from core.people import services
from core.push import services as push
from programs.chats import jobs as chats


class Command(BaseCommand):
    help = (
        "Re-encrypt with the first key: secrets of second factors, and access data of devices, channels, hosts' "
        "calendars, answers to open pulses, connected accounts and this site's own keys at networks. "
        "Run it after adding a new key in first place; then remove the old key."
    )

    def handle(self, **options: Any) -> None:
        rooms = (
            services.reseal_factors,
            push.reseal,
            chats.reseal,
            busy.reseal,
            pots.reseal,
            permits.reseal,
            site_keys.reseal,
        )
        found = [reseal() for reseal in rooms]
        done, lost = map(sum, zip(*found, strict=True))
        self.stdout.write(f"{done} secrets are encrypted with the first key.")
        if lost:
            raise CommandError(
                f"None of the keys opens {lost} secrets. Keep the old key in SECRETS_KEYS. If it is lost, "
                "remove these people's second factors under Operate > Accounts, run "
                "`rotate_push_key --drop-devices` for devices, and connect channels of chat apps, calendars of "
                "office hours and accounts on networks again, and write this site's keys at networks anew."
            )
