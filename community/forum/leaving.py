"""What becomes of somebody's words when they leave.

Answers belong to those who need them: posts stay, without the name, unless the person chose that they go (Art. 17 GDPR
asks no reason). What was read, followed, thanked for or reported goes in any case.
"""

import re
from collections.abc import Iterator
from html import unescape
from string import punctuation
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists
from django.utils.html import strip_tags
from django.utils.translation import ngettext

from community.forum.models import Post, PostVersion, Reaction, Reading, Report, Topic, Visitor
from community.forum.models_polls import Vote
from community.forum.models_rituals import Ritual
from community.forum.models_rota import Duty
from community.forum.models_wishes import BoardWish
from community.forum.sums import index, sum_up
from core.attachments import services as attachments
from core.attachments.models import Attachment
from core.kit.kept import Kept
from core.kit.markdown import MENTION, render
from core.people.mentions import mentioned
from core.writing import putting_away
from core.writing.editing import edit_key
from core.writing.models import Draft
from programs.membership.models import Program

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.people.models import User

ELLIPSIS = "> …"
MARKS = re.compile(f"[{re.escape(punctuation.replace('@', ''))}]")
SURELY_THEIRS = 4  # words of a quote in a topic where the person wrote nothing: fewer may be anybody's


def kept(user: "User", program: Program) -> Iterator[Kept]:
    """What a person wrote, and what becomes of it."""
    posts = Post.objects.filter(by=user, program=program)
    go = Exists(Visitor.objects.filter(program=program, person=user, words_go=True))
    yield Kept(
        posts.filter(go),
        lambda n: ngettext("post in the forum, which is deleted", "posts in the forum, which are deleted", n),
    )
    yield Kept(
        posts.filter(~go),
        lambda n: ngettext(
            "post in the forum, which stays without your name", "posts in the forum, which stay without your name", n
        ),
    )


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    own = Post.objects.filter(program=program, by=user).values_list("pk", flat=True)
    edits = [edit_key("post", pk) for pk in own]
    if Visitor.objects.filter(program=program, person=user, words_go=True).exists():
        _take_words_away(user, program)
    Post.objects.filter(program=program, by=user).update(by=None)
    Topic.objects.filter(program=program, by=user).update(by=None)
    Vote.objects.filter(person=user, poll__post__program=program).delete()
    Reaction.objects.filter(person=user, post__program=program).delete()
    Reading.objects.filter(person=user, topic__program=program).delete()
    BoardWish.objects.filter(person=user, board__program=program).delete()
    Report.objects.filter(by=user, program=program).delete()
    topics = Topic.objects.filter(program=program).values_list("pk", flat=True)
    keys = [f"forum:{program.pk}", *(f"topic:{pk}" for pk in topics), *edits]
    Draft.objects.filter(person=user, key__in=[*keys, *map(putting_away.away, keys)]).delete()
    Attachment.objects.filter(kind__in=("forum", "topic"), program_id=program.pk, by=user).update(by=None)
    Ritual.objects.filter(program=program, host=user).update(host=None)
    Duty.objects.filter(program=program, person=user).delete()
    Visitor.objects.filter(program=program, person=user).delete()


def _take_words_away(user: "User", program: Program) -> None:
    """Posts, pictures, and the passages that others quoted. Topics whose first words go keep the answers."""
    own = Post.objects.filter(program=program, by=user)
    texts = [
        *own.values_list("text", flat=True),
        *PostVersion.objects.filter(post__in=own).values_list("text", flat=True),
    ]
    topics = list(own.values_list("topic", flat=True).distinct())
    posts = Post.objects.filter(program=program).exclude(by=user)
    versions = PostVersion.objects.filter(post__program=program).exclude(post__by=user)
    list(
        Topic.objects.select_for_update(of=("self",)).filter(pk__in=topics).order_by("pk")
    )  # held until it is summed up
    _unquote_drafts(program, texts)
    _unquote(posts.filter(topic__in=topics), texts)
    _unquote(versions.filter(post__topic__in=topics), texts)
    _unquote(posts.exclude(topic__in=topics), texts, least=SURELY_THEIRS)
    _unquote(versions.exclude(post__topic__in=topics), texts, least=SURELY_THEIRS)
    attachments.purge(
        Attachment.objects.filter(kind="topic", target_id__in=topics, by=user).values_list("pk", flat=True)
    )
    own.delete()
    alone = Topic.objects.filter(pk__in=topics, posts=None)
    attachments.forget("topic", alone.values_list("pk", flat=True))
    alone.delete()
    sum_up(topics)


def _unquote(rows: "QuerySet[Post] | QuerySet[PostVersion]", texts: list[str], *, least: int = 1) -> None:
    """Whoever is changing such a post at this moment is shown what it says now."""
    for row in rows.filter(text__contains=">").select_for_update(of=("self",)):
        text = without_quotes(row.text, texts, least=least)
        if text != row.text:
            row.text = text
            if isinstance(row, Post):
                row.version += 1
                row.save(update_fields=["text", "version"])
                index(row, row.topic)
            else:
                row.save(update_fields=["text"])


def _unquote_drafts(program: Program, texts: list[str]) -> None:
    """What others have begun to write in the program's forum. An open window is told that it was changed elsewhere."""
    topics = Topic.objects.filter(program=program).values_list("pk", flat=True)
    posts = Post.objects.filter(program=program).values_list("pk", flat=True)
    keys = {f"forum:{program.pk}", *(f"topic:{pk}" for pk in topics), *(edit_key("post", pk) for pk in posts)}
    for draft in Draft.objects.filter(text__contains=">").select_for_update():
        text = without_quotes(draft.text, texts, least=SURELY_THEIRS) if draft.key in keys else draft.text
        if text != draft.text:
            draft.text, draft.version = text, draft.version + 1
            draft.save(update_fields=["text", "version"])


def without_quotes(text: str, gone: list[str], *, least: int = 1) -> str:
    """Quoted lines whose words, at least so many, stood in one of the texts that go become one mark."""
    plain = [words for text_gone in gone for words in (_words(text_gone), _words(_shown(text_gone)))]
    kept: list[str] = []
    for line in text.split("\n"):
        words = _words(line)
        is_quote = line.startswith(">") and bool(_words(MENTION.sub("", line))) and len(words.split()) >= least
        is_gone = is_quote and any(words in each for each in plain)
        if not is_gone:
            kept.append(line)
        elif not kept or kept[-1] != ELLIPSIS:
            kept.append(ELLIPSIS)
    return "\n".join(kept)


def _words(text: str) -> str:
    return " ".join(MARKS.sub(" ", MENTION.sub(r"@\1", text)).split())


def _shown(text: str) -> str:
    """As it stands on the page, where the passage was selected: a link without its address, people as numbers."""
    return unescape(strip_tags(render(text, names={pk: str(pk) for pk in mentioned(text)})))
