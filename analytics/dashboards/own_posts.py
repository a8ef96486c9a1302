"""A person's own posts as a journal: every post with its figures, what the person noted about it, and the entry of the
log that speaks of the same page. Only its owner ever sees any of it."""

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.activities.links import same_page
from analytics.activities.models import Activity
from analytics.dashboards.own import POSTS, rate_of
from analytics.dashboards.words import said
from analytics.metrics.models import Post, PostId
from analytics.metrics.posts_shown import figured, with_figures
from core.kit.drawn import mark
from core.lists.declared import Column, Empty, Filter, ListOf
from programs.consents.access import is_at_work
from programs.consents.models import Purpose
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

WITH_NOTE, IN_LOG = "noted", "logged"


def every_post(user: "User", program: Program) -> QuerySet[Post]:
    """With its figures and the network's number, the newest first."""
    own = Post.objects.filter(is_at_work(user, program, Purpose.OWN_FIGURES), program=program, account__user=user)
    number = PostId.objects.filter(post=OuterRef("pk")).order_by("scheme", "pk").values("value")[:1]
    return with_figures(own, program).select_related("account").annotate(number_there=Subquery(number))


def journal(user: "User", program: Program) -> ListOf:
    every = ("", _("all"))
    return ListOf(
        label=_("My posts"),
        columns=(
            Column(name="on", label=_("Day"), value=lambda row: row.on, is_only_in_file=True),
            Column(name="post", label=_("Post"), value=lambda row: row.title or row.url),
            Column(name="link", label=_("Link"), value=lambda row: row.url, is_only_in_file=True),
            Column(name="seen", label=_("Impressions"), value=lambda row: row.impressions, is_number=True),
            Column(name="comments", label=_("Comments"), value=lambda row: row.comments, is_number=True),
            Column(name="saves", label=_("Saves"), value=lambda row: row.saves, is_number=True),
            Column(name="sends", label=_("Sends"), value=lambda row: row.sends, is_only_in_file=True),
            Column(name="viewers", label=_("Profile views"), value=lambda row: row.viewers, is_only_in_file=True),
            Column(name="video", label=_("Video views"), value=lambda row: row.video, is_only_in_file=True),
            Column(name="watchers", label=_("Video viewers"), value=lambda row: row.watchers, is_only_in_file=True),
            Column(
                name="minutes", label=_("Watch time (minutes)"), value=lambda row: row.minutes, is_only_in_file=True
            ),
            Column(name="rate", label=_("Engagement rate"), value=lambda row: row.rate, is_number=True),
            Column(name="worked", label=_("What worked"), value=lambda row: row.worked, is_only_in_file=True),
            Column(name="logged", label=_("From my log"), value=_in_words, is_only_in_file=True),
        ),
        filters=(
            Filter(
                name="with",
                label=_("With"),
                choices=(every, (WITH_NOTE, _("a note of mine")), (IN_LOG, _("an entry in my log"))),
                narrow=lambda rows, value: _narrowed(rows, value, user, program),
            ),
        ),
        search=lambda rows, words: _found(rows, words, user, program),
        search_label=_("Find a post"),
        count=lambda n: ngettext("%(count)s post", "%(count)s posts", n) % {"count": n},
        row="analytics/dashboards/_own_post_row.html",
        per_page=POSTS,
        anchor="post",
        pk=lambda row: mark("analytics.Post", row.pk),
        as_shown=lambda rows: as_shown(rows, user, program),
        name=_("My posts"),
        is_savable=False,
        empty=Empty(
            icon="notebook",
            title=_("No file has brought a post of yours yet"),
            text=_("Your posts appear here with their figures as soon as you import a file or connect an account."),
            action_url=reverse("analytics:import_new", args=[program.slug]),
            action_label=_("Import figures"),
        ),
    )


def as_shown(rows: list[Any], user: "User", program: Program) -> list[Any]:
    """With figures in words, and the entry of the log about the same page. One query."""
    posts = figured(rows)
    entries = logged(user, program) if any(post.url for post in posts) else {}
    for post in posts:
        post.rate = said("engagement_rate", rate_of(post))
        post.entry = entries.get(same_page(post.url)) if post.url else None
    return posts


def logged(user: "User", program: Program, words: str = "") -> dict[str, Activity]:
    """What the person logged, by the page it speaks of; the newest entry where there are several."""
    rows = Activity.objects.present().filter(user=user, program=program).exclude(url="")
    if words:
        rows = rows.filter(note__icontains=words)
    return {same_page(row.url): row for row in rows.order_by("on", "created_at")}


def _of_pages(pages: set[str], user: "User", program: Program) -> list[int]:
    """The posts that these pages are."""
    own = Post.objects.filter(program=program, account__user=user).exclude(url="")
    return [pk for pk, url in own.values_list("pk", "url") if same_page(url) in pages] if pages else []


def _found(rows: Any, words: str, user: "User", program: Program) -> Any:
    in_log = _of_pages(set(logged(user, program, words)), user, program)
    said_there = Q(title__icontains=words) | Q(url__icontains=words) | Q(worked__icontains=words)
    return rows.filter(said_there | Q(pk__in=in_log))


def _narrowed(rows: Any, value: str, user: "User", program: Program) -> Any:
    if value == WITH_NOTE:
        return rows.exclude(worked="")
    return rows.filter(pk__in=_of_pages(set(logged(user, program)), user, program))


def _in_words(post: Any) -> str:
    return str(post.entry) if post.entry else ""
