"""Which boards there are, for hosts; and how loud one is for oneself."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.forum import access, boards, queries, services
from community.forum.forms import FollowForm
from core.kit.returning import go_back, go_to
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability

BACK = {"up": "down", "down": "up"}


@require_safe
def board_list(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_forum(request.user, slug, Ability.HOST_FORUM)
    shown = access.boards_for(request.user, program)
    without = queries.generations_without_board(program) if shown else []
    context = {"program": program, "boards": shown, "generations": without}
    return render(request, "community/forum/boards.html", context)


@require_POST
def board_make(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """For one generation and its hosts."""
    generation = access.get_generation(request.user, slug, pk)
    board = boards.make_board(generation, by=request.user)
    undo = f"{reverse('community:board_step', args=[slug, board.pk])}?do=remove"
    toast(
        request, _("The board for %(name)s is ready for its participants and hosts.") % {"name": generation}, undo=undo
    )
    return redirect("community:boards", slug)


@require_POST
def board_follow(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Follow, mute or neither, for oneself."""
    board = access.get_board_to_read(request.user, slug, pk)
    form = FollowForm(request.POST)
    if form.is_valid():
        services.follow_board(board, by=request.user, follows=form.cleaned_data["follows"])
    return go_back(request, f"{reverse('community:forum', args=[slug])}?board={board.key}")


@require_POST
@once
def board_step(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One place up or down, or away again while nothing was said on it."""
    board = access.get_board(request.user, slug, pk)
    step = request.POST.get("do") or request.GET.get("do", "")
    if step == "remove":
        try:
            boards.remove_board(board, by=request.user)
        except boards.HasTopics:
            warn(request, _("This board cannot be removed: something has been posted on it, or it is for everybody."))
        else:
            toast(request, _("The board is deleted. Nothing had been posted on it."))
    elif step not in boards.STEPS:
        warn(request, _("This step does not exist. Nothing was changed."))
    elif boards.move_board(board, step, by=request.user):
        undo = f"{reverse('community:board_step', args=[slug, pk])}?do={BACK[step]}"
        toast(request, _("The order of the boards is changed."), undo=undo)
    else:
        warn(request, _("It is already at the end."))
    return go_to(reverse("community:boards", args=[slug]) + f"#board-{pk}")
