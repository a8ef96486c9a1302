"""The board for who plans the event: the plan, the end of voting, the file."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.barcamp import access, board_file, board_page, placing, services
from community.barcamp.forms import PlaceForm, TakenBackForm
from community.barcamp.models import CampRoom, CampSlot
from community.barcamp.views import above
from community.events.models import Event
from core.kit.downloads import as_file
from core.kit.form_pages import FormPage, form_page
from core.kit.forms import Form
from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def barcamp_cell(request: PersonRequest, slug: str, pk: int, room: int, slot: int) -> HttpResponse:
    """Put a proposal into a place, or empty it. Another host was faster: 409, with the plan as it is now."""
    place, when = access.get_cell(request.user, slug, pk, room, slot)
    event, status = place.event, 200
    shown, choices, here = board_page.choices_for(event, request.user, place, when)
    now = {"proposal": str(here) if here else "", "seen": board_page.seen_of(event)}
    form = PlaceForm(request.POST or None, choices=choices, initial=now)
    if request.method == "POST" and form.is_valid():
        chosen = int(form.cleaned_data["proposal"] or 0) or None
        seen = placing.read(form.cleaned_data["seen"])
        moves = placing.moves_into((place.pk, when.pk), chosen, seen)
        try:
            before = placing.place(event, moves, seen=seen, by=request.user)
        except placing.PlanChangedError:
            if (chosen or 0) == board_page.choices_for(event, request.user, place, when)[2]:  # sent twice
                return go_to(f"{reverse('community:barcamp', args=[slug, pk])}#cell-{place.pk}-{when.pk}")
            form = PlaceForm(choices=choices, initial={"proposal": form.cleaned_data["proposal"], "seen": now["seen"]})
            status = 409
        else:
            tell(request, event, moves, before)
            return go_to(f"{reverse('community:barcamp', args=[slug, pk])}#cell-{place.pk}-{when.pk}")
    context = {"program": event.milestone.program, "form": form, "plan": shown, "is_overtaken": status == 409}
    context["page"] = page_of(event, slug, place, when)
    return render(request, "community/barcamp/barcamp_cell.html", context, status=422 if form.errors else status)


def page_of(event: Event, slug: str, place: CampRoom, when: CampSlot) -> FormPage:
    return FormPage(
        title=f"{when.when}, {place}", up=above(event, slug), lead=_("A session that has another place moves here.")
    )


def tell(request: PersonRequest, event: Event, moves: placing.Moves, before: placing.Moves) -> None:
    """With undo, and with a word where somebody now leads two sessions at once."""
    address = reverse("community:barcamp_place_undo", args=[event.milestone.program.slug, event.pk])
    undo = f"{address}?{urlencode({'now': placing.written(moves), 'before': placing.written(before)})}" if moves else ""
    toast(request, _("The plan is changed."), undo=undo)
    for clash in board_page.live(event, request.user, known=0)["clashes"]:
        if clash.leader:
            said = {"name": clash.leader["name"], "time": clash.slot.when}
            warn(request, _("%(name)s leads two sessions at %(time)s.") % said)


@require_POST
def barcamp_place_undo(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_board_to_host(request.user, slug, pk)
    form = TakenBackForm(request.GET)
    if form.is_valid():
        now, before = placing.read(form.cleaned_data["now"]), placing.read(form.cleaned_data["before"])
        try:
            placing.place(event, before, seen=now, by=request.user)
        except placing.PlanChangedError:
            warn(request, _("The plan has been changed in the meantime. This is how it is now."))
        else:
            toast(request, _("The plan is as it was."))
    return redirect("community:barcamp", slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def barcamp_voting_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first: results that were seen cannot be unseen, so voting does not open again."""
    event = access.get_board_to_host(request.user, slug, pk)
    form = Form(request.POST or None)
    if request.method == "POST":
        if services.end_voting(event, by=request.user):
            toast(request, _("Voting has ended. Everybody sees roughly how many would come."))
        return redirect("community:barcamp", slug, pk)
    page = FormPage(
        title=_("End the voting"),
        up=above(event, slug),
        lead=_("Everybody then sees roughly how many would come to each session. Voting cannot be opened again."),
        shield=_("Who voted for what is deleted."),
        submit=_("End the voting"),
    )
    return form_page(request, form, page, program=event.milestone.program)


@require_safe
def barcamp_file(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The board as a Markdown file."""
    event = access.get_board_to_host(request.user, slug, pk)
    response = HttpResponse(board_file.markdown(event, request.user), content_type="text/markdown; charset=utf-8")
    return as_file(response, f"{event.milestone.title}.md")
