"""The demo's directory: who helps with what. Twelve people have chosen to stand there; the others have not."""

from typing import Any

from influencer.home.demo import texts
from influencer.home.demo.portraits import portrait
from influencer.home.demo.rooms import Demo
from influencer.home.demo.rooms.forum import people_by_name
from programs.directory import services
from programs.directory.access import can_appear
from programs.directory.lines import topic
from programs.directory.models import Part


def load(demo: Demo) -> None:
    language = texts.company(demo.company)["language"]
    people = people_by_name(demo.program, demo.company)
    for row in texts.read("directory")["profiles"]:
        person = people.get(row["who"])
        if person is not None and can_appear(person, demo.program):
            photo = portrait(row["portrait"]) if "portrait" in row else None
            services.show_oneself(demo.program, by=person, version=0, entered=_entered(row, language), photo=photo)


def _entered(row: dict[str, Any], language: str) -> services.Entered:
    """What is entered is shown, but for what is called hidden."""
    said = {name: row[name][language] for name in ("sentence", "pronouns", "department") if name in row}
    lines = {name: [topic(line[language]) for line in row.get(name, ())] for name in ("helps", "topics")}
    hidden, names = row.get("hidden", ()), {*row, Part.PHOTO} if "portrait" in row else {*row}
    return services.Entered(
        shown=[part.value for part in Part if part.value in names and part.value not in hidden],
        site=row.get("site", ""),
        languages=sorted(row.get("languages", ())),
        networks=row.get("networks", []),
        **said,
        helps=lines["helps"],
        topics=lines["topics"],
    )
