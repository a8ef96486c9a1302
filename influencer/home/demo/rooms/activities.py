"""The demo's topics for the log."""

from analytics.activities import topic_services
from core.kit.languages import in_language
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo


def load(demo: Demo) -> None:
    language = texts.company(demo.company)["language"]
    for word in texts.read("log_topics")["topics"]:
        topic_services.add_topic(demo.program, word=in_language(word, language), by=demo.manager)
