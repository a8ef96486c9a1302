"""The demo's welcome: four letters over 30 days, which everybody who subscribed has got since they joined."""

from datetime import timedelta

from community.journeys import queries, services
from community.journeys.models import Journey, JourneySending
from influencer.home.demo.rooms import Demo


def load(demo: Demo) -> None:
    journey = services.make_welcome(demo.program, by=demo.manager)
    services.turn_on(journey, by=demo.manager)
    Journey.objects.filter(pk=journey.pk).update(on_since=demo.program.start_on)
    JourneySending.objects.bulk_create(
        JourneySending(letter=letter, key=letter.key, person=row.user, on=row.joined_on + timedelta(days=letter.days))
        for letter in queries.letters_of(journey)
        for row in queries.on_the_way(demo.program).select_related("user")
        if row.joined_on + timedelta(days=letter.days) < demo.today and row.joined_on >= demo.program.start_on
    )
