"""The program's short list of topics: added, removed, restored. What people logged keeps its words."""

from typing import TYPE_CHECKING

from django.db import transaction

from analytics.activities.models import ActivityTopic
from analytics.activities.verbs import ActivitiesVerb
from core.journal import services as journal
from core.kit import page_cache
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def add_topic(program: Program, *, word: str, by: "User") -> ActivityTopic:
    """Once, however often it is added."""
    known = ActivityTopic.objects.present().filter(program=program, word__iexact=word).first()
    if known is not None:
        return known
    topic = ActivityTopic.objects.create(program=program, word=word)
    journal.record(ActivitiesVerb.TOPIC_ADDED, topic, by=by)
    page_cache.changed(program.pk)
    return topic


@transaction.atomic
def remove_topic(topic: ActivityTopic, *, by: "User") -> ActivityTopic:
    """Nobody is offered it any more. Entries that have it keep it."""
    topic.put_away()
    journal.record(ActivitiesVerb.TOPIC_REMOVED, topic, by=by)
    page_cache.changed(topic.program_id)
    return topic


@transaction.atomic
def restore_topic(topic: ActivityTopic, *, by: "User") -> ActivityTopic:
    topic.take_back()
    journal.record(ActivitiesVerb.TOPIC_RESTORED, topic, by=by)
    page_cache.changed(topic.program_id)
    return topic
