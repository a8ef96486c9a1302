from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from influencer.health import probes


class Command(BaseCommand):
    help = "Check the named dependencies (all if none is named); exits with 1 if one of them fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="|".join(probes.ALL))

    def handle(self, *, names: list[str], **options: Any) -> None:
        unknown = sorted(set(names) - probes.ALL.keys())
        if unknown:
            raise CommandError(f"There is no {', '.join(unknown)}. Choose from: {', '.join(probes.ALL)}.")
        states = probes.ask({name: probes.ALL[name] for name in names or probes.ALL})
        for name, state in states.items():
            self.stdout.write(f"{name}: {state}")
        if set(states.values()) != {"ok"}:
            raise CommandError("Some dependencies are not healthy.")
