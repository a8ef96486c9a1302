"""Pages of figures beside a million readings and beside ten million: how much they grow, each measured in turns with a
bare page. The dashboard over ten million against its own limit, with so many queries. A report of all blocks as PDF and
as slides."""

import io
import statistics

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from analytics.reports.layouts import Block
from analytics.reports.models import Report as MonthlyReport
from analytics.reports.queries import scene_for_report
from analytics.reports.services import make_report
from bench.bare_page import in_turns
from bench.harness import REPEATS, Report, seconds
from core.people.models import User
from programs.membership import access
from programs.membership.models import Program

NAME = "figures"
FEW, MANY = 1_000_000, 10_000_000
GROWTH, DASHBOARD, QUERIES = 1.2, 1.3, 8
EACH = 3  # requests per sample
DAYS, METRICS = 500, 10
PDF_SECONDS, SLIDES_SECONDS = 2, 4
#: Of the accounts that are there as many as fit, of others the rest: some hundred readings of each day.
READINGS = """
    INSERT INTO analytics_reading
        (program_id, account_id, metric, segment, grain, period_start, period_end, value, as_of, run_id, cell)
    SELECT %(program)s, coalesce(a.id, 1000000 + place), metric, 0, 1, date '2019-01-01' + day,
           date '2019-01-02' + day, 10 + (place * 31 + day * 17 + metric) %% 400, now(), 1, ''
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) place
    LEFT JOIN (
        SELECT id, row_number() OVER (ORDER BY id) AS nth FROM analytics_account WHERE program_id = %(program)s
    ) a ON a.nth = place
    CROSS JOIN generate_series(1, %(metrics)s) metric
    CROSS JOIN generate_series(0, %(days)s - 1) day
"""
PAGES = (
    ("dashboard", "manager", "analytics:dashboard", "analytics.dashboards.views"),
    ("my figures", "influencer", "analytics:mine", "analytics.dashboards.views"),
    ("home of who reads reports", "executive", "home:program", "influencer.home.views"),
    ("home of who runs the program", "manager", "home:program", "influencer.home.views"),
)


def run(report: Report) -> None:
    call_command("demo", stdout=io.StringIO())
    program = next(iter(access.roles_by_program(User.objects.get(email="manager@demo.example"))))
    _files_of_a_report(report, program)
    _fill(program, 0, FEW)
    alone = {page[0]: _ratio(program, *page) for page in PAGES}
    _fill(program, FEW, MANY)
    for page in PAGES:
        name = f"{page[0]} beside {MANY:,} readings, and beside {FEW:,}"
        report.line(name, [_ratio(program, *page)], "of bare", [alone[page[0]]], GROWTH)
    address = reverse("analytics:dashboard", args=[program.slug])
    drawn_by = "analytics.dashboards.views"
    _page, asked, ours, bare = in_turns(_client("manager"), address, drawn_by=drawn_by, queries=QUERIES, each=EACH)
    name = f"dashboard over {MANY:,} readings"
    report.line(name, ours, "s", bare, DASHBOARD, in_turns=True)
    report.line("dashboard: queries", [asked], "queries", [QUERIES], 1)


def _files_of_a_report(report: Report, program: Program) -> None:
    from analytics.reports import pdf, slides  # as the views do: both are large

    newest = MonthlyReport.objects.filter(program=program).latest("month")
    words = {"blocks": list(Block.values), "notes": newest.notes, "decision": newest.decision}
    whole = make_report(scene_for_report(program), newest.month, words, by=newest.made_by, with_cost=True)
    with translation.override("de"):
        for name, make, most in (("PDF", pdf.make, PDF_SECONDS), ("slides", slides.make, SLIDES_SECONDS)):
            took = [seconds(lambda make=make: make(whole)) for _ in range(REPEATS)]
            report.line(f"report of {len(Block)} blocks as {name}", took, "s", [most], 1)


def _ratio(program: Program, _name: str, role: str, address: str, drawn_by: str) -> float:
    """How often the bare page fits into this one: the middle one of the rounds."""
    client, at = _client(role), reverse(address, args=[program.slug])
    _page, _asked, got, limit = in_turns(client, at, drawn_by=drawn_by, queries=QUERIES, each=EACH)
    return statistics.median(ours / bare for ours, bare in zip(got, limit, strict=True))


def _client(role: str) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(email=f"{role}@demo.example"))
    return client


def _fill(program: Program, before: int, after: int) -> None:
    """From so many readings to so many."""
    each = DAYS * METRICS
    numbers = {"first": before // each + 1, "last": after // each, "metrics": METRICS, "days": DAYS}
    with connection.cursor() as cursor:
        cursor.execute(READINGS, {"program": program.pk, **numbers})
        assert cursor.rowcount == after - before
        cursor.execute("ANALYZE analytics_reading")
