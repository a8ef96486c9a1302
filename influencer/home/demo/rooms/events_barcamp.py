"""The demo's barcamp: a day with three rooms, proposals, votes that nobody sees yet, and the first sessions placed."""

from datetime import time, timedelta

from community.barcamp.models import (
    Barcamp,
    CampRoom,
    CampSession,
    CampSlot,
    Offering,
    Proposal,
    ProposalVote,
)
from community.events.kinds import kinds
from community.events.models import Event, EventKind, EventState
from influencer.home.demo.rooms import Demo
from influencer.home.demo.rooms.forum import people_by_name
from programs.membership.access import Ability
from programs.membership.models import Role
from programs.membership.queries import people_with
from programs.phases.models import Milestone

DAYS_AHEAD, FRIDAY = 21, 4
ROOMS = (("Kantine", "40 Plätze"), ("Deichraum", "16 Plätze, Bildschirm"), ("Werkbank", "12 Plätze, Whiteboard"))
SLOTS = (
    (time(9, 30), time(10), "Auftakt: Vorschläge vorstellen, Plan füllen"),
    (time(10), time(10, 40), ""),
    (time(10, 45), time(11, 25), ""),
    (time(11, 30), time(12, 10), ""),
    (time(12, 15), time(13), "Mittagessen in der Kantine"),
    (time(13), time(13, 40), ""),
    (time(13, 45), time(14, 30), "Abschluss: ein Satz aus jeder Runde"),
)
# title, sentence, wish, where (room, time) if it has a place
PROPOSALS = (
    ("Vorher und nachher im Prüfstand", "Drei echte Beiträge, einmal überarbeitet.", False, (0, 1)),
    ("LinkedIn auf Plattdeutsch?", "Dialekt als Stilmittel: wann es trägt.", False, (1, 1)),
    ("Mein Foto mache ich selbst", "Licht, Hintergrund, Handy. Bitte Handy mitbringen.", False, (2, 1)),
    ("Was antworte ich auf „Greenwashing“?", "Wir sammeln Antworten, die standhalten.", False, (0, 2)),
    ("Ein Beitrag in 15 Minuten", "", False, (2, 2)),
    ("Schicht und Social Media: wann denn?", "Erfahrungen aus drei Schichtmodellen.", False, (0, 3)),
    ("Wenn die eigene Chefin mitliest", "Offene Runde: was hilft und was hemmt.", True, None),
    ("Messe im März: wer zeigt was?", "Damit nicht zehn Leute denselben Stand zeigen.", False, None),
    ("Podcast mit dem Handy aufnehmen", "Zwei Mikrofone sind da, wir probieren es aus.", False, None),
    ("Auf Englisch schreiben, ohne sich zu verbiegen", "", True, None),
)


def load(demo: Demo) -> None:
    brought = kinds()[EventKind.BARCAMP]
    on = demo.today + timedelta(days=DAYS_AHEAD)
    milestone = Milestone.objects.create(
        program=demo.program,
        kind=Milestone.Kind.EVENT,
        title={"de": "Barcamp „Nordlichter unter sich“", "en": "Barcamp “Nordlichter among themselves”"},
        on=on + timedelta(days=(FRIDAY - on.weekday()) % 7),
        at=time(9, 30),
        until_at=time(14, 30),
        place="Bremen",
    )
    event = Event.objects.create(
        milestone=milestone,
        kind=EventKind.BARCAMP,
        state=EventState.ANNOUNCED,
        told_revision=milestone.revision,
        description=brought.description,
        invitation=brought.invitation,
        tasks=brought.tasks,
        capacity=brought.places,
    )
    people = people_by_name(demo.program, demo.company)
    takes_part = people_with(Ability.JOIN_EVENTS, demo.program).filter(role=Role.INFLUENCER).order_by("pk")
    others = [row.user for row in takes_part if row.user != people["influencer"]]
    Barcamp.objects.create(event=event, changed_at=milestone.changed_at)
    rooms = [CampRoom.objects.create(event=event, name=name, note=note) for name, note in ROOMS]
    slots = [CampSlot.objects.create(event=event, starts=starts, ends=ends, title=t) for starts, ends, t in SLOTS]
    for number, (title, text, is_wish, where) in enumerate(PROPOSALS):
        by = people["influencer"] if number == 0 else others[number % len(others)]
        kind = Offering.WISH if is_wish else Offering.OFFER
        proposal = Proposal.objects.create(
            event=event, kind=kind, title=title, text=text, by=by, leads=None if is_wish else by
        )
        if where:
            CampSession.objects.create(proposal=proposal, room=rooms[where[0]], slot=slots[where[1]])
        voters = [person for place, person in enumerate(others) if (place * 7 + number) % 3 and person != by]
        ProposalVote.objects.bulk_create(ProposalVote(proposal=proposal, person=person) for person in voters)
