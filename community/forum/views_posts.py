"""Single posts: changed, deleted, thanked for, reported."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.forum import access, hosting, newcomers, people, posts
from community.forum.forms import EditForm, ReactionForm, ReportForm, VersionForm
from community.forum.models import Post
from community.forum.places import place_url
from community.forum.queries import names_to_write, unknown_in
from community.forum.rows import moment_of
from community.forum.versions import versions_of
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.people import mentions
from core.people.requests import PersonRequest
from core.writing.access import find_draft
from core.writing.editing import Edit, edit_key, edit_of
from core.writing.refused import keep_refused
from programs.directory.cards import cards
from programs.membership.access import Ability

if TYPE_CHECKING:
    from core.people.models import User


def post_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One's own post again; when it was saved elsewhere meanwhile, both versions are shown and nothing is lost."""
    try:
        post = access.get_own_post(request.user, slug, pk)
    except Http404:
        if program := access.find_program_of_own_post(request.user, slug, pk):
            is_gone = access.find_program_of_lost_post(request.user, slug, pk) is not None
            draft = find_draft(request.user, edit_key("post", pk))
            context = {"program": program, "text": request.POST.get("text") or (draft.text if draft else "")}
            return render(request, "community/forum/post_lost.html", context, status=410 if is_gone else 404)
        raise
    edit = _edit_of(request.user, post)
    form = EditForm(request.POST if request.method == "POST" else None, post=post, edit=edit)
    if request.method == "POST":
        is_accepted = newcomers.accepts(form, request.user, post.topic.program)
        try:
            if is_accepted:
                post = posts.edit_post(post, by=request.user, **form.cleaned_data)
                undo = f"{reverse('community:post_edit_undo', args=[slug, pk])}?version={post.version}"
                toast(request, _("Saved."), more=unknown_in(post), undo=undo)
                return go_to(_place(post))
        except posts.Overtaken:
            keep_refused(form, by=request.user)
            edit = _edit_of(request.user, access.get_own_post(request.user, slug, pk))
            form = EditForm(post=post, edit=edit)
        else:
            keep_refused(form, by=request.user)
    context = {"program": post.topic.program, "post": post, "form": form, "other": edit.other, "url": _place(post)}
    return render(request, "community/forum/post_edit.html", context, status=422 if request.method == "POST" else 200)


def _edit_of(user: "User", post: Post) -> Edit:
    stored = mentions.written(post.text, names_to_write(post.topic.program, post.text))
    return edit_of(user, "post", post.pk, stored=stored, version=post.version)


@require_POST
def post_edit_undo(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    post = access.get_own_post(request.user, slug, pk)
    form = VersionForm(request.GET)
    version = form.cleaned_data["version"] if form.is_valid() else post.version
    try:
        posts.take_back_edit(post, version=version, by=request.user)
    except posts.Overtaken:
        warn(request, _("The post has been changed in the meantime. It stays as it is."))
    else:
        toast(request, _("The earlier texts are restored."))
    return go_to(_place(post))


@require_safe
def post_versions(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What a post said before, with what changed from one version to the next."""
    post = access.get_post(request.user, slug, pk)
    context = {"program": post.topic.program, "post": post, "versions": versions_of(post), "url": _place(post)}
    return render(request, "community/forum/post_versions.html", context)


@require_safe
def person_posts(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Everything that somebody of the directory wrote for everybody to read."""
    writer = access.get_writer(request.user, slug, pk)
    (person,) = cards(writer.program, [writer])
    before = moment_of(request.GET.get("before", ""))
    written = people.posts_written(writer.program, pk, before=before)
    context = {"program": writer.program, "person": person, "written": written, "is_begin": before is None}
    return render(request, "community/forum/person_posts.html", context)


@require_POST
def post_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    post = access.get_own_post(request.user, slug, pk)
    topic = posts.delete_post(post, by=request.user)
    is_alone = post.number == 1 and not topic.replies
    words = _("The topic is deleted.") if is_alone else _("The post is deleted.")
    toast(request, words, undo=reverse("community:post_restore", args=[slug, pk]))
    return redirect("community:forum", slug) if is_alone else go_to(_place(post))


@require_POST
def post_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    post = access.get_deleted_post(request.user, slug, pk)
    posts.restore_post(post, by=request.user)
    toast(request, _("The post is restored."))
    return go_to(_place(post))


@require_POST
def post_react(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A word to the writer, or taken back."""
    post = access.get_post(request.user, slug, pk, Ability.WRITE_IN_FORUM)
    form = ReactionForm(request.POST)
    if form.is_valid() and post.by_id != request.user.pk:
        posts.react(post, by=request.user, **form.cleaned_data)
    return go_to(_place(post))


def post_report(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    post = access.get_post(request.user, slug, pk, Ability.WRITE_IN_FORUM)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hosting.report(post, by=request.user, **form.cleaned_data)
        toast(request, _("The hosts will look at it."))
        return go_to(_place(post))
    up = [(_("Forum"), reverse("community:forum", args=[slug])), (post.topic.title, _place(post))]
    page = FormPage(title=_("Report a post"), up=up, submit=_("Report"), shield=_("Only the hosts, without your name"))
    return form_page(request, form, page)


def _place(post: Post) -> str:
    return place_url(post.topic.program, post.topic_id, post.number)
