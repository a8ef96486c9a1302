"""What the demo listens to: a list of mentions as a press office keeps it, with a company beside two rivals."""

from datetime import timedelta

from analytics.listening import services
from analytics.listening.models import Mention
from analytics.listening.services import Published
from core.kit.languages import in_language
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo


def load(demo: Demo) -> None:
    language = texts.company(demo.company)["language"]
    told = texts.read("mentions")
    for row in told["companies"]:
        services.add_name(demo.program, name=row["name"], is_own=row.get("is_own", False), by=demo.manager)
    rows = [
        Published(
            f"https://www.example.org/{number}",
            in_language(row["title"], language),
            demo.today - timedelta(days=row["days"]),
            in_language(row["source"], language),
            tone=row.get("tone", ""),
        )
        for number, row in enumerate(told["mentions"], start=1)
    ]
    services.add_mentions(demo.program, rows, by=demo.manager)
    words = texts.read("log_topics")["topics"]
    for row, mention in zip(told["mentions"], Mention.objects.filter(program=demo.program).order_by("pk"), strict=True):
        if "topic" in row:
            services.mark_mention(mention, topic=in_language(words[row["topic"]], language), by=demo.manager)
