"""Asking that ends early: what was asked already, and what was sent too soon."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.forum import access, answered, taking_back
from community.forum.forms import FollowForm, UnaskedForm
from community.forum.places import place_url
from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.access import Ability

WORDS = {True: "yes", None: "", False: "no"}


@require_POST
def topic_answers(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """While a new topic is written, an earlier one answers it: there, followed, without the draft."""
    topic = access.get_topic(request.user, slug, pk, Ability.WRITE_IN_FORUM)
    form = UnaskedForm(request.POST)
    was = answered.end_asking(topic, by=request.user, text=form.words, beside=form.beside)
    undo = f"{reverse('community:topic_answers_not', args=[slug, topic.pk])}?{urlencode({'follows': WORDS[was]})}"
    toast(request, _("You now follow this topic. Your draft has been set aside."), undo=undo)
    return redirect("community:topic_detail", slug, topic.pk)


@require_POST
def topic_answers_not(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Undo: the question is asked after all."""
    topic = access.get_topic(request.user, slug, pk, Ability.WRITE_IN_FORUM)
    form = FollowForm(request.GET)
    follows = form.cleaned_data["follows"] if form.is_valid() else None
    answered.go_on_asking(topic, by=request.user, follows=follows)
    toast(request, _("Here is your draft again."))
    return redirect("community:topic_new", slug)


@require_POST
def post_take_back(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    try:
        post = access.get_own_post(request.user, slug, pk)
    except Http404:
        if access.find_program_of_lost_post(request.user, slug, pk) is None:
            raise
        return redirect("community:forum", slug)  # pressed twice: it is taken back
    program, place = post.topic.program, place_url(post.topic.program, post.topic_id, post.number)
    try:
        taking_back.take_back(post, by=request.user)
    except taking_back.CannotBeTakenBack as problem:
        warn(request, str(problem))
        return go_to(place)
    toast(request, _("Your post is withdrawn. Your text is back in the editor."))
    if post.number == 1:
        return redirect("community:topic_new", program.slug)
    return go_to(f"{place.partition('#')[0]}#answer")
