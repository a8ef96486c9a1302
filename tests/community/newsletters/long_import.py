"""A worker whose imports take a minute: `python -m <this> worker ...`"""

import os
import time
from importlib import import_module
from pathlib import Path

import django


def _read(run_id: int) -> None:
    (Path(os.environ["DATA_DIR"]) / f"import-{run_id}").touch()
    time.sleep(60)


if __name__ == "__main__":
    django.setup()
    import_module("analytics.imports.jobs").read = _read
    raise SystemExit(import_module("influencer.at_work").main())
