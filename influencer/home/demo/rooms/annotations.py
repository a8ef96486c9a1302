"""The demo's notes on the time line: what one has to know to read its charts."""

from datetime import timedelta

from analytics.annotations import services
from influencer.home.demo.rooms import Demo

#: Days back, whether of a whole week, the words.
NOTES = (
    (110, False, {"de": "Kampagne für Ausbildungsplätze gestartet", "en": "Campaign for apprenticeships started"}),
    (74, True, {"de": "LinkedIn änderte, wem es Beiträge zeigt", "en": "LinkedIn changed whom it shows posts to"}),
    (31, False, {"de": "Warnstreik im Werk", "en": "Warning strike at the plant"}),
)


def load(demo: Demo) -> None:
    for back, is_week, text in NOTES:
        services.add_note(
            demo.program, on=demo.today - timedelta(days=back), is_week=is_week, text=text, by=demo.manager
        )
