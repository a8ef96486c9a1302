from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analytics.activities import access, queries, topic_services
from analytics.activities.forms import TopicForm
from analytics.activities.logged_by_group import group_log
from analytics.activities.models import MOST_TOPICS
from analytics.metrics.tabs import tabs_of
from core.kit.exports import download
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest


@require_safe
def activities_group(request: PersonRequest, slug: str) -> HttpResponse:
    """What the group did, in ranges of people; and the topics that people may choose. `?figure=` is a chart's file."""
    program = access.get_leading(request.user, slug)
    shown = group_log(program)
    if "figure" in request.GET:
        chart = shown.topics if shown.topics and request.GET["figure"] == shown.topics.id else shown.kinds
        return download(chart.table(f"{slug}-{chart.id}"), request.GET.get("format"))
    topics = queries.topic_rows(program)
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "activities_group"),
        "shown": shown,
        "here": reverse("analytics:activities_group", args=[slug]),
        "topics": topics,
        "may_add": len(topics) < MOST_TOPICS,
        "most": MOST_TOPICS,
        "k": program.group_minimum,
    }
    return render(request, "analytics/activities/activities_group.html", context)


@once
def activity_topic_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_leading(request.user, slug)
    form = TopicForm(request.POST or None, taken=[topic.word for topic in queries.topic_rows(program)])
    if request.method == "POST" and form.is_valid():
        topic_services.add_topic(program, by=request.user, **form.cleaned_data)
        toast(request, _("The topic can be chosen now."))
        return redirect("analytics:activities_group", slug)
    up = [(_("Activities of the group"), reverse("analytics:activities_group", args=[slug]))]
    return form_page(request, form, FormPage(title=_("Add a topic"), up=up), program=program)


@require_POST
def activity_topic_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    topic = topic_services.remove_topic(access.get_topic(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:activity_topic_restore", args=[slug, pk])
    toast(request, _("“%(topic)s” is no longer offered. Entries keep it.") % {"topic": topic}, undo=undo)
    return redirect("analytics:activities_group", slug)


@require_POST
def activity_topic_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    topic = access.get_topic(request.user, slug, pk, is_deleted=True)
    topic_services.restore_topic(topic, by=request.user)
    toast(request, _("“%(topic)s” is restored.") % {"topic": topic})
    return redirect("analytics:activities_group", slug)
