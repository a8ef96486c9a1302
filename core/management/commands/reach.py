"""`manage.py reach https://...`: whether this site may ask an address, and what it answers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.kit.fetch import NotFetched, fetch

TYPES = ("text/html", "text/plain", "text/calendar", "application/json", "application/xml", "application/rss+xml")


class Command(BaseCommand):
    help = "Request an address as the site would, with its list of allowed hosts and all its checks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, address: str, **options: Any) -> None:
        try:
            answer = fetch(address, types=TYPES)
        except NotFetched as error:
            raise CommandError(f"{error} ({error.code})") from error
        self.stdout.write(f"{answer.status} {answer.content_type or '-'}, {len(answer.body)} bytes from {answer.url}")
