"""Every room tells about itself in one place; what is missing or told twice is named."""

import ast

import pytest
from celery import shared_task
from django.db.models import TextChoices
from django.utils import translation

from core.kit import rooms
from core.kit.newsletter_blocks import NewsletterBlock
from core.kit.rooms import Action, Every, Place, PublicNumber, Room, Spot
from influencer.celery import app, route
from influencer.rooms import ROOMS, problems
from programs.membership.access import Ability
from tests.house.code import PACKAGES, files, place, tree


def test_nothing_is_missing_or_told_twice() -> None:
    assert problems(ROOMS) == []
    assert len(ROOMS) >= 20


ROOM_OF_EVENTS = next(room for room in ROOMS if room.name == "community.events")
ROOM_OF_CHARTER = next(room for room in ROOMS if room.name == "programs.charter")
WITHHELD = next(room.withholds for room in ROOMS if room.withholds)


class StrayVerb(TextChoices):
    LOST = "elsewhere.lost", "lost something"


class DoubleVerb(TextChoices):
    INVITED = "generations.invited", "invited"


@shared_task(name="imports.sweep.double")
def double() -> None:
    """Stands for a task of a room."""


@pytest.mark.parametrize(
    ("room", "words"),
    [
        (Room(name="programs.nowhere"), "programs.nowhere is no package"),
        (Room(name="programs.phases"), "the room programs.phases is told 2 times"),
        (Room(name="core.kit", verbs=StrayVerb), "elsewhere.lost does not begin with kit"),
        (Room(name="core.kit", verbs=DoubleVerb), "the verb generations.invited is told 2 times"),
        (Room(name="core.kit", belongs_to=("attic",)), "the place attic, which no room has"),
        (Room(name="core.kit", actions=(Action("x", "home:program", "fly"),)), "fly is no ability"),
        (
            Room(name="core.kit", places=(Place("x", "x", "x", "home:attic", Ability.SEE_PROGRAM, 1),)),
            "no page home:attic",
        ),
        (
            Room(name="core.kit", newsletter_blocks=(NewsletterBlock("dates", "x", "x", list),)),
            "the newsletter block dates is told 2 times",
        ),
        (Room(name="core.kit", spots={"evidence": Spot}), "the spot evidence is told 2 times"),
        (
            Room(name="core.kit", news=ROOM_OF_EVENTS.news[:1]),
            f"the kind of news {ROOM_OF_EVENTS.news[0].kind} is",
        ),
        (
            Room(name="core.kit", subjects=ROOM_OF_CHARTER.subjects[:1]),
            "the subject programs.Commitment is told",
        ),
        (Room(name="core.kit", tiles=ROOM_OF_EVENTS.tiles[:1]), f"the tile {ROOM_OF_EVENTS.tiles[0].template} of "),
        (Room(name="core.kit", retention=ROOM_OF_CHARTER.retention[:1]), "is told 2 times"),
        (
            Room(name="core.kit", numbers=(PublicNumber("x", "x.y", "people", ("forum:attic",)),)),
            "core.kit: there is no page forum:attic",
        ),
        (
            Room(name="core.kit", numbers=(PublicNumber("x", "x.y", "people", ("home:program",)),) * 2),
            "the public number core.kit.x.y (people) is told 2 times",
        ),
        (Room(name="core.kit", withholds={"left": bool, **WITHHELD}), "the reason to withhold a mail"),
        (Room(name="core.kit", meeting_names={"programs:mentors": str}), "who is met at programs:mentors is told 2"),
        (Room(name="core.kit", timetable=(Every(double, 5, "x"), Every(double, 9, "y"))), "is told 2 times"),
    ],
)
def test_a_wrong_room_is_named(room: Room, words: str) -> None:
    assert any(words in problem for problem in problems((*ROOMS, room))), problems((*ROOMS, room))


def test_a_forgotten_room_is_named() -> None:
    forgotten = tuple(room for room in ROOMS if room.name != "programs.phases")
    assert "programs.phases has no room.py that influencer/rooms.py lists." in problems(forgotten)


def _recorded(source: ast.Module) -> list[ast.expr]:
    """What is given to the journal as the verb."""
    return [
        node.args[0]
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("journal.record", "journal.record_view")
    ]


def test_the_journal_is_given_verbs_not_strings() -> None:
    """A verb of an enum has words; a string may have none."""
    ours = [path for path in files(".py") if place(path).startswith(PACKAGES)]
    found = [(place(path), verb) for path in ours for verb in _recorded(tree(path))]
    assert len(found) > 40
    assert [(path, ast.unparse(verb)) for path, verb in found if isinstance(verb, (ast.Constant, ast.JoinedStr))] == []


def test_a_string_as_a_verb_is_seen() -> None:
    (verb,) = _recorded(ast.parse('journal.record("phases.lost", phase, by=user)'))
    assert isinstance(verb, ast.Constant)


def test_every_verb_has_german_words() -> None:
    verbs = [verb for room in ROOMS if room.verbs is not None for verb in room.verbs]
    with translation.override("en"):
        english = {verb.value: str(verb.label) for verb in verbs}
    with translation.override("de"):
        assert [verb.value for verb in verbs if str(verb.label) == english[verb.value]] == []


def test_tasks_go_to_the_queue_of_their_room() -> None:
    app.loader.import_default_modules()
    queues = {
        "newsletters.send": "mail",
        "imports.read": "imports",
        "kpis.publish_due": "reports",
        "notify.deliver": "mail",
        "notify.deliver_now": "now",
        "schedule.tick": "now",
    }
    assert {name: route(name)["queue"] for name in queues} == queues


def test_every_line_of_the_timetable_is_a_task_that_exists() -> None:
    app.loader.import_default_modules()
    lines = [line for room in rooms.every() for line in room.timetable]
    assert len(lines) >= 7
    assert [line.task.name for line in lines if line.task.name not in app.tasks] == []
