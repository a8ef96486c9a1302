"""A worker whose way to the internet leads to the loopback: `NETWORK_PORT=... python -m <this> worker ...`"""

import os
from importlib import import_module

import django

from tests.core.kit.outside import Outside


def wire() -> None:
    django.setup()
    asking, outside = import_module("analytics.connectors.asking"), Outside()
    outside.port = int(os.environ["NETWORK_PORT"])
    asking.asker.__kwdefaults__ |= outside.wiring


if __name__ == "__main__":
    wire()
    raise SystemExit(import_module("influencer.at_work").main())
