"""The demo's thanks and portraits."""

from datetime import timedelta

from community.recognition import services
from community.recognition.models import Kudos
from core.kit.languages import in_language
from core.kit.words import Words
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.directory.present import listed
from programs.generations.models import Participant


def load(demo: Demo) -> None:
    language = texts.company(demo.company)["language"]
    said = texts.read("recognition")
    active = Participant.objects.active().filter(program=demo.program, user__in=listed(demo.program).values("user"))
    people = [row.user for row in active.select_related("user").order_by("joined_on", "pk")]
    for number, row in enumerate(said["thanks"] if len(people) > 1 else ()):
        by, to = people[(number + 1) % len(people)], people[0 if number in (0, 2) else (number + 2) % len(people)]
        if by == to:
            continue
        kudos = services.say_thanks(demo.program, by=by, to=to, text=in_language(row["text"], language))
        Kudos.objects.filter(pk=kudos.pk).update(said_on=demo.today - timedelta(days=row["days"]))
        services.show(kudos, is_shown=row["shown"])
    for person, text in zip(people[1:], said["portraits"], strict=False):
        services.release_portrait(demo.program, user=person, text=Words(text))
