"""The end of a pulse with 10,000 answers: its sums are opened, its result is worked out and shown. Against the time
that is wished for, and beside the same of one with ten answers: how many answered must not matter."""

import time
from collections.abc import Callable

from bench.harness import Report
from community.pulses import pots, questions, shown, worked_out
from community.pulses.models import PulseRound

NAME = "pulses"
ANSWERS, FEW = 10_000, 10
LIMIT = 50.0  # ms
ROUNDS = 20


def run(report: Report) -> None:
    asks = list(questions.offered())
    many, few = _pot(ANSWERS), _pot(FEW)

    def ends(pot: str, asked: int) -> None:
        sums = pots.open_up(pot, asks)
        kept = worked_out.result(sums, asks, asked=asked, k=5)
        assert shown.result_of(PulseRound(questions=[each.kept for each in asks], result=kept))

    took = _times(lambda: ends(many, ANSWERS * 2))
    report.line(f"a pulse with {ANSWERS:,} answers", took, "ms", [LIMIT], 1.0)
    report.line("beside one with ten answers", took, "ms", _times(lambda: ends(few, FEW * 2)), 1.5)


def _pot(answers: int) -> str:
    asks = list(questions.offered())
    sums = pots.empty(asks)
    for number in range(answers):
        sums.add({each.key: each.values[number % len(each.values)] for each in asks}, asks)
    return pots.close_up(sums)


def _times(work: Callable[[], None]) -> list[float]:
    work()
    found = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return found
