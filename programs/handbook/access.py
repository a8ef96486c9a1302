"""The handbook is for everybody in the program to read; drafts, and what was deleted, for those who write it."""

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.kit.compiled import Blank, Compiled
from core.kit.markdown import attachments_of
from core.kit.rooms import Spot
from programs.handbook.models import Decision, HandbookPage, HandbookVersion
from programs.membership.access import Ability, can, get_program
from programs.membership.models import Program
from programs.membership.queries import is_alone, people_with

if TYPE_CHECKING:
    from core.people.models import User

KIND = "handbook_page"  # what the texts of a page hold
FILES = "handbook_file"  # what is listed below them


def can_write(user: "User", program: Program) -> bool:
    return can(user, Ability.WRITE_HANDBOOK, program)


def get_page(user: "User", slug: str, pk: int) -> HandbookPage:
    """404 for who does not belong to the program, and for a draft to who does not write the handbook."""
    program = get_program(user, slug)
    page = _page(program, pk)
    if not page.is_published and not can_write(user, program):
        raise Http404
    return page


def get_page_to_write(user: "User", slug: str, pk: int, *, deleted: bool = False) -> HandbookPage:
    """`deleted`: also one that went already; deleting and bringing back are harmless twice."""
    page = _page(get_program(user, slug), pk, deleted=deleted)
    get_program(user, slug, Ability.WRITE_HANDBOOK)
    return page


def get_page_to_share(user: "User", slug: str, pk: int) -> HandbookPage:
    """What leaves the company is for who leads the program to say."""
    page = _page(get_program(user, slug), pk)
    get_program(user, slug, Ability.MANAGE_PROGRAM)
    return page


def get_page_for_guests(user: "User", slug: str, pk: int) -> HandbookPage:
    """What guests read, for them and for everybody in the program."""
    page = _page(get_program(user, slug, Ability.ENTER), pk)
    if not page.is_for_guests:
        raise Http404
    return page


def can_approve(user: "User", page: HandbookPage) -> bool:
    """The person who was asked for the word; without one, or where that one wrote it, whoever leads the program. Four
    eyes: nobody approves what they wrote, unless nobody else could."""
    written_by = page.versions.filter(number=page.version).values_list("by", flat=True).first()
    leads = can(user, Ability.MANAGE_PROGRAM, page.program)
    if written_by == user.pk:
        return leads and is_alone(user, Ability.MANAGE_PROGRAM, page.program)
    asked = page.approved_through
    return asked.user_id == user.pk if asked and asked.user_id != written_by else leads


def require_approver(user: "User", page: HandbookPage) -> None:
    if not can_approve(user, page):
        raise PermissionDenied


def get_parent(user: "User", slug: str, pk: str | None) -> HandbookPage | None:
    """The page below which a new one is to stand, or from which it starts; nothing where none was named."""
    if not pk:
        return None
    return get_page_to_write(user, slug, int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0)


def get_version(user: "User", slug: str, pk: int, number: int) -> HandbookVersion:
    version = get_object_or_404(HandbookVersion, page=get_page_to_write(user, slug, pk), number=number)
    version.page.program = get_program(user, slug)
    return version


def get_decision(user: "User", slug: str, pk: int, *, deleted: bool = False) -> Decision:
    program = get_program(user, slug, Ability.WRITE_HANDBOOK)
    rows = Decision.objects.all() if deleted else Decision.objects.present()
    decision = get_object_or_404(rows, program=program, pk=pk)
    decision.program = program
    return decision


def get_spot(user: "User", pk: int) -> Spot:
    """Files hang on a page for who reads it. What is said about it is for those who write the handbook."""
    found = get_object_or_404(HandbookPage.objects.present().select_related("program"), pk=pk)
    if can(user, Ability.BE_GUEST, found.program) and not can(user, Ability.SEE_PROGRAM, found.program):
        page = get_page_for_guests(user, found.program.slug, pk)
        url, words = reverse("programs:handbook_for_guests", args=[found.program.slug, pk]), page.as_guests_read()
        held = attachments_of(words.text)
        return Spot(
            found.program_id,
            str(words.title),
            url,
            may_write=False,
            opens=lambda file: str(file.pk) in held if file.kind == KIND else page.is_out(file),
        )
    page = get_page(user, found.program.slug, pk)
    writes = can_write(user, page.program)
    return Spot(
        program_id=page.program_id,
        title=str(page.title),
        url=reverse("programs:handbook_page", args=[page.program.slug, page.pk]),
        may_write=writes,
        reads_comments=writes,
        may_moderate=can(user, Ability.MANAGE_PROGRAM, page.program),
        people=lambda: [row.user for row in people_with(Ability.WRITE_HANDBOOK, page.program)],
    )


def get_files_spot(user: "User", pk: int) -> Spot:
    """The same people; nothing is said about a file."""
    return replace(get_spot(user, pk), reads_comments=False)


def _page(program: Program, pk: int, *, deleted: bool = False) -> HandbookPage:
    page = _one(deleted).or_404(program=program.pk, page=pk)
    page.program = program
    return page


@cache
def _one(deleted: bool) -> Compiled[HandbookPage]:
    def build() -> QuerySet[HandbookPage]:
        rows = HandbookPage.objects.all() if deleted else HandbookPage.objects.present()
        rows = rows.filter(program=Blank("program"), pk=Blank("page")).order_by()
        return rows.select_related("parent__parent__parent", "owner__user", "approver__user", "approved_by")

    return Compiled(build)
