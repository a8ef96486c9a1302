from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from analytics.dashboards import access, charts, exports, own, queries, sentences
from analytics.dashboards.forms import filters_of, months_asked
from analytics.imports import access as imports
from analytics.imports import pages
from analytics.imports import queries as imports_queries
from analytics.metrics.tabs import tabs_of
from core.kit.exports import Table, download
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can


def dashboard(request: PersonRequest, slug: str) -> HttpResponse:
    """Published cells, each with its sentence; a filter chooses among them and makes no new ones."""
    program = access.get_dashboard(request.user, slug)
    scene = queries.scene_of(
        program, months=months_asked(request.GET.get("months")), generation=request.GET.get("generation", "")
    )
    rows = [[chart for make in row if (chart := make(scene))] for row in charts.ROWS]
    done, total = scene.items
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "dashboard"),
        "may_report": can(request.user, Ability.MAKE_REPORTS, program),
        "may_import": can(request.user, Ability.IMPORT_COMPANY, program),
        "filters": filters_of(scene),
        "is_empty": scene.board.is_empty,
        "is_hidden": not any([*rows, charts.duel(scene)]),
        "duel": charts.duel(scene),
        "rows": [row for row in rows if row],
        "generations": None if scene.chosen else charts.generations(scene),
        "progress": sentences.phases(done, total) if total else "",
        "phases": scene.begun,
        "k": program.group_minimum,
        "query": request.GET.urlencode(),
    }
    return render(request, "analytics/dashboards/dashboard.html", context)


def dashboard_export(request: PersonRequest, slug: str) -> HttpResponse:
    """The cells of the dashboard as a file."""
    program = access.get_dashboard(request.user, slug)
    scene = queries.scene_of(program, months=months_asked(request.GET.get("months")))
    rows = exports.published_rows(scene.board, scene.generations, k=program.group_minimum)
    table = Table(f"{program.slug}-{_('figures')}", exports.published_header(), rows)
    return download(table, request.GET.get("format"))


def mine(request: PersonRequest, slug: str) -> HttpResponse:
    """The own figures; the address names nobody, so nobody else's can be asked for."""
    program = access.get_own(request.user, slug)
    figures = own.own_figures(request.user, program)
    context = {
        "program": program,
        "rests": None if figures.weeks or figures.posts else imports.resting(request.user, program),
        "own": figures,
        "reach": own.impressions_chart(figures),
        "answers": own.answers_chart(figures),
        "mix": own.mix_chart(figures, program),
        "comparison": own.comparison(figures),
        "files": [pages.row(run) for run in imports_queries.latest_own(request.user, program)],
        "k": program.group_minimum,
    }
    return render(request, "analytics/dashboards/mine.html", context)


def mine_export(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_own(request.user, slug)
    figures = own.own_figures(request.user, program)
    table = Table(f"{program.slug}-{_('my-figures')}", exports.own_header(), exports.own_rows(figures))
    return download(table, request.GET.get("format"))
