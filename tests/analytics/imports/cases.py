"""The files that once went wrong, with what is right (see `tests/samples/cases/imports/README.md`)."""

import json
from typing import Any

from tests.workbooks import SAMPLES

CASES = SAMPLES / "cases" / "imports"
EXPECTED: dict[str, Any] = json.loads((CASES / "expected.json").read_text())
ROSTERS = {name: case for name, case in EXPECTED.items() if name.startswith("R")}
FIGURES = {name: case for name, case in EXPECTED.items() if not name.startswith("R")}
