"""What a sketch says, as the rest of the room reads it. Pure; what was not answered has its usual value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from programs.guide.models import CouncilState, Size
from programs.membership.models import Country

WEEKLY = 60  # minutes; an hour a week is usual
CHECKS = (30, 60, 90)  # days after the start


@dataclass(frozen=True)
class Answers:
    goals: list[str] = field(default_factory=list)
    reason: str = ""
    audience: str = ""
    size: str = ""
    weekly_minutes: int = WEEKLY
    has_pilot: bool = True
    country: str = Country.GERMANY
    languages: list[str] = field(default_factory=list)
    council: str = CouncilState.UNKNOWN
    is_backed: bool = False
    given_by: str = ""
    promised: str = ""
    helpers: list[str] = field(default_factory=list)
    name: str = ""
    company_name: str = ""
    start_on: date | None = None

    @property
    def is_complete(self) -> bool:
        """Name, company and start are needed; everything else may stay open."""
        return bool(self.name and self.company_name and self.start_on)

    @property
    def words(self) -> frozenset[str]:
        """What is so, in the words of `data/fitting.yaml`."""
        so = {self.country.lower()}
        if self.council in (CouncilState.KNOWS, CouncilState.UNAWARE):
            so.add("council")
        if self.council == CouncilState.UNKNOWN:
            # until it is known, the plan counts on one: to take it out later is easier than to be too late
            so |= {"council", "council_unaware"}
        if self.council == CouncilState.UNAWARE:
            so.add("council_unaware")
        if self.size == Size.SMALL:
            so.add("small")
        if self.size in (Size.LARGE, Size.HUGE):
            so.add("large")
        if len(self.languages) > 1:
            so.add("languages")
        if "agency" in self.helpers:
            so.add("agency")
        if self.is_backed:
            so.add("sponsor")
        if self.has_pilot:
            so.add("pilot")
        return frozenset(so)

    def checks(self) -> list[tuple[int, date]]:
        return [(days, self.start_on + timedelta(days=days)) for days in CHECKS] if self.start_on else []


def read(answers: Mapping[str, Mapping[str, Any]]) -> Answers:
    """The answers of all questions together."""
    said: dict[str, Any] = {name: value for question in answers.values() for name, value in question.items()}
    goals = [said.get(f"goal_{rank}", "") for rank in (1, 2, 3)]
    start = said.get("start_on")
    return Answers(
        goals=list(dict.fromkeys(goal for goal in goals if goal)),
        reason=said.get("reason", ""),
        audience=", ".join([*said.get("audiences", []), *filter(None, [said.get("audience", "")])]),
        size=said.get("size", ""),
        weekly_minutes=said.get("weekly_minutes", WEEKLY),
        has_pilot=said.get("pilot", "yes") == "yes",
        country=said.get("country", Country.GERMANY),
        languages=said.get("languages", []),
        council=said.get("council", CouncilState.UNKNOWN),
        is_backed=said.get("backing") == "given",
        given_by=said.get("given_by", ""),
        promised=said.get("promised", ""),
        helpers=said.get("helpers", []),
        name=said.get("name", ""),
        company_name=said.get("company_name", ""),
        start_on=date.fromisoformat(start) if start else None,
    )


def next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())
