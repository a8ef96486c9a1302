"""`make bench [ONLY=name]`: every benchmark, each against a limit of the same run; exit status 1 when one is short."""

import importlib
import pkgutil
import shutil
import sys
import tempfile
from pathlib import Path

import bench
from bench.harness import Report, own_site


def names() -> list[str]:
    found = [module.name for module in pkgutil.iter_modules(bench.__path__)]
    return [name for name in found if "\nNAME = " in (Path(bench.__path__[0]) / f"{name}.py").read_text()]


def main() -> int:
    chosen = sys.argv[1:] or names()
    if unknown := sorted(set(chosen) - set(names())):
        print(f"There is no benchmark {', '.join(unknown)}. Choose from: {', '.join(names())}.")
        return 2
    report = Report()
    report.heading()
    for name in chosen:
        # each in its own process would be purer; each in its own database is what the figures need
        home = Path(tempfile.mkdtemp(prefix="bench-"))
        home.chmod(0o755)
        try:
            _run(name, home, report) if len(chosen) == 1 else _run_apart(name, report)
        finally:
            shutil.rmtree(home, ignore_errors=True)
    if report.short:
        print(f"short: {', '.join(report.short)}")
    return 1 if report.short else 0


def _run(name: str, home: Path, report: Report) -> None:
    with own_site(home):
        importlib.import_module(f"bench.{name}").run(report)


def _run_apart(name: str, report: Report) -> None:
    """A fresh process, so that one benchmark's memory and caches do not help or hinder the next."""
    import subprocess

    answer = subprocess.run([sys.executable, "-m", "bench", name], stdout=subprocess.PIPE, text=True, check=False)
    lines = answer.stdout.splitlines()
    for line in lines[1:]:
        if not line.startswith("short: "):
            print(line, flush=True)
    if answer.returncode:
        report.short.append(name if answer.returncode == 1 else f"{name} (broken)")


if __name__ == "__main__":
    sys.exit(main())
