"""The demo's concept: for whom, the documents of a program in its rollout, and a second program on somebody's mind."""

from core.kit.languages import in_language
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.guide import checks, fitting, services
from programs.guide.models import CouncilState, Size
from programs.guide.models_checks import EarlyCheck

STILL_MISSING = ("translations", "processing")


def load(demo: Demo) -> None:
    content, language = texts.read("guide"), texts.company(demo.company)["language"]
    services.change_concept(
        demo.program,
        by=demo.manager,
        audience=in_language(content["audience"], language),
        size=Size.HUGE,
        council=CouncilState.KNOWS,
        languages=["de", "en"],
    )
    wanted = ("mandate", "agreement", "privacy", "processing", "guidelines", "time", "crisis", "translations")
    rows = [row for row in fitting.file()["documents"] if row["key"] in wanted]
    for row in rows:
        services.add_document(
            demo.program,
            by=demo.manager,
            title=row["title"],
            hint=row["hint"],
            is_there=row["key"] not in STILL_MISSING,
        )
    checks.plan_checks(demo.program, demo.program.start_on, by=demo.manager)
    for check, row in zip(checks.checks_of(demo.program), content["checks"], strict=True):
        checks.hold(check, by=demo.manager, finding=in_language(row["finding"], language), decision=row["decision"])
        EarlyCheck.objects.filter(pk=check.pk).update(held_on=check.due_on)
    for question, said in content["sketch"].items():
        plain = {
            name: in_language(value, language) if isinstance(value, dict) else value for name, value in said.items()
        }
        services.answer(demo.manager, question=question, said=plain)
