from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.forum import access, newcomers, people, queries, services
from community.forum.asked import asked_already
from community.forum.forms import FollowForm, PostForm, SeenForm, SettingsForm, TopicForm, UntilForm
from community.forum.forms_polls import PollForm
from community.forum.host_day import open_reports
from community.forum.lists import topic_list
from community.forum.meanwhile import news_behind
from community.forum.models import Post, Topic
from community.forum.next_ritual import next_ritual
from community.forum.places import place_url, start_of
from community.forum.topic_page import TopicPage, topic_page
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_back, go_to
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from core.writing.access import find_draft
from core.writing.refused import keep_refused
from programs.membership.access import Ability, can


def forum(request: PersonRequest, slug: str) -> HttpResponse:
    """What is new for this person first; every other topic one step away."""
    program = access.get_forum(request.user, slug)
    boards, news = queries.boards_with_news(request.user, program)
    may = {"write": Ability.WRITE_IN_FORUM, "host": Ability.HOST_FORUM}
    can_do = {key: can(request.user, each, program) for key, each in may.items()}
    context: dict[str, Any] = {"program": program, "may": can_do}
    if not boards:
        return render(request, "community/forum/forum_closed.html", context)
    context["reports"] = open_reports(program) if can_do["host"] else 0
    context["list"] = topic_list(request.user, program, boards, news, request.GET)
    context["ritual"] = next_ritual(program, boards)
    return render(request, "community/forum/forum.html", context)


@require_POST
def forum_open(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_forum(request.user, slug, Ability.HOST_FORUM)
    services.open_forum(program, by=request.user)
    toast(request, _("The forum is open. The first topic welcomes everybody."))
    return redirect("community:forum", slug)


@require_POST
def forum_read(request: PersonRequest, slug: str) -> HttpResponse:
    """Everything counts as read; undo brings back what was new before."""
    program = access.get_forum(request.user, slug)
    form = UntilForm(request.GET)
    if "until" in request.GET and form.is_valid():
        services.read_everything(program, by=request.user, until=form.cleaned_data["until"])
        toast(request, _("Marked as unread again."))
    else:
        before = services.read_everything(program, by=request.user, until=services.now())
        url = reverse("community:forum_read", args=[slug])
        until = before.isoformat() if before else ""
        toast(request, _("Everything is marked as read."), undo=f"{url}?{urlencode({'until': until})}")
    return redirect("community:forum", slug)


def topic_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_forum(request.user, slug, Ability.WRITE_IN_FORUM)
    boards = queries.boards_to_write_on(request.user, program)
    if not boards:
        return redirect("community:forum", slug)
    draft = None if request.method == "POST" else find_draft(request.user, services.topic_draft(program))
    asked = {"title": request.GET.get("title", ""), "at": request.GET.get("board", "")}
    if person := _number(request, "ask", digits=18):
        asked["text"] = people.beginning(program, person, draft.text if draft else "")
    form = TopicForm(request.POST or None, program=program, boards=boards, draft=draft, **asked)
    poll = PollForm(request.POST or None, prefix="poll", initial=PollForm.of_draft(draft.beside if draft else {}))
    status = 200
    if request.method == "POST":
        status = 422
        if newcomers.accepts(form, request.user, program) & poll.is_valid():
            asks = poll.poll if poll.asks else None
            try:
                topic = services.open_topic(**form.cleaned_data, poll=asks, by=request.user)
            except newcomers.UsedUp as used_up:
                form.add_error(None, str(used_up))
                status = 429
            else:
                _say_it_is_there(request, _("Your topic has been posted."), topic.posts.get(number=1))
                return redirect("community:topic_detail", slug, topic.pk)
        keep_refused(form, by=request.user)
    context = {"program": program, "form": form, "boards": boards, "poll": poll}
    context["asked"] = asked_already(request.user, program, asked["title"])
    return render(request, "community/forum/topic_new.html", context, status=status)


@require_safe
def topic_similar(request: PersonRequest, slug: str) -> HttpResponse:
    """While a title is being typed: what was asked already, in what this person reads."""
    program = access.get_forum(request.user, slug, Ability.WRITE_IN_FORUM)
    title = request.GET.get("title", "")
    context = {"program": program, "asked": asked_already(request.user, program, title)}
    return render(request, "community/forum/_similar.html", context)


def topic_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A topic from its beginning, from where `from` says, or around a `post`; old addresses of moved posts lead on. The
    page itself tells `topic_seen` what it showed."""
    try:
        topic = access.get_topic(request.user, slug, pk)
    except Http404:
        if removed := access.find_removed_topic(request.user, slug, pk):
            context = {"program": removed.program, "topic": removed}
            return render(request, "community/forum/topic_removed.html", context, status=410)
        raise
    asked = _number(request, "post")
    if topic.pk != pk:
        return _led_on(request, pk, asked or _number(request, "from"), topic)
    page = _page(request, topic, asked)
    if asked and all(said.post.number != asked for said in page.said) and (moved := queries.former_place(pk, asked)):
        return redirect("community:post_read", slug, moved.pk)
    draft = find_draft(request.user, services.post_draft(topic)) if page.may_write else None
    return _topic(request, page, PostForm(topic=topic, draft=draft))


@require_safe
def topic_news(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What others said behind the post `after`, in one line; 204 while there is nothing, which is nearly always."""
    topic = access.get_topic(request.user, slug, pk)
    after = _number(request, "after")
    news = news_behind(request.user, topic, after) if after < topic.posts_made else None
    if news is None:
        return HttpResponse(status=204)
    return render(request, "community/forum/_newposts.html", {"topic": topic, "news": news})


@require_POST
def topic_seen(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The person has had the posts up to a number before the eyes."""
    topic = access.get_topic(request.user, slug, pk)
    form = SeenForm(request.POST)
    if form.is_valid():
        services.read(topic, to=min(form.cleaned_data["to"], topic.posts_made), by=request.user)
    # the bell of the page looks again
    return HttpResponse(status=204 if form.is_valid() else 422, headers={"HX-Trigger": "told"})


@require_POST
def post_add(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    topic = access.get_topic(request.user, slug, pk, Ability.WRITE_IN_FORUM)
    form = PostForm(request.POST, topic=topic)
    if not newcomers.accepts(form, request.user, topic.program):
        return _topic(request, _page(request, topic, topic.posts_made), form, status=422)
    try:
        post = services.add_post(topic, by=request.user, **form.cleaned_data)
    except newcomers.UsedUp as used_up:
        form.add_error(None, str(used_up))
        return _topic(request, _page(request, topic, topic.posts_made), form, status=429)
    except services.TopicIsClosed:
        warn(
            request,
            _("This topic has been closed in the meantime. Your text is still below; you can use it in a new topic."),
        )
        return _topic(request, _page(request, topic, topic.posts_made), form, status=409)
    _say_it_is_there(request, _("Your post has been published."), post)
    return go_to(place_url(topic.program, post.topic_id, post.number))


def _say_it_is_there(request: PersonRequest, words: str, post: Post) -> None:
    """And for how long it can be taken back."""
    more = " ".join(filter(None, (_("You can withdraw it for two minutes."), queries.unknown_in(post))))
    undo = reverse("community:post_take_back", args=[post.topic.program.slug, post.pk])
    toast(request, words, more=more, undo=undo)


def post_read(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The lasting address of a post: to the page it stands on."""
    post = access.get_post(request.user, slug, pk)
    return go_to(place_url(post.topic.program, post.topic_id, post.number))


@require_POST
def post_mark(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    post = access.get_answer_to_mark(request.user, slug, pk)
    services.mark_answer(post, by=request.user)
    undo = reverse("community:post_unmark", args=[slug, pk])
    toast(request, _("Marked as the answer. Anyone with the same question will find it here."), undo=undo)
    return go_to(place_url(post.topic.program, post.topic_id, post.number))


@require_POST
def post_unmark(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    post = access.get_answer_to_mark(request.user, slug, pk)
    services.unmark_answer(post, by=request.user)
    toast(request, _("The question is open again."))
    return go_to(place_url(post.topic.program, post.topic_id, post.number))


@require_POST
def topic_follow(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Follow, mute or neither."""
    topic = access.get_topic(request.user, slug, pk)
    form = FollowForm(request.POST)
    if form.is_valid():
        services.follow(topic, by=request.user, follows=form.cleaned_data["follows"])
    return go_back(request, reverse("community:topic_detail", args=[slug, pk]))


def _number(request: PersonRequest, name: str, digits: int = 9) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) <= digits else 0


def _led_on(request: PersonRequest, pk: int, number: int, topic: Topic) -> HttpResponse:
    """To where the post stands now, else to where the merged topic goes on."""
    if post := queries.former_place(pk, number or 1):
        return redirect("community:post_read", topic.program.slug, post.pk)
    return redirect("community:topic_detail", topic.program.slug, topic.pk)


def forum_settings(request: PersonRequest, slug: str) -> HttpResponse:
    """What becomes of my posts when I leave. How I hear of the forum stands with all other news."""
    program = access.get_forum(request.user, slug)
    form = SettingsForm(request.POST or None, initial=queries.wishes_of(request.user, program))
    if request.method == "POST" and form.is_valid():
        services.change_settings(program, by=request.user, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("community:forum", slug)
    up = [(_("Forum"), reverse("community:forum", args=[slug]))]
    page = FormPage(title=_("My forum"), up=up, shield=_("Only you"))
    return form_page(request, form, page)


def _page(request: PersonRequest, topic: Topic, number: int = 0) -> TopicPage:
    number = number or _number(request, "from") or 1
    place = queries.place_in(request.user, topic)
    return topic_page(request.user, topic, number=start_of(min(number, topic.posts_made)), place=place)


def _topic(request: PersonRequest, page: TopicPage, form: PostForm, status: int = 200) -> HttpResponse:
    if form.is_bound:
        keep_refused(form, by=request.user)
    context: dict[str, Any] = {"program": page.topic.program, "page": page, "topic": page.topic, "form": form}
    if page.may_host:
        context["boards"] = access.boards_for(request.user, page.topic.program)
    return render(request, "community/forum/topic_detail.html", context, status=status)
