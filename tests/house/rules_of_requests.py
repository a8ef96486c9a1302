"""What is asked of everything that comes in or is sent on, each rule with the offender it must see."""

import ast
import re

from tests.house.rules import Found, Rule, product


def _name(node: ast.expr) -> str:
    return ast.unparse(node).split(".")[-1]


def sends_elsewhere(tree: ast.Module) -> Found:
    """A redirect whose target is not the name of a page, and a target that comes from outside."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=func, args=[target, *_]) if _name(func) == "redirect":
                if not (isinstance(target, ast.Constant) and re.fullmatch(r"[a-z_]+(:[a-z_]+)?", str(target.value))):
                    yield node.lineno, ast.unparse(node)
            case ast.Call(func=func, args=[ast.Constant(value="next" | "referer" | "HTTP_REFERER" as name), *_]):
                if _name(func) in ("get", "getlist", "pop") and _reads_a_request(func):
                    yield node.lineno, f"reads {name}"
            case ast.Subscript(value=value, slice=ast.Constant(value="next" | "HTTP_REFERER" as name)):
                if _name(value) in ("GET", "POST", "META"):
                    yield node.lineno, f"reads {name}"
            case ast.Subscript(slice=ast.Constant(value="Location" | "HX-Location" as name), ctx=ast.Store()):
                yield node.lineno, f"sets {name}"
            case ast.alias(name=name) | ast.Name(id=name) | ast.Attribute(attr=name) if name in (
                "HttpResponseRedirect", "HttpResponsePermanentRedirect", "HttpResponseRedirectBase",
                "RedirectView", "url_has_allowed_host_and_scheme",
            ):  # fmt: skip
                yield node.lineno, name


def _reads_a_request(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and _name(func.value) in ("GET", "POST", "META", "headers")


def forms_that_ask_less(tree: ast.Module) -> Found:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(bases=bases):
                for base in bases:
                    if ast.unparse(base) in ("forms.Form", "forms.ModelForm", "django.forms.Form", "forms.BaseForm"):
                        yield node.lineno, f"{node.name} is a {ast.unparse(base)}"


def days_without_reason(tree: ast.Module) -> Found:
    """A day or a moment read straight out of an address or a form."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="fromisoformat" | "strptime"), args=[read, *_]):
                if any(_name(part) in ("GET", "POST") for part in ast.walk(read) if isinstance(part, ast.Attribute)):
                    yield node.lineno, ast.unparse(node)


RULES = (
    Rule(
        "one place sends people on",
        "core.kit.returning checks where: what comes from outside is neither an address nor the name of a view.",
        product,
        sends_elsewhere,
        (
            "redirect(request.GET['next'])",
            "redirect(back)",
            "shortcuts.redirect(f'{url}?next=/')",
            "redirect('/elsewhere/')",
            "HttpResponseRedirect(url)",
            "from django.http import HttpResponsePermanentRedirect",
            "url = request.POST.get('next', '')",
            "url = request.headers.get('referer')",
            "answer['Location'] = url",
        ),
        (
            "redirect('programs:timeline', slug)",
            "redirect('account_logout')",
            "go_back(request, reverse('home:start'))",
            "state = data.get('next')",
            "answer['HX-Redirect'] = reverse('home:start')",
        ),
        frozenset(
            {
                "core/kit/returning.py",
                "core/kit/logs.py",  # keeps where somebody came from out of the lines
            }
        ),
    ),
    Rule(
        "every form is careful",
        "core.kit.forms asks the same of every field: one line, nothing invisible, days within reason.",
        product,
        forms_that_ask_less,
        (
            "class ItemForm(forms.Form): ...",
            "class ItemForm(forms.ModelForm): ...",
        ),
        ("class ItemForm(Form): ...", "class OwnerField(forms.ModelChoiceField): ..."),
        frozenset({"core/kit/forms.py"}),
    ),
    Rule(
        "days in addresses are within reason",
        "core.kit.moments: day_asked and moment_asked; arithmetic with the first or the last year breaks the calendar.",
        product,
        days_without_reason,
        (
            "day = date.fromisoformat(request.GET.get('first', ''))",
            "[datetime.fromisoformat(request.GET[name]) for name in ('start', 'end')]",
            "datetime.strptime(request.POST['at'], '%d.%m.%Y')",
        ),
        ("day_asked(request.GET.get('first', ''))", "date.fromisoformat(row['on'])"),
        frozenset(),
    ),
)
