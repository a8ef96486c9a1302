"""How many people said something in the forum, as a sign of the group."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from community.forum.models import Board, Post, Topic
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit.signs import Sign
from programs.membership.models import Program
from programs.membership.queries import long_in
from programs.membership.standing import beginning_of


def wrote(program: Program, first: date, end: date) -> People:
    """On boards that everybody reads; who asked without a name is not among them."""
    since, until = beginning_of(program, first), beginning_of(program, end)
    circle = long_in(program, until)
    topics = Topic.objects.present().filter(program=program, board__in=Board.objects.for_everybody())
    posts = Post.objects.present().filter(topic__in=topics, is_unnamed=False, at__gte=since, at__lt=until)
    count = posts.filter(by__in=circle).values("by").distinct().count()
    return gate.guarded(count, among=len(circle), k=program.group_minimum)


SIGNS = (Sign("forum.wrote", _("asked or answered in the forum"), wrote, 30),)
