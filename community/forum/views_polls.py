"""Votes."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.forum import access, polls
from community.forum.forms import UntilForm
from community.forum.forms_polls import VoteForm
from community.forum.models_polls import Poll
from community.forum.places import place_url
from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest


@require_POST
def poll_vote(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Vote, vote anew, or take the vote back with nothing chosen."""
    poll = access.get_poll(request.user, slug, pk)
    form = VoteForm(request.POST, poll=poll)
    if not form.is_valid():
        warn(request, " ".join(str(message) for errors in form.errors.values() for message in errors))
        return go_to(_place(poll))
    try:
        polls.vote(poll, choices=form.cleaned_data["choice"], by=request.user)
    except polls.TopicOfPollIsClosed:
        warn(request, _("The topic is closed, so voting has ended. Your vote was not counted."))
    except polls.PollIsClosed:
        warn(request, _("This poll has been closed in the meantime. Your vote was not counted."))
    else:
        toast(request, _("Your vote counts.") if form.cleaned_data["choice"] else _("Your vote is withdrawn."))
    return go_to(_place(poll))


@require_POST
def poll_close(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The end, by who asked or a host; `until` takes it back while no result was to be seen."""
    poll = access.get_own_poll(request.user, slug, pk)
    form = UntilForm(request.GET)
    if "until" in request.GET and form.is_valid():
        try:
            polls.reopen(poll, until=form.cleaned_data["until"])
        except polls.ResultIsOut:
            warn(
                request,
                _("The poll stays closed: everybody could already see the result. Please ask again in a new topic."),
            )
        else:
            toast(request, _("The poll is open again."))
    else:
        before = polls.close(poll)
        until = urlencode({"until": before.isoformat() if before else ""})
        undo = "" if polls.has_result(poll) else f"{reverse('community:poll_close', args=[slug, pk])}?{until}"
        toast(request, _("The poll is closed."), undo=undo)
    return go_to(_place(poll))


def _place(poll: Poll) -> str:
    return place_url(poll.post.topic.program, poll.post.topic_id, poll.post.number)
