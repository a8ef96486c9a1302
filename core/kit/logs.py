"""One line per event, with the request's id through to the worker. A line names the page, never its address: links
carry secrets, searches carry names. Who asked is not told either; what counts as an act stands in the journal."""

import logging
import re
import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import psycopg
import structlog
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django_structlog.middlewares import RequestMiddleware as OfStructlog

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


LEFT_OUT = "…"
SHORT = 6  # characters; what is shorter is no secret, and leaving out every "1" would spoil the line
ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
DETAIL = re.compile(r"(?:DETAIL|CONTEXT):.*", re.S)  # of the database, where a library has put it into a line
VALUE = re.compile(r": \".*\"")
OURS = {"request", "request_id", "level", "logger", "timestamp"}  # fields that we write ourselves
_said: ContextVar[tuple[str, ...]] = ContextVar("said", default=())
_found: ContextVar[dict[str, ResolverMatch | None] | None] = ContextVar("found", default=None)


View = TypeVar("View", bound=Callable[..., Any])


class RequestMiddleware(OfStructlog):
    """Notes each request by the name of its page."""

    def prepare(self, request: HttpRequest) -> None:
        _found.set({})
        _said.set(_said_by(request))
        super().prepare(request)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        match = _match(request.path_info)
        if match and (other := getattr(match.func, "logged_as", "")):
            return str(other)
        return f"{request.method} {match.view_name if match else 'no page'}"


def logged_as(name: str) -> Callable[[View], View]:
    """A request of which the log must not even tell that it was made: it looks like another one that many make."""

    def mark(view: View) -> View:
        view.logged_as = name  # type: ignore[attr-defined]
        return view

    return mark


def _match(path: str) -> ResolverMatch | None:
    """Looked for once in a request: hundreds of addresses are tried one after the other."""
    found = _found.get()
    if found is None:
        return _look_for(path)
    if path not in found:
        found[path] = _look_for(path)
    return found[path]


def _look_for(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _said_by(request: HttpRequest) -> tuple[str, ...]:
    """What stood in the address and in the one it came from: both as a whole, and what they carry; longest first."""
    said = {value for _, values in request.GET.lists() for value in values}
    for address in (request.get_full_path(), request.headers.get("referer", "")):
        parts = urlsplit(address)
        match = _match(unquote(parts.path))
        said |= {address, parts.path, parts.query, *(value for _, value in parse_qsl(parts.query))}
        said |= {str(value) for value in match.kwargs.values()} if match else set(parts.path.split("/"))
    said |= {unquote(each) for each in said} | {quote(each, safe="") for each in said}
    return tuple(sorted((each for each in said if len(each) >= SHORT), key=len, reverse=True))


def leave_out_what_was_said(_: Any, __: Any, event: dict[str, Any]) -> dict[str, Any]:
    """Before a line is written, whoever writes it: no path, no query, no link of this request."""
    for key in event.keys() - OURS:
        if isinstance(event[key], str):
            for each in _said.get():
                event[key] = event[key].replace(each, LEFT_OUT)
    return event


def say_less(_: Any, __: Any, event: dict[str, Any]) -> dict[str, Any]:
    """What went wrong is told by its kind and its place. The database adds the row that it refused: the first line
    names the rule, and the values in it are left out."""
    found = event.get("exc_info")
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    seen: set[int] = set()
    while isinstance(error, BaseException) and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, (DatabaseError, psycopg.Error)):
            error.args = (VALUE.sub(f": {LEFT_OUT}", str(error).split("\n")[0]),)
        error = error.__cause__ or error.__context__
    return event


def leave_out_people(_: Any, __: Any, event: dict[str, Any]) -> dict[str, Any]:
    """No address of anybody, whoever writes the line: a mail server names whom it refuses, a library what it read."""
    for key in event.keys() - OURS:
        if isinstance(event[key], str):
            event[key] = ADDRESS.sub(LEFT_OUT, DETAIL.sub(LEFT_OUT, event[key]))
    return event


class QuietProbes(logging.Filter):
    """Health probes ask every few seconds; their answers are for the one who asks."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (isinstance(record.msg, dict) and " health:" in str(record.msg.get("request", "")))


def logging_for(level: str, *, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING; structlog's own loggers go the same way, so the level holds for both."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.raiseExceptions = False  # a line that cannot be written would be shown raw
    plain = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)
    shown: Any = structlog.processors.JSONRenderer() if as_json else plain
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"quiet_probes": {"()": QuietProbes}},
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    say_less,
                    structlog.processors.format_exc_info,
                    leave_out_what_was_said,
                    leave_out_people,
                    shown,
                ],
            }
        },
        "handlers": {
            "nowhere": {"class": "logging.NullHandler"},
            "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet_probes"]},
        },
        "root": {"handlers": ["console"], "level": level},
        # Django's own set-up would print requests a second time, and with their addresses.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.request": {"handlers": ["nowhere"], "propagate": False},
        },
    }
