"""Where the code counts rows that are about people: `.count()`, `Count(...)`, and `len(...)` of what was asked for."""

import ast
from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db.models import Model

from tests.house.code import PACKAGES, files, place, tree

# What belongs to the team's plan: counting it counts nobody, although somebody owns it, wrote it or may change it.
PLAN = {
    "Account", "Attachment", "Baseline", "Batch", "CafeTable", "Connection", "Duty", "DutyHolder",
    "EarlyCheck", "Evidence", "Generation", "Guideline", "HandbookPage", "HandbookVersion", "Issue", "Item",
    "ItemScore", "OutgoingMail", "PhaseChange", "PulseRound", "ReadinessRound", "Rearrangement", "RemovedPhase",
    "Review", "ReviewAction", "Risk", "Ritual", "Roster", "Seat", "Sketch",
}  # fmt: skip
DOORS = ("gate.people(", "gate.named(", "gate.guarded(", "gate.progress(", "HeadCount(")
READ = ("queries", "access")  # modules whose functions hand rows on
ASKS = ("all", "filter", "exclude", "values", "values_list", "count", "present", "active", "annotate")
ELSEWHERE = ("/migrations/", "/demo/", "/management/", "core/disclosure/")


@cache
def models() -> dict[str, type[Model]]:
    return {each.__name__: each for each in apps.get_models() if each.__module__.startswith(PACKAGES)}


@cache
def about_people() -> frozenset[str]:
    """Models whose rows are a person's, and those whose rows hang on one of these."""
    found = {"User", "Membership"}
    while True:
        more = {
            name
            for name, model in models().items()
            if name not in PLAN
            for field in model._meta.fields
            if field.is_relation and getattr(field.related_model, "__name__", "") in found
        }
        if more <= found:
            return frozenset(found)
        found |= more


@cache
def ways() -> frozenset[str]:
    """Names by which such rows are reached from another one: `generation.participants`."""
    fields = (field for name in about_people() for field in models()[name]._meta.fields if field.is_relation)
    names = {str(field.remote_field.get_accessor_name() or "+") for field in fields}
    return frozenset(name for name in names if not name.endswith(("+", "_set")))


def name_of(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def are_people(value: ast.AST, known: set[str], handed_on: frozenset[str]) -> bool:
    """Whether an expression begins with rows about people: of a model, of a relation, or of what holds some."""
    for node in ast.walk(value):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="objects" | "_default_manager") if name in about_people():
                return True
            case ast.Attribute(value=ast.Attribute(attr=name), attr=asked) if name in ways() and asked in ASKS:
                return True
            case ast.Name(id=name) if name in known:
                return True
            case ast.Call() if name_of(node) in handed_on:
                return True
    return False


def along(count: ast.Call) -> bool:
    """`Count("interests")`: by the name of the relation."""
    match count.args:
        case [ast.Constant(value=str(name)), *_]:
            return name.split("__")[0] in ways()
    return False


def holding(function: ast.FunctionDef, handed_on: frozenset[str]) -> set[str]:
    """Names within a function that hold such rows."""
    known: set[str] = set()
    for _twice in range(2):
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and are_people(node.value, known, handed_on):
                known |= {each.id for to in node.targets for each in ast.walk(to) if isinstance(each, ast.Name)}
    return known


def counts(of: ast.Module, handed_on: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Each function that counts people and hands the number on: not to the gate, not to a comparison."""
    for function in (node for node in ast.walk(of) if isinstance(node, ast.FunctionDef)):
        known = holding(function, handed_on)
        compared = {id(part) for node in ast.walk(function) if isinstance(node, ast.Compare) for part in ast.walk(node)}
        if any(door in ast.unparse(function) for door in DOORS):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and id(node) not in compared:
                match node.func:
                    case ast.Attribute(value=rows, attr="count") if are_people(rows, known, handed_on):
                        yield function.name, ast.unparse(node)
                    case ast.Name(id="len") if are_people(node.args[0], known, handed_on):
                        yield function.name, ast.unparse(node)
                    case ast.Name(id="Count") if are_people(function, known, handed_on) or along(node):
                        yield function.name, ast.unparse(node)


@cache
def handed_on() -> frozenset[str]:
    """Functions that give rows about people to others."""
    found = set()
    for path in files(".py"):
        if place(path).startswith(PACKAGES) and path.stem.endswith(READ):
            for function in (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)):
                known = holding(function, frozenset())
                if any(
                    are_people(node, known, frozenset()) for node in ast.walk(function) if isinstance(node, ast.Return)
                ):
                    found.add(function.name)
    return frozenset(found)


def everywhere() -> dict[str, str]:
    """Place and function -> the first thing counted there."""
    found: dict[str, str] = {}
    for path in files(".py"):
        if place(path).startswith(PACKAGES) and not any(part in place(path) for part in ELSEWHERE):
            for function, counted in counts(tree(path), handed_on()):
                found.setdefault(f"{place(path)}:{function}", counted)
    return found
