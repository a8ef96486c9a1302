"""Hosts merge and split topics, and remove them with a reason."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.forum import access, arranging, hosting, posts, queries
from community.forum.forms import RemoveForm
from community.forum.forms_arranging import MergeForm, SplitForm
from community.forum.models import Topic
from community.forum.models_arranged import Rearrangement
from community.forum.places import place_url
from community.forum.rows import posts_of
from core.kit.characters import visible
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.access import Ability


def topic_split(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Chosen posts become a topic of their own."""
    topic = access.get_topic(request.user, slug, pk, Ability.HOST_FORUM)
    boards = access.boards_for(request.user, topic.program)
    form = SplitForm(request.POST or None, topic=topic, boards=boards)
    if request.method == "POST" and form.is_valid():
        try:
            step = arranging.split(topic, **form.cleaned_data, by=request.user)
        except (arranging.MovedOn, arranging.OtherReaders):
            warn(request, _("Somebody has moved these posts in the meantime. Nothing was changed; please check again."))
            return redirect("community:topic_detail", slug, topic.pk)
        toast(request, _("The posts are now a topic of their own. Their old links lead here."), undo=_undo(step))
        return redirect("community:topic_detail", slug, step.target_id)
    chosen = set(request.POST.getlist("posts"))
    context = {"program": topic.program, "topic": topic, "form": form, "posts": posts_of(topic), "chosen": chosen}
    return render(request, "community/forum/topic_split.html", context, status=422 if form.errors else 200)


def topic_merge(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Everything said in a topic goes on in another one; the form offers those that sound alike."""
    topic = access.get_topic(request.user, slug, pk, Ability.HOST_FORUM)
    form = MergeForm(request.POST or None, user=request.user, topic=topic)
    if request.method == "POST" and form.is_valid():
        try:
            step = arranging.merge(topic, into=form.cleaned_data["into"], by=request.user)
        except (arranging.MovedOn, arranging.OtherReaders):
            warn(
                request,
                _("Somebody has moved one of the topics in the meantime. Nothing was changed; please check again."),
            )
            return redirect("community:topic_detail", slug, topic.pk)
        toast(request, _("The topics have been merged. Old links lead here."), undo=_undo(step))
        return redirect("community:topic_detail", slug, step.target_id)
    words = visible(request.GET.get("q", ""))[:100]
    offered = queries.similar(queries.topics_to_merge(request.user, topic), words or topic.title)
    context = {"program": topic.program, "topic": topic, "form": form, "offered": offered, "words": words}
    return render(request, "community/forum/topic_merge.html", context, status=422 if form.errors else 200)


@require_POST
def rearrangement_undo(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    step = access.get_rearrangement(request.user, slug, pk)
    try:
        topic = arranging.take_back(step, by=request.user)
    except arranging.MovedOn:
        warn(request, _("These posts were later moved again. Please undo that step first."))
        return redirect("community:topic_detail", slug, step.target_id)
    except arranging.OtherReaders:
        warn(request, _("The two topics now have different readers. Nothing was changed."))
        return redirect("community:topic_detail", slug, step.target_id)
    except arranging.Removed:
        warn(request, _("One of the two topics has been removed in the meantime. Nothing was changed."))
        return redirect("community:forum", slug)
    toast(request, _("Every post is back in its place."))
    return redirect("community:topic_detail", slug, topic.pk)


def topic_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A topic goes with everything said in it; whoever began it reads why."""
    topic = access.get_topic(request.user, slug, pk, Ability.HOST_FORUM)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hosting.remove_topic(topic, because=form.cleaned_data["because"], by=request.user)
        undo = f"{reverse('community:topic_tidy', args=[slug, topic.pk])}?{urlencode({'do': 'restore'})}"
        toast(request, _("The topic is removed, with everything said in it."), undo=undo)
        return redirect("community:forum", slug)
    lead = _("Along with everything said in it. It can be restored for 30 days.")
    return form_page(request, form, FormPage(title=_("Remove the topic"), lead=lead, up=_up(topic), submit=_("Remove")))


def post_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What somebody else wrote goes; the reason stands in its place."""
    post = access.get_post(request.user, slug, pk, Ability.HOST_FORUM)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        topic = posts.delete_post(post, by=request.user, because=form.cleaned_data["because"])
        toast(request, _("The post is removed."), undo=reverse("community:post_restore", args=[slug, pk]))
        is_alone = post.number == 1 and not topic.replies
        return (
            redirect("community:forum", slug)
            if is_alone
            else go_to(place_url(post.topic.program, topic.pk, post.number))
        )
    page = FormPage(title=_("Remove the post"), up=_up(post.topic), submit=_("Remove"))
    return form_page(request, form, page)


def _up(topic: Topic) -> list[tuple[str, str]]:
    slug = topic.program.slug
    here = reverse("community:topic_detail", args=[slug, topic.pk])
    return [(_("Forum"), reverse("community:forum", args=[slug])), (topic.title, here)]


def _undo(step: Rearrangement) -> str:
    return reverse("community:rearrangement_undo", args=[step.source.program.slug, step.pk])
