"""Rules over all files about the plan of the code: languages, what guards are."""

import ast
import re
from pathlib import Path

from tests.house.code import place
from tests.house.rules import Found, Rule, product

GUARD = re.compile(r"(get|find|can|may|is|has|must|require)(_|$)|\w+_can$")
ANSWERS = ("bool", "None", "Q")
FIRST = ("user", "token", "key")  # the person, or a secret that is as good as one
# Who has which role, and what somebody agreed to, are what all guards ask: facts beside the rules made of them.
FACTS = {
    "roles_by_program",
    "roles_in",
    "main_role",
    "abilities_in",
    "programs_that_need_a_factor",
    "forget_roles",
    "granted",
    "resting",
    "offered",
    "programs_remembering",
}


def asks_for_a_language(tree: ast.Module) -> Found:
    """Code that treats one language otherwise, or that writes a day by a pattern of its own."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=[ast.Eq() | ast.NotEq()], comparators=[ast.Constant(value="de" | "en")]):
                yield node.lineno, ast.unparse(node)[:60]
            case ast.Call(func=ast.Attribute(attr="startswith"), args=[ast.Constant(value="de" | "en")]):
                yield node.lineno, ast.unparse(node)[:60]
            case ast.ImportFrom(module="babel.dates" | "babel.numbers", names=names):
                yield from ((node.lineno, name.name) for name in names if name.name.startswith("format_"))


def access_files() -> list[Path]:
    return [path for path in product() if re.search(r"(^|/)(\w+_)?access(_\w+)?\.py$", place(path))]


def selects_in_access(tree: ast.Module) -> Found:
    """Public functions that are no guards. `x_for(user, program)`, what a person may see of a kind, is one if a guard
    of the file chooses from it."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for node in functions:
        if node.name.startswith("_") or node.name in FACTS:
            continue
        answers = ast.unparse(node.returns) if node.returns else ""
        others = {ast.unparse(call.func) for each in functions if each is not node for call in _calls_in(each)}
        is_guard = GUARD.match(node.name) or answers in ANSWERS or (node.name.endswith("_for") and node.name in others)
        first = [each.arg for each in node.args.args][:1]
        if not is_guard or not first or first[0] not in FIRST:
            yield node.lineno, f"{node.name}({ast.unparse(node.args)})"
    yield from ((node.lineno, node.name) for node in tree.body if isinstance(node, ast.ClassDef) and not _is_enum(node))


def _calls_in(function: ast.FunctionDef) -> list[ast.Call]:
    return [node for node in ast.walk(function) if isinstance(node, ast.Call)]


def _is_enum(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).endswith("Enum") for base in node.bases)


RULES = (
    Rule(
        "access says who may",
        "What is selected, searched or drawn belongs in `queries` or a file named by its subject. `user` is first.",
        access_files,
        selects_in_access,
        (
            "def people_found(user: User, words: str) -> list[str]: ...",
            "def guests_of(event: Event) -> list[Guest]: ...",
            "def get_item(pk: int, user: User) -> Item: ...",
            "def items_for(user: User, program: Program) -> list[Item]: ...",
            "class Opened:\n    pass",
        ),
        (
            "def get_item(user: User, slug: str, pk: int) -> Item: ...",
            "def find_guest(token: str) -> Guest | None: ...",
            "def stands_there(user: User) -> bool: ...",
            "def items_for(user): ...\ndef get_item(user, pk): return items_for(user)[pk]",
            "class Ability(StrEnum):\n    SEE = 'see'",
        ),
    ),
    Rule(
        "a language more costs a catalogue only",
        "Ask `core.kit.cldr` for days, times and numbers: “German, else English” is wrong in French.",
        product,
        asks_for_a_language,
        (
            'locale == "de"',
            'get_language() != "en"',
            '(get_language() or "en").startswith("de")',
            "from babel.dates import format_date",
            "from babel.numbers import format_decimal, get_decimal_symbol",
        ),
        ('code == "deleted"', "from babel.dates import get_day_names", "cldr.written(on, 'day')"),
        frozenset({"core/kit/cldr.py", "core/kit/templatetags/ui.py"}),
    ),
)
