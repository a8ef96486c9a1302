"""The demo's handbook: the seven chapters, published and looked after, one page in its second version, decisions."""

from datetime import timedelta

from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.handbook import services
from programs.handbook.models import HandbookPage
from programs.membership.access import Ability
from programs.membership.models import Role
from programs.membership.queries import people_with

LAST_CHAPTER = 6  # is still a draft
WAITS = 7  # for its approval


def load(demo: Demo) -> None:
    made = services.start_handbook(demo.program, by=demo.manager)
    writers = people_with(Ability.WRITE_HANDBOOK, demo.program).order_by("pk")
    lead = writers.filter(role=Role.MANAGER).first()
    coach = writers.filter(role=Role.COACH).first() or lead
    rows = texts.read("handbook")
    for number, page in enumerate(made):
        is_draft = page.parent_id is None and page.place == LAST_CHAPTER
        values = {"owner": coach if number % 3 == 1 else lead, "approver": lead, "is_published": not is_draft}
        days = rows["check_in_days"][number % len(rows["check_in_days"])]
        look_on = demo.today + timedelta(days=days)
        services.arrange_page(page, parent=page.parent, by=demo.manager, check_on=look_on, **values)
        if not is_draft and number != WAITS:
            services.approve_page(page, version=page.version, check_on=None, by=demo.manager)
    services.show_to_guests(made[1], on=True, by=demo.manager)
    changed = next(page for page in made if page.title.texts["de"] == rows["changed"]["page"])
    _change(demo, changed, rows["changed"])
    for row in rows["decisions"]:
        decided_on = demo.today - timedelta(days=row["days_ago"])
        check_on = demo.today + timedelta(days=row["review_in_days"]) if "review_in_days" in row else None
        about = next((page for page in made if page.title.texts["de"] == row.get("page")), None)
        words = {"text": row["text"], "considered": row["considered"]}
        services.record_decision(
            demo.program, by=demo.manager, decided_on=decided_on, check_on=check_on, page=about, **words
        )


def _change(demo: Demo, page: HandbookPage, row: dict[str, dict[str, str]]) -> None:
    for language in ("de", "en"):
        page.refresh_from_db()
        services.write_page(
            page,
            language=language,
            title=page.title.texts[language],
            text=row["text"][language],
            based_on=page.version,
            note=row["note"][texts.company(demo.company)["language"]],
            by=demo.manager,
        )
