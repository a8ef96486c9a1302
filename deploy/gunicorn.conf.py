"""The web server, the same for `make run` and production. WEB_WORKERS and WEB_THREADS change its size."""

import gc
import logging
import os
from contextlib import suppress
from sys import intern

# Seconds that one step of a request may wait for the database: somebody waits for the page.
os.environ.setdefault("REQUEST_PATIENCE", "3")
wsgi_app = "influencer.wsgi"
bind = "0.0.0.0:8000"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
worker_class = "gthread"
preload_app = True  # the workers share the code's memory
timeout = 60
graceful_timeout = 8
keepalive = 5
limit_request_line = 8190  # what another app shares comes in the address (templates/webapp/worker.js)
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
control_socket_disable = True
# Should somebody turn the access log on: addresses of pages carry secrets, and who asked is nobody's business.
access_log_format = "%(t)s %(m)s %(s)s %(b)s %(L)s"
# The proxy in front is the only one that reaches this port (docker-compose.yml).
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1"
COPIES = {}  # by what they say, while templates are loaded


class WithoutAddresses(logging.Filter):
    """The server names what it could not handle, and who sent it: links carry secrets."""

    def filter(self, record):  # noqa: ANN001, ANN201
        text = str(record.msg)
        if text.startswith("Error handling request"):
            record.msg, record.args = "Error handling a request", ()
        elif text.startswith("Invalid request"):
            record.msg, record.args = "Invalid request", ()
        return record.levelno > logging.DEBUG  # there it names every address


def on_starting(server):  # noqa: ANN001, ANN201
    """The workers inherit it."""
    server.log.error_log.addFilter(WithoutAddresses())


def when_ready(server):  # noqa: ANN001, ANN201
    """Load what every request needs before the workers are forked: it is shared, and the first page is quick."""
    from django.conf import settings
    from django.template import engines
    from django.urls import get_resolver
    from django.utils import translation

    get_resolver()._populate()
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            get_resolver().reverse_dict  # noqa: B018  # addresses are kept per language
            translation.gettext("")
    folder = settings.BASE_DIR / "templates"
    gc.collect()
    for path in folder.rglob("*.html"):
        gc.freeze()  # from here on the collector knows what this template is made of, and nothing else
        engines["django"].get_template(str(path.relative_to(folder)))
        shrink(gc.get_objects())
    COPIES.clear()
    make_a_page(server.app.wsgi())
    gc.collect()
    gc.freeze()


def shrink(made):  # noqa: ANN001, ANN201
    """What a template was made into, without what only the parser and the error pages of DEBUG look at, and with one
    node for each text that many have: a third of what templates take."""
    from django.template.base import FilterExpression, Node, NodeList, Template, TextNode, Variable

    for each in made:
        if isinstance(each, Template):
            each.source = ""
        elif isinstance(each, NodeList):
            vars(each).pop("contains_nontext", None)
            each[:] = [COPIES.setdefault(node.s, node) if type(node) is TextNode else node for node in each]
        elif isinstance(each, Node):
            with suppress(AttributeError):
                del each.token
        elif isinstance(each, FilterExpression):
            each.token = intern(str(each.token))
            each.filters = each.filters or ()
        elif isinstance(each, Variable):
            each.lookups = COPIES.setdefault(each.lookups, each.lookups)


def make_a_page(application):  # noqa: ANN001, ANN201
    """As for a visitor: what runs for the first time changes itself and what it touches, and each worker would do that
    in a copy of its own. Whatever the answer is, also that the database is away, it is thrown away."""
    from urllib.parse import urlsplit
    from wsgiref.util import setup_testing_defaults

    from django.conf import settings
    from django.db import connections

    site = urlsplit(settings.SITE_URL)
    environ = {"HTTP_HOST": site.netloc, "HTTP_X_FORWARDED_PROTO": site.scheme, "PATH_INFO": "/accounts/login/"}
    setup_testing_defaults(environ)
    answer = application(environ, lambda *_: None)
    getattr(answer, "close", lambda: None)()
    connections.close_all()  # a connection has one user
