"""A template as somebody looks at it from a program, and whose templates those are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.kit.languages import localised
from programs.library import shape
from programs.library.models import PlanTemplate, PlanVersion
from programs.library.shape import Content
from programs.membership.access import Ability, can, roles_by_program
from programs.membership.models import Program, Role

if TYPE_CHECKING:
    from core.people.models import User


def programs_led(user: "User") -> list[Program]:
    return [program for program, roles in roles_by_program(user).items() if Role.MANAGER in roles]


@dataclass(frozen=True)
class Opened:
    """The product's own or one of the company."""

    program: Program  # from which one looks
    content: Content
    row: PlanTemplate | None = None
    may_edit: bool = False

    @classmethod
    def of(cls, user: "User", program: Program, row: PlanTemplate) -> "Opened":
        content = PlanVersion.objects.get(template=row, number=row.version).content
        return cls(program, content, row, can(user, Ability.MANAGE_PROGRAM, row.program))

    @property
    def ref(self) -> str:
        return self.row.ref if self.row else str(self.content["key"])

    @property
    def name(self) -> str:
        return localised(self.content["name"])

    @property
    def about(self) -> str:
        return localised(self.content["about"])

    @property
    def attribution(self) -> str:
        return localised(self.content["attribution"])

    @property
    def version(self) -> int:
        return self.row.version if self.row else int(self.content["version"])

    @property
    def parts(self) -> list[shape.PlanPart]:
        return shape.parts(self.content)

    @property
    def next_number(self) -> int:
        return len(self.content["phases"]) + 1

    @property
    def item_count(self) -> int:
        return shape.item_count(self.content)
