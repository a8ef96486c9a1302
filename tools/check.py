"""`make check`: everything that can be judged without running the site. All of it runs, even when one part fails."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
CHECKS = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "--output-format=concise", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "--output-format=concise", "."],
    "templates: lint": [BIN / "djlint", "--lint", "--quiet", "templates"],
    "types": [BIN / "mypy", "--no-error-summary"],
    "dead code": [sys.executable, "-m", "tools.dead_code"],
    "import directions": [BIN / "lint-imports", "--no-logo"],
    "settings": [sys.executable, "manage.py", "check"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": [sys.executable, "manage.py", "messages", "check"],
    "templates: compile": [sys.executable, "-m", "tools.compile_templates"],
    "styles and icons": [sys.executable, "-m", "tools.trim", "--check"],
}
# Parts that need databases find running ones, or bring their own and keep them apart from the demo's.
ENVIRONMENT = os.environ | {"DATA_DIR": os.environ.get("DATA_DIR") or str(ROOT / ".data/check"), "STATIC_HASHED": "0"}
# The types of models come from the settings, which want to be complete; nothing is asked of these.
PLACEHOLDERS = {"SECRET_KEY": "x" * 50, "DATABASE_URL": "postgresql:///x", "REDIS_URL": "redis://x"}


def main() -> int:
    chosen = sys.argv[1:]
    failed = []
    for name, command in CHECKS.items():
        if chosen and not any(word in name for word in chosen):
            continue
        environment = PLACEHOLDERS | ENVIRONMENT if name == "types" else ENVIRONMENT
        began = time.monotonic()
        answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        state = "ok" if answer.returncode == 0 else "FAILED"
        print(f"{name:<20} {state:<7} {time.monotonic() - began:5.1f} s", flush=True)
        if answer.returncode:
            failed.append(name)
            print("    " + "\n    ".join((answer.stdout + answer.stderr).strip().splitlines()), flush=True)
    if failed:
        print(f"\nNot in order: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
