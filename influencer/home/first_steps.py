"""What a program manager of a fresh program does first. Once everything is done it is never shown again."""

from dataclasses import dataclass
from typing import Any

from core.kit import rooms
from programs.membership.models import Program


@dataclass(frozen=True)
class FirstSteps:
    """Empty when all of them are done."""

    steps: list[dict[str, Any]]
    done: int = 0

    @property
    def total(self) -> int:
        return len(self.steps)


def first_steps(program: Program) -> FirstSteps:
    """The steps of all rooms in their order; the first open one is the next."""
    steps = sorted((step for room in rooms.every() for step in room.first_steps), key=lambda step: step.order)
    looked = [(step, *step.look(program)) for step in steps]
    done = sum(is_done for _step, is_done, _url in looked)
    if done == len(looked):
        return FirstSteps([])
    ahead = next(step for step, is_done, _url in looked if not is_done)
    return FirstSteps(
        [
            {
                "title": str(step.label),
                "meta": "" if is_done else str(step.text),
                "url": url,
                "state": "done" if is_done else "now" if step is ahead else "next",
            }
            for step, is_done, url in looked
        ],
        done,
    )
