"""Rules over all files about the plan of the code: languages, what guards are."""

import ast

from tests.house.rules import Found, Rule, product


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


RULES = (
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
