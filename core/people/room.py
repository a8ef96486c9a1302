from core.kit.rooms import Room
from core.people import jobs
from core.people.verbs import PeopleVerb

ROOM = Room(name="core.people", verbs=PeopleVerb, retention=(jobs.retention,))
