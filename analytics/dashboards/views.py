from itertools import chain

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.annotations.numbered import numbered
from analytics.annotations.queries import written_notes
from analytics.benefits.queries import told_to
from analytics.dashboards import access, beside_company, exports, findings, own, queries, sentences
from analytics.dashboards.around import charts_around
from analytics.dashboards.best_times import seen_posts, times_of
from analytics.dashboards.best_topics import own_topics, with_its_file
from analytics.dashboards.exports import file_of, with_file
from analytics.dashboards.forms import filters_of
from analytics.dashboards.period import stretch_asked
from analytics.dashboards.usual import against_months, week_rows
from analytics.dashboards.whole import company_charts, dashboard_figures
from analytics.dashboards.year_before import before_charts
from analytics.imports import first_steps, pages
from analytics.imports import queries as imports_queries
from analytics.metrics.tabs import tabs_of
from core.kit.charts import Chart
from core.kit.exports import Table, download
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can

TOLD = 2  # beside the figures


def dashboard(request: PersonRequest, slug: str) -> HttpResponse:
    """Published cells, each with its sentence; a filter chooses among them and makes no new ones."""
    program = access.get_dashboard(request.user, slug)
    stretch = stretch_asked(request.GET)
    shown = dashboard_figures(program, stretch, request.GET.get("generation", ""))
    of_company = company_charts(shown, program)
    notes = numbered(shown.notes, [shown.duel, *chain.from_iterable(shown.rows), *shown.before, *of_company])
    files = reverse("analytics:dashboard_export", args=[slug])
    done, total = shown.items
    is_empty, may_import = shown.is_empty and not shown.rows, can(request.user, Ability.IMPORT_COMPANY, program)

    def filed(chart: Chart | None) -> Chart | None:
        return with_file(chart, files, request.GET, notes=notes)

    context = {
        "program": program,
        "tabs": tabs_of(request, program, "dashboard"),
        "may_report": can(request.user, Ability.MAKE_REPORTS, program),
        "may_import": may_import,
        "company_is_in": is_empty and may_import and first_steps.company_page(program)[0],
        "filters": filters_of(shown.groups, shown.chosen, stretch, request.GET),
        "is_empty": is_empty,
        "is_hidden": not shown.rows and not shown.duel,
        "duel": filed(shown.duel),
        "rows": [[filed(chart) for chart in row] for row in shown.rows],
        "company": [filed(chart) for chart in of_company],
        "is_free": stretch.is_free,
        "before": [filed(chart) for chart in shown.before],
        "around": [with_file(chart, files) for chart in charts_around(request.user, program)],
        "told": told_to(request.user, program, most=TOLD),
        "generations": shown.generations,
        "notes": notes,
        "may_note": can(request.user, Ability.MANAGE_PROGRAM, program),
        "progress": sentences.phases(done, total) if total else "",
        "phases": shown.begun,
        "k": program.shown_from,
        "query": request.GET.urlencode(),
    }
    return render(request, "analytics/dashboards/dashboard.html", context)


def dashboard_export(request: PersonRequest, slug: str) -> HttpResponse:
    """The cells of the dashboard as a file, or one chart as it stands on the page."""
    program = access.get_dashboard(request.user, slug)
    stretch = stretch_asked(request.GET)
    scene = queries.scene_of(program, stretch=stretch, generation=request.GET.get("generation", ""))
    if "figure" in request.GET:
        shown = [beside_company.duel(scene), *chain.from_iterable(findings.rows_of(scene))]
        shown += before_charts(scene)
        shown += [] if scene.chosen else findings.of_company(scene)
        shown += charts_around(request.user, program)
        return file_of(shown, request.GET["figure"], request.GET.get("format"), program, scene.notes)
    rows = exports.published_rows(scene.board, scene.generations, k=program.shown_from, since=scene.shown_from)
    table = Table(f"{program.slug}-{_('figures')}", exports.published_header(), rows)
    return download(table, request.GET.get("format"))


def mine(request: PersonRequest, slug: str) -> HttpResponse:
    """The own figures; the address names nobody, so nobody else's can be asked for."""
    program = access.get_own(request.user, slug)
    figures, seen = own.own_figures(request.user, program), seen_posts(request.user, program)
    files = reverse("analytics:mine_export", args=[slug])
    notes = numbered(written_notes(program), own.all_charts(figures, program))
    reach, answers, mix = (with_file(chart, files, notes=notes) for chart in own.charts_of(figures, program))
    context = {
        "program": program,
        "rests": None if figures.weeks or figures.posts else imports_queries.resting(request.user, program),
        "own": figures,
        "reach": reach,
        "answers": answers,
        "mix": mix,
        "times": times_of(seen),
        "topics": with_its_file(own_topics(request.user, program, seen), files),
        "following": [with_file(chart, files, notes=notes) for chart in figures.following],
        "notes": notes,
        "against": against_months(figures.weeks),
        "weeks": week_rows(figures.weeks, figures.running),
        "comparison": own.comparison(figures),
        "files": [pages.row(run) for run in imports_queries.latest_own(request.user, program)],
        "k": program.shown_from,
    }
    return render(request, "analytics/dashboards/mine.html", context)


def mine_export(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_own(request.user, slug)
    figures = own.own_figures(request.user, program)
    if "figure" in request.GET:
        topics = own_topics(request.user, program, seen_posts(request.user, program))
        shown = [*own.all_charts(figures, program), topics.chart if topics else None]
        return file_of(shown, request.GET["figure"], request.GET.get("format"), program, written_notes(program))
    table = Table(f"{program.slug}-{_('my-figures')}", exports.own_header(), exports.own_rows(figures))
    return download(table, request.GET.get("format"))
