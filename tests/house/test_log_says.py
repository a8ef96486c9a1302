"""What is changed says in the log what it was and what it became: every verb of an edit hands `changes` over."""

import ast
from collections.abc import Iterator

from community.events.models import Event
from community.forum.models_rituals import Ritual
from community.world_cafe.models import Cafe, CafeTable
from core.kit import rooms
from influencer.privacy.log_changes import label_of
from programs.casting.models import Call
from programs.charter.models import BudgetLine, Charter, Commitment, Duty, DutyHolder, Risk, Stakeholder
from programs.checklists.models import Item
from programs.generations.models import Generation, Step
from programs.guide.models import Concept, NeededDocument
from programs.guide.models_checks import EarlyCheck
from programs.guidelines.models import Guideline, GuidelineCase, GuidelineSection
from programs.handbook.models import Decision, HandbookPage
from programs.membership.models import Membership, Program
from programs.phases.models import Milestone, Phase
from programs.reviews.models import Review, ReviewAction, ReviewPoint
from programs.support.models import Helper
from tests.house.code import PACKAGES, files, place, tree

# The last word of verbs that say themselves what was before: it was not there, it was open, it was running.
TELLING = frozenset(
    [
        "unapproved",
        "added",
        "done",
        "deleted",
        "restored",
        "removed",
        "created",
        "made",
        "began",
        "begun",
        "started",
        "unstarted",
        "stopped",
        "ended",
        "finished",
        "closed",
        "reopened",
        "opened",
        "released",
        "discarded",
        "paused",
        "resumed",
        "skipped",
        "unskipped",
        "ticked",
        "applicable",
        "published",
        "approved",
        "back",
        "lapsed",
        "on",
        "off",
        "archived",
        "unarchived",
        "pinned",
        "unpinned",
        "announced",
        "cancelled",
        "sent",
        "now",
        "tested",
        "scheduled",
        "unscheduled",
        "taken",
        "untaken",
        "noted",
        "imported",
        "data",
        "copied",
        "saved",
        "asked",
        "confirmed",
        "invited",
        "agreed",
        "withdrawn",
        "revoked",
        "resent",
        "read",
        "viewed",
        "downloaded",
        "exported",
        "written",
        "answered",
        "again",
        "undone",
        "frozen",
        "unfrozen",
        "repeated",
        "split",
        "merged",
        "out",
        "planned",
        "offered",
        "connected",
        "placed",
        "applying",
        "undoing",
        "applied",
        "discard",
        "resumed",
        "run",
        "erased",
        "left",
        "scored",
        "decided",
        "up",
        "unmade",
        "order",
        "moved_along",
        "added_again",
    ]
) - {"written", "placed"}

# Edits whose line says no more than that they happened, and why.
EXCEPTIONS = {
    "people.profile_changed": "of one's own account, in no program's log",
    "people.language_changed": "of one's own account, in no program's log",
    "people.address_changed": "of one's own account, in no program's log; an address is personal",
    "people.password_changed": "a secret",
    "event_photos.kept": "an answer to people who are told of in no log",
    "comments.changed": "what people write to each other is kept in no log",
    "connectors.keys_written": "secrets; the line says which, in no program's log",
    "operate.text_changed": "of the site, in no program's log; the page keeps every version",
    "checklists.items_moved": "by how many days stands in it; the phase's own line has the days",
    "phases.dates_moved": "by how many days stands in it; the phase's own line has the days",
    "office_hours.changed": "a host's own arrangement, told to those who book",
    "forum.boards_ordered": "an order among boards",
    "membership.lead_changed": "the roles that end and begin have lines of their own",
    "library.edited": "every version of a template is kept and compared on its page",
    "casting.call_written": "it was not there before",
    "people.first_administrator": "there was nobody before",
    "barcamp.arranged": "rooms and times of one day's event, seen by everybody there",
    "leitbild.sorted": "a room that sorts together; what people wrote without their names is kept in no log",
    "barcamp.placed": "a plan that moves all day, seen by everybody there",
    "reviews.agenda_changed": "which proposals stand is on the review's page; the items have lines of their own",
}


SPOKEN_OF = (
    BudgetLine, Cafe, CafeTable, Call, Charter, Commitment, Concept, Decision, Duty, DutyHolder, EarlyCheck, Event,
    Generation, Guideline, GuidelineCase, GuidelineSection, HandbookPage, Helper, Item, Membership, Milestone,
    NeededDocument, Phase, Program, Review, ReviewAction, ReviewPoint, Risk, Ritual, Stakeholder, Step,
)  # fmt: skip
# What no edit changes: marks of time, and what a row hangs on.
NEVER_CHANGED = frozenset(
    [
        "started_on",
        "finished_on",
        "first_start_on",
        "first_end_on",
        "revision",
        "changed_at",
        "approved_version",
        "approved_at",
        "section",
        "guideline",
        "done_at",
        "paused_at",
        "approved_at",
        "active_from",
        "until",
        "lapse",
        "version",
        "told_revision",
        "followed_up_at",
        "taken",
        "archived_at",
        "outcome",
        "has_asked",
        "turn",
        "slug",
        "reminded_on",
        "alumni_told_at",
    ]
)


def verbs_of_edits() -> dict[str, str]:
    """By the way code names them, e.g. `PhasesVerb.MOVED`."""
    found = {}
    for room in rooms.every():
        for verb in room.verbs or ():
            if verb.value.replace(".", "_").split("_")[-1] not in TELLING:
                found[f"{type(verb).__name__}.{verb.name}"] = verb.value
    return found


def calls_with_verbs() -> Iterator[tuple[str, str, set[str]]]:
    """Where a verb is handed over, which, and with what beside it."""
    for path in files(".py"):
        if place(path).startswith(("tests/", "bench/", "tools/", "influencer/home/demo/")):
            continue
        yield from ((f"{place(path)}:{line}", verb, named) for line, verb, named in verbs_handed_over(tree(path)))


def verbs_handed_over(code: ast.Module) -> Iterator[tuple[int, str, set[str]]]:
    for node in ast.walk(code):
        if not isinstance(node, ast.Call):
            continue
        named = {keyword.arg or "**" for keyword in node.keywords}
        for argument in node.args:
            for each in ast.walk(argument) if isinstance(argument, ast.IfExp | ast.Attribute) else ():
                if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
                    yield node.lineno, f"{each.value.id}.{each.attr}", named


def test_every_edit_says_what_it_was_and_what_it_became() -> None:
    edits = verbs_of_edits()
    silent = {
        f"{where} {edits[verb]}"
        for where, verb, named in calls_with_verbs()
        if verb in edits and "changes" not in named and edits[verb] not in EXCEPTIONS
    }
    assert silent == set()


def test_every_edit_is_looked_at() -> None:
    """Each verb is handed over somewhere where this test sees it, and no exception is left over."""
    seen = {verb for _where, verb, _named in calls_with_verbs()}
    assert {value for verb, value in verbs_of_edits().items() if verb not in seen and value not in EXCEPTIONS} == set()
    assert set(EXCEPTIONS) - set(verbs_of_edits().values()) == set()


# Lines about no single thing, and why.
WITHOUT_OBJECT = {
    ("community/forum/box.py", "ForumVerb.BOX_DISCARDED"): "a question of nobody, and its words are in no log",
    ("community/forum/lifecycle.py", "ForumVerb.LIFE_CYCLE"): "the community as a whole; the stage is what changed",
    ("community/office_hours/services_hosts.py", "verb"): "the office hours of the one who is named",
    ("community/office_hours/services_hosts.py", "OfficeHoursVerb.CHANGED"): "the office hours of the one who is named",
    ("community/office_hours/queueing.py", "OfficeHoursVerb.BEGAN"): "the drop-in hour of the one who is named",
    ("community/office_hours/queueing.py", "OfficeHoursVerb.CLOSED"): "the drop-in hour of the one who is named",
    ("influencer/operate/services.py", "OperateVerb.JOB_RUN"): "of the site, in no program's log",
    ("influencer/operate/services.py", "OperateVerb.JOB_OFF"): "of the site, in no program's log",
    ("influencer/operate/services.py", "OperateVerb.JOB_ON"): "of the site, in no program's log",
    ("influencer/operate/services.py", "OperateVerb.RELEASED"): "of the site, in no program's log",
}


def lines_without_object() -> set[tuple[str, str]]:
    """Calls of the journal that hand over no object, name, day, or what a file or a comment hangs on."""
    found = set()
    for path in files(".py"):
        if place(path).split("/")[0] not in PACKAGES or "/demo/" in place(path):
            continue
        found |= {(place(path), verb) for verb in about_nothing(tree(path))}
    return found


def about_nothing(code: ast.Module) -> Iterator[str]:
    for node in ast.walk(code):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith("journal.record"):
            continue
        if len(node.args) < 2 and not {each.arg for each in node.keywords} & {"name", "on", "kind", None}:
            yield ast.unparse(node.args[0])


def test_every_line_says_what_it_is_about() -> None:
    """Whether the log has a title for it is looked at where every address is asked (`test_access.py`)."""
    assert lines_without_object() == set(WITHOUT_OBJECT)


def test_a_silent_line_is_seen() -> None:
    moved = "journal.record(PhasesVerb.MOVED if late else PhasesVerb.KEPT, phase, by=user{})"
    handed = [(verb, "changes" in named) for _, verb, named in verbs_handed_over(ast.parse(moved.format("")))]
    assert handed == [("PhasesVerb.MOVED", False), ("PhasesVerb.KEPT", False)]
    assert all("changes" in named for _, _, named in verbs_handed_over(ast.parse(moved.format(", changes=found"))))
    assert list(about_nothing(ast.parse("journal.record(PhasesVerb.MOVED, by=user)"))) == ["PhasesVerb.MOVED"]
    assert list(about_nothing(ast.parse("journal.record(PhasesVerb.MOVED, phase, by=user)"))) == []


def test_every_field_that_the_log_may_speak_of_has_a_word() -> None:
    missing = []
    for model in SPOKEN_OF:
        for field in model._meta.concrete_fields:
            if field.editable and not field.primary_key and field.name not in NEVER_CHANGED:
                try:
                    label_of(model, field.name)
                except LookupError:
                    missing.append(f"{model._meta.label}.{field.name}")
    assert missing == []
