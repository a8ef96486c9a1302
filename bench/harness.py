"""What every benchmark shares: repeats, medians, and a judgement against a limit measured in the same run.

A benchmark is a module `bench/<name>.py` with `NAME` and `run(report)`. It measures its work and, side by side, the
physical limit of that work, and hands both to `report.line`. Ratios of one run travel between machines; seconds do not.
"""

import contextlib
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence, Sized
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[1]
REPEATS = 5
ROUNDS = 21  # of short work: so many that a busy moment does not decide


class Report:
    """Prints one line per figure; remembers whether one was short."""

    def __init__(self) -> None:
        self.short: list[str] = []
        self.lines = 0

    def heading(self) -> None:
        print(
            "name | median | min-max | unit | limit measured in the same run | ratio | target | ok or short", flush=True
        )

    def line(
        self,
        name: str,
        samples: Sequence[float],
        unit: str,
        limit_samples: Sequence[float] | None = None,
        target: float | None = None,
        better: Literal["lower", "higher"] = "lower",
        *,
        in_turns: bool = False,
        goal: float | None = None,
    ) -> None:
        """`better="lower"`: the ratio to the limit stays at or under the target; "higher": at or over it. `in_turns`:
        sample and limit of one round stood side by side, and the ratio is the middle one of those of the rounds.
        `goal`: what is wished for beyond the target; that it was missed is said, and nothing fails."""
        median = statistics.median(samples)
        spread = f"{figure(min(samples))}-{figure(max(samples))}"
        limit = ratio = wanted = verdict = "-"
        if limit_samples is not None:
            bound = statistics.median(limit_samples)
            value = median / bound if bound else float("inf")
            if in_turns:
                value = statistics.median(ours / theirs for ours, theirs in zip(samples, limit_samples, strict=True))
            limit, ratio = figure(bound), f"{value:.2f}"
            if target is not None:
                fits = value <= target if better == "lower" else value >= target
                wanted = f"{'<=' if better == 'lower' else '>='} {target:g}"
                verdict = "ok" if fits else "short"
                self.short += [] if fits else [name]
                if goal is not None and fits and not (value <= goal if better == "lower" else value >= goal):
                    verdict = f"ok, goal {goal:g} missed"
        self.lines += 1
        print(" | ".join((name, figure(median), spread, unit, limit, ratio, wanted, verdict)), flush=True)

    def none(self, name: str, found: Sized) -> None:
        """What must not be there at all."""
        self.line(name, [len(found)], "found", [1], 0)

    def page(self, name: str, got: list[float], limit: list[float], target: float) -> None:
        """What `side_by_side` measured of a page and of a bare one."""
        self.line(name, [each * 1000 for each in got], "ms", [each * 1000 for each in limit], target, in_turns=True)


def figure(value: float) -> str:
    """Three digits that mean something; thousands are kept whole."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def side_by_side(
    work: Callable[[], object], limit: Callable[[], object], *, repeats: int = ROUNDS, each: int = 1
) -> tuple[list[float], list[float]]:
    """Seconds per call of both, taken in turns, so that a slow moment meets both; one round to warm up."""
    work(), limit()
    ours, bounds = [], []
    for _ in range(max(repeats, REPEATS)):
        ours.append(seconds(lambda: [work() for _ in range(each)]) / each)
        bounds.append(seconds(lambda: [limit() for _ in range(each)]) / each)
    return ours, bounds


@contextlib.contextmanager
def own_site(home: Path, *, durable: bool = True) -> Iterator[None]:
    """Own servers in an own folder, an empty database, Django ready. Nothing of the demo is touched."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "DATA_DIR": str(home), "SECRET_KEY": "only-for-benchmarks-" + "x" * 40, "STATIC_HASHED": "0",
        "DJANGO_SETTINGS_MODULE": "influencer.settings", "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    from influencer.embedded.servers import services

    with services(home, durable=durable) as environment:
        os.environ.update(environment)
        os.environ["DATABASE_URL"] = os.environ.pop("DATABASE_OWNER_URL")  # limits are measured in tables of their own
        import django
        from django.core.management import call_command
        from django.db import connection

        (home / "static").mkdir(exist_ok=True)
        django.setup()
        call_command("migrate", verbosity=0)
        try:
            yield
        finally:
            connection.close()
            connection.close_pool()
