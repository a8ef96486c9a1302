#!/usr/bin/env python
"""Django's command line; without DATABASE_URL and REDIS_URL it starts (or joins) the embedded servers first."""

import os
import sys
from contextlib import nullcontext

from influencer.embedded.servers import EmbeddedError, needed, services


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "influencer.settings")
    context = services() if needed() else nullcontext({})
    try:
        with context as environment:
            os.environ.update(environment)
            from django.core.management import execute_from_command_line  # after the environment is complete

            execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        sys.exit(f"\n{error}")


if __name__ == "__main__":
    main()
