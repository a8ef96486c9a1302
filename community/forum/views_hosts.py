"""What hosts see and do."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.forum import access, hosting
from community.forum.forms import DecisionForm, TidyForm
from community.forum.host_day import host_day
from community.forum.models import Topic
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.access import Ability

BACK = {"pin": "unpin", "unpin": "pin", "close": "reopen", "reopen": "close"}


def forum_host(request: PersonRequest, slug: str) -> HttpResponse:
    """What needs a host: reported posts, then questions that wait, the oldest first."""
    program = access.get_forum(request.user, slug, Ability.HOST_FORUM)
    context = {"program": program, "day": host_day(request.user, program)}
    return render(request, "community/forum/forum_host.html", context)


@require_POST
def topic_tidy(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Pin, close, move, each of them back, and a removed topic too."""
    form = TidyForm(request.POST if "do" in request.POST else request.GET)
    if not form.is_valid():
        topic = access.get_topic(request.user, slug, pk, Ability.HOST_FORUM)
        warn(request, _("This step does not exist. Nothing was changed."))
        return redirect("community:topic_detail", slug, topic.pk)
    step = form.cleaned_data["do"]
    if step == "restore":
        hosting.restore_topic(access.get_removed_topic(request.user, slug, pk), by=request.user)
        toast(request, _("The topic is restored."))
        return redirect("community:topic_detail", slug, pk)
    topic = access.get_topic(request.user, slug, pk, Ability.HOST_FORUM)
    if step == "move":
        return _move(request, topic, form.cleaned_data["board"])
    hosting.tidy(topic, step, by=request.user)
    words = {
        "pin": _("The topic is pinned to the top of its board."),
        "unpin": _("The topic is no longer pinned."),
        "close": _("The topic is closed: it can be read, but no longer answered."),
        "reopen": _("The topic is open again."),
    }
    toast(request, words[step], undo=_undo(topic, do=BACK[step]))
    return redirect("community:topic_detail", slug, pk)


@require_POST
def report_decide(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """About a reported post; `undo` takes the decision back."""
    post = access.get_post_to_judge(request.user, slug, pk)
    if "undo" in request.GET:
        hosting.take_back_decision(post, by=request.user)
        toast(request, _("The report is waiting for a decision again."))
        return redirect("community:forum_host", slug)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        warn(request, " ".join(str(message) for errors in form.errors.values() for message in errors))
    elif hosting.decide(post, by=request.user, **form.cleaned_data):
        toast(request, _("Decided."), undo=f"{reverse('community:report_decide', args=[slug, pk])}?undo=1")
    else:
        warn(request, _("Another host has already decided. Their decision applies."))
    return redirect("community:forum_host", slug)


def _move(request: PersonRequest, topic: Topic, key: str) -> HttpResponse:
    board = next((each for each in access.boards_for(request.user, topic.program) if each.key == key), None)
    if board is None:
        warn(request, _("This board does not exist. Nothing was moved."))
    else:
        before = topic.board.key
        hosting.move_topic(topic, board=board, by=request.user)
        toast(request, _("Moved to %(board)s.") % {"board": board.title}, undo=_undo(topic, do="move", board=before))
    return redirect("community:topic_detail", topic.program.slug, topic.pk)


def _undo(topic: Topic, **step: str) -> str:
    return f"{reverse('community:topic_tidy', args=[topic.program.slug, topic.pk])}?{urlencode(step)}"
