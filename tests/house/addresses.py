"""Every address of the site, found where Django looks it up: nobody can forget to list one."""

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.code import PACKAGES

ALLAUTH = ("account_", "mfa_", "usersessions_")  # allauth tests its own pages; ours is the look


@dataclass(frozen=True)
class Address:
    name: str
    view: Callable[..., Any]

    @property
    def is_ours(self) -> bool:
        return not self.name.startswith(ALLAUTH)


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[Address]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name}", pattern.callback)


def files_of_views(resolver: URLResolver | None = None) -> list[Path]:
    """Every file of ours that holds a view, whatever it is called."""
    modules = {module for each in addresses(resolver) for module in _modules(each.view)}
    ours = [module for module in modules if module.split(".")[0] in PACKAGES]
    return sorted(Path(str(sys.modules[module].__file__)) for module in ours)


def _modules(view: Any, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """Where a view is written, and everything it is wrapped in: not every decorator says what it wraps."""
    if id(view) in seen:
        return
    seen |= {id(view)}
    if inspect.ismodule(view) or not (callable(view) and hasattr(view, "__module__")):
        return
    yield str(view.__module__)
    within = [getattr(view, name, None) for name in ("__wrapped__", "view_class", "func", "__func__")]
    within += [cell.cell_contents for cell in getattr(view, "__closure__", None) or () if _is_filled(cell)]
    for each in within:
        yield from _modules(each, seen)


def _is_filled(cell: Any) -> bool:
    try:
        return callable(cell.cell_contents)
    except ValueError:  # a name that is bound later
        return False
