#!/usr/bin/env python
"""Django's command line; without DATABASE_URL and REDIS_URL it starts (or joins) the embedded servers first."""

import os
import sys
from contextlib import nullcontext

from influencer.embedded.processes import prepare
from influencer.embedded.servers import EmbeddedError, needed, services


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "influencer.settings")
    context = services() if needed() else nullcontext({})
    try:
        if sys.argv[1:2] == ["up"]:
            os.environ.update(prepare())
            print("Starting the databases ..." if needed() else "Using the databases of the environment ...")  # noqa: T201 - it talks to a person
        with context as environment:
            os.environ.update(environment)
            from django.core.management import execute_from_command_line  # noqa: PLC0415  # needs the environment

            execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        sys.exit(f"\n{error}")


if __name__ == "__main__":
    main()
