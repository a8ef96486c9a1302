"""The guideline. In the world version 2 is in force, and nobody has agreed to any yet."""

from typing import Any

from programs.guidelines import profile_guide, services
from programs.guidelines.models import GuidelineSection, GuidelineVersion, Question

ORDER = 20


def make_guideline(program: Any, by: Any) -> GuidelineVersion:
    """The starter, published as version 1."""
    return services.publish(services.start(program, by=by, from_starter=True), reason={}, by=by)


def change_section(program: Any, by: Any, question: str = Question.FORM, **text: str) -> GuidelineVersion:
    """One answer is written anew and published."""
    section = GuidelineSection.objects.select_related("guideline__program").get(
        guideline__program=program, question=question
    )
    services.write_section(section, text=text or {"en": "Your tone, and no invented people."}, by=by)
    return services.publish(section.guideline, reason={"en": "A question from the hardening shop."}, by=by)


def furnish(world: Any) -> None:
    world.first_guideline_version = make_guideline(world.program, world.manager)
    world.guideline_version = change_section(world.program, world.manager)
    world.guideline = world.program.guideline
    world.guideline_section = world.guideline.sections.get(question=Question.FORM)
    profile_guide.mark(world.program, marks={"photo": "done"}, by=world.influencer2)
    world.guideline_case = world.guideline_section.cases.first()
