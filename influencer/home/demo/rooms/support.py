"""The demo's list of who helps when: the program manager, the press office, a standby in the evening."""

from datetime import time

from core.kit.languages import in_language
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.support import services


def load(demo: Demo) -> None:
    language = texts.company(demo.company)["language"]
    lead = demo.program.memberships.filter(user=demo.manager).first()
    for row in texts.read("support")["helpers"]:
        is_lead = row.get("is_lead", False)
        services.add_helper(
            demo.program,
            by=demo.manager,
            name=str(demo.manager) if is_lead else in_language(row["name"], language),
            member=lead if is_lead else None,
            concerns=row["concerns"],
            phone=row["phone"],
            email=demo.manager.email if is_lead else "",
            weekdays=row["weekdays"],
            begins=time.fromisoformat(row["begins"]),
            ends=time.fromisoformat(row["ends"]),
        )
