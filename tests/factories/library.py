"""Templates of phases with checklists. In the world the program keeps one and was made from it."""

from typing import Any

from programs.checklists.models_uses import TemplateUse
from programs.library import services, shape, taking, taking_services
from programs.library.models import PlanTemplate
from programs.library.opened import Opened

ORDER = 40


def content(**changes: Any) -> dict[str, Any]:
    """A small template: two phases, three items, a date."""
    return shape.completed(
        {
            "key": "kick-off",
            "version": 1,
            "name": {"en": "Kick-off", "de": "Auftakt"},
            "about": {"en": "For the first weeks"},
            "attribution": {"en": "After a checklist of the Nordwerk AG"},
            "licence": "CC BY 4.0",
            "source": "https://example.com/kick-off",
            "phases": [
                {
                    "key": "prepare",
                    "name": {"en": "Prepare", "de": "Vorbereiten"},
                    "aim": {"en": "Everybody knows why"},
                    "offset_weeks": 0,
                    "weeks": 2,
                    "marks": [{"key": "go", "kind": "milestone", "name": {"en": "Ready"}, "offset_weeks": 1}],
                    "items": [
                        {"key": "room", "title": {"en": "Book a room", "de": "Raum buchen"}, "due_week": 1},
                        {"key": "list", "title": {"en": "Invite everybody"}, "hint": {"en": "By name"}, "due_week": 2},
                    ],
                },
                {
                    "key": "hold",
                    "name": {"en": "Hold"},
                    "offset_weeks": 2,
                    "weeks": 1,
                    "items": [{"key": "note", "title": {"en": "Take notes"}, "must": False, "ask_every": 4}],
                },
            ],
        }
        | changes
    )


def make_template(program: Any, by: Any, **changes: Any) -> PlanTemplate:
    return services.add_template(program, content(**changes), by=by)


def make_use(program: Any, row: PlanTemplate, by: Any, **said: Any) -> Any:
    opened = Opened(program, services.latest(row), row, True)
    said = {"start_on": program.start_on} | said
    return taking_services.take(opened, taking.plan(opened.content, **said), by=by)


def furnish(world: Any) -> None:
    world.template = make_template(world.program, world.manager)
    world.template_use = TemplateUse.objects.create(
        program=world.program, template_pk=world.template.pk, key=world.template.key, version=1, content=content()
    )
