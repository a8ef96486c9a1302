"""What a kind of event brings along, from the data file."""

from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path

import yaml

from community.events.models import EventKind
from core.kit.languages import in_language
from programs.phases.template import Texts

FILE = Path(__file__).with_name("data") / "kinds.yaml"
BEGINS = time(9)


@dataclass(frozen=True)
class KindTemplate:
    kind: str
    icon: str
    minutes: int
    short: Texts
    title: Texts
    description: Texts
    invitation: Texts
    running_order: Texts
    reminder: Texts
    follow_up: Texts
    tasks: Texts
    after_tasks: Texts
    places: int | None = None
    repeat: str = ""  # usually a series: its rhythm and how many
    times: int | None = None

    @property
    def label(self) -> str:
        return str(EventKind(self.kind).label)

    @property
    def in_short(self) -> str:
        return in_language(self.short)

    @property
    def ends(self) -> time:
        end = BEGINS.hour * 60 + self.minutes
        return time(min(end // 60, 23), end % 60)


@cache
def kinds() -> dict[str, KindTemplate]:
    return {row["kind"]: KindTemplate(**row) for row in yaml.safe_load(FILE.read_text())["kinds"]}
