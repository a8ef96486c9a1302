"""The demo's library: a template saved from the program's own pilot and changed since, and one that was brought from
another company."""

from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.library import reading, saving, services, starting, writing
from programs.phases.models import Phase


def load(demo: Demo) -> None:
    content = texts.read("library")
    saved = content["saved"]
    phases = Phase.objects.filter(program=demo.program, key=saved["phase"])
    head = starting.head(saved["name"], saved["about"])
    row = services.add_template(demo.program, head | {"phases": saving.content_of(list(phases))}, by=demo.manager)
    whole = services.latest(row)
    whole["phases"][0]["items"].append(saved["learnt"])
    services.revise(row, whole, based_on=row.version, by=demo.manager)
    for brought in content["brought"]:
        services.add_template(demo.program, reading.read(writing.write(brought)), by=demo.manager)
