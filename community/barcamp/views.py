"""The board for who is invited: read it, propose, say that one would come."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.barcamp import access, board_page, services
from community.barcamp.forms import KnownForm, ProposalForm, WantsForm
from community.barcamp.models import Proposal
from community.events.models import Event
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest


@require_safe
def barcamp(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_board(request.user, slug, pk)
    return render(request, "community/barcamp/barcamp.html", board_page.of(event, request.user))


@require_safe
def barcamp_live(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What has changed on an open page; nothing where nothing has."""
    event = access.get_board(request.user, slug, pk)
    form = KnownForm(request.GET)
    known = form.cleaned_data["known"] or 0 if form.is_valid() else 0
    context = board_page.live(event, request.user, known=known)
    if request.GET.get("seen") == context["version"]:
        return HttpResponse(status=204)
    return render(request, "community/barcamp/_live.html", context)


def above(event: Event, slug: str) -> list[tuple[str, str]]:
    return [
        (_("Events"), reverse("community:events", args=[slug])),
        (str(event.milestone.title), reverse("community:barcamp", args=[slug, event.pk])),
    ]


@once
def barcamp_proposal_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_board(request.user, slug, pk)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            proposal = services.propose(event, by=request.user, **form.cleaned_data)
        except services.BoardClosedError:
            form.add_error(None, _("Proposals are possible from the announcement until the event is over."))
        except services.TooManyError:
            form.add_error(None, _("There is no room for more proposals. Please withdraw one of yours first."))
        else:
            toast(request, _("Your proposal is on the board."))
            return go_to(at(event, slug, proposal))
    page = FormPage(title=_("Propose a session"), up=above(event, slug), submit=_("Propose"), shield=named_where())
    return form_page(request, form, page, program=event.milestone.program)


def named_where() -> str:
    return _("If you offer a session, everybody invited sees your name. A wish is shown without a name.")


def at(event: Event, slug: str, proposal: Proposal) -> str:
    return f"{reverse('community:barcamp', args=[slug, event.pk])}#proposal-{proposal.pk}"


def barcamp_proposal_edit(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    proposal = access.get_own_proposal(request.user, slug, pk, number)
    form = ProposalForm(request.POST or None, row=proposal)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_proposal(proposal, by=request.user, **form.cleaned_data)
        except services.LedMeanwhileError:
            form.add_error("kind", _("Somebody else has taken this wish on and leads it. It stays a wish."))
        else:
            gone = _("Saved. The proposal is still withdrawn, so nobody sees it.")
            toast(request, gone if proposal.deleted_at else _("Saved."))
            return go_to(at(proposal.event, slug, proposal))
    page = FormPage(title=_("Change your proposal"), up=above(proposal.event, slug), shield=named_where())
    return form_page(request, form, page, program=proposal.event.milestone.program)


@require_POST
def barcamp_proposal_withdraw(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """One's own, or any by a host; undo brings it back, with its place where that is free still."""
    if request.GET.get("back") == "yes":
        proposal = access.get_proposal_to_bring_back(request.user, slug, pk, number)
        services.bring_back(proposal, by=request.user)
        toast(request, _("“%(title)s” is back on the board.") % {"title": proposal.title})
        return go_to(at(proposal.event, slug, proposal))
    proposal = access.get_proposal_to_remove(request.user, slug, pk, number)
    services.withdraw(proposal, by=request.user)
    undo = reverse("community:barcamp_proposal_withdraw", args=[slug, pk, number]) + "?back=yes"
    toast(request, _("“%(title)s” is withdrawn.") % {"title": proposal.title}, undo=undo)
    return redirect("community:barcamp", slug, pk)


@require_POST
def barcamp_vote(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """I would come, or not after all."""
    proposal = access.get_proposal(request.user, slug, pk, number)
    form = WantsForm(request.POST)
    wants = form.is_valid() and form.cleaned_data["wants"]
    try:
        services.vote(proposal, person=request.user, wants=wants)
    except services.VotingOverError:
        warn(request, _("Voting has ended in the meantime. Your vote was not counted."))
    except services.BoardClosedError:
        warn(request, _("This barcamp is not open for votes."))
    if request.htmx:
        return render(request, "community/barcamp/_vote.html", board_page.one_idea(proposal, request.user))
    return go_to(at(proposal.event, slug, proposal))


@require_POST
def barcamp_lead(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Take a wish on; undo gives it back."""
    proposal = access.get_proposal_to_lead(request.user, slug, pk, number)
    leads = request.GET.get("back") != "yes"
    try:
        led = services.lead(proposal, person=request.user, leads=leads)
    except services.LedMeanwhileError:
        warn(request, _("Somebody else has just offered to lead this session."))
    except services.BoardClosedError:
        warn(request, _("The barcamp is over or was cancelled."))
    else:
        undo = reverse("community:barcamp_lead", args=[slug, pk, number]) + "?back=yes" if leads else ""
        said = _("You lead this session. Your name is shown.") if leads else _("It is a wish again.")
        if led:
            toast(request, said, undo=undo)
        else:
            warn(request, _("You do not lead this session. Nothing has changed."))
    return go_to(at(proposal.event, slug, proposal))
