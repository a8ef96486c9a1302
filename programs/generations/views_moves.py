"""Moving people to another generation, merging generations, and deleting one in which nobody was."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_back, go_to
from core.kit.templatetags.ui import day
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.generations import access, delete_services, merge_services, move_pages, move_services, queries
from programs.generations.forms_moves import GoalForm, MovingForm
from programs.generations.models import Generation
from programs.generations.models_moves import Move
from programs.generations.move_services import CannotBeMoved


@once
def people_move(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Choose who and where to: one person from their row, or several. The list sends its chosen rows here as well."""
    generation = access.get_generation(request.user, slug, pk)
    here = reverse("programs:generation_detail", args=[slug, pk])
    who = request.GET.get("who", "").split("-")
    goals, people = queries.goals_of(generation), queries.movable(generation)
    posted = request.POST if request.method == "POST" else None
    form = MovingForm(posted, people=people, goals=goals, initial={"pk": queries.chosen_people(people, who)})
    if posted is not None and form.is_valid():
        _move(request, generation, form)
        return go_back(request, here)
    if posted is not None and "do" in posted:  # from the list, which has no place for a mistake
        warn(request, str(next(message for messages in form.errors.values() for message in messages)))
        return go_back(request, here)
    page = FormPage(
        title=_("Move people"),
        eyebrow=generation.name,
        lead=_("They take part in another generation from %(day)s.") % {"day": move_pages.monday(generation)},
        submit=_("Move from %(day)s") % {"day": move_pages.monday(generation)},
        up=[(_("People"), reverse("programs:people", args=[slug])), (generation.name, here)],
    )
    context = move_pages.moving(generation) | {"program": generation.program, "has_goals": goals.exists()}
    return form_page(request, form, page, template="programs/generations/people_move.html", **context)


def _move(request: PersonRequest, generation: Generation, form: MovingForm) -> None:
    goal: Generation = form.cleaned_data["generation"]
    moved: list[Move] = []
    for participant in form.cleaned_data["pk"]:
        try:
            moved.append(move_services.arrange_move(participant, goal, by=request.user))
        except CannotBeMoved:
            told = _("%(name)s was not moved: somebody else has changed something in the meantime.")
            warn(request, told % {"name": participant.user})
    if not moved:
        return
    told = ngettext(
        "%(name)s takes part in %(generation)s from %(day)s and has been notified.",
        "%(count)s people take part in %(generation)s from %(day)s and have been notified.",
        len(moved),
    )
    words = {
        "count": len(moved),
        "name": moved[0].participant.user,
        "generation": goal,
        "day": day(moved[0].on, "long"),
    }
    who = "-".join(str(move.participant_id) for move in moved)
    undo = f"{reverse('programs:moves_undo', args=[generation.program.slug, generation.pk])}?who={who}"
    toast(request, told % words, undo=undo)


@require_POST
def moves_undo(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Undo, for one or several, until the Monday."""
    generation = access.get_generation(request.user, slug, pk)
    chosen = queries.chosen_people(queries.people_in(generation), request.GET.get("who", "").split("-"))
    if number := move_services.call_off_moves(generation, [each.pk for each in chosen], by=request.user):
        told = ngettext("%(count)s person stays in %(name)s.", "%(count)s people stay in %(name)s.", number)
        toast(request, told % {"count": number, "name": generation})
    else:
        warn(request, _("Nothing was undone: the move has taken effect or was undone before."))
    return go_back(request, reverse("programs:generation_detail", args=[slug, pk]))


@once
def generation_merge(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Choose the other generation, read what will happen, confirm."""
    generation = access.get_generation(request.user, slug, pk)
    here = reverse("programs:generation_detail", args=[slug, pk])
    goals = queries.goals_of(generation)
    asked = request.POST if request.method == "POST" else request.GET if "generation" in request.GET else None
    form = GoalForm(asked, goals=goals)
    into = form.cleaned_data["generation"] if asked is not None and form.is_valid() else None
    if request.method == "POST" and into is not None:
        try:
            merged = merge_services.arrange_merger(generation, into, by=request.user)
        except CannotBeMoved:
            warn(request, _("These generations cannot be merged at the moment: one of them is being changed already."))
            return go_to(here)
        told = _("From %(day)s, %(name)s is part of %(into)s. Everybody in it has been notified.")
        if not queries.people_in(merged).exists():
            told = _("From %(day)s, %(name)s is part of %(into)s.")
        undo = reverse("programs:generation_unmerge", args=[slug, pk])
        words = {"day": day(merged.merges_on, "long"), "name": merged, "into": into}
        toast(request, told % words, undo=undo)
        return go_to(here)
    context = move_pages.merging(generation, into) | {"form": form, "has_goals": goals.exists()}
    status = 422 if asked is not None and form.errors else 200
    return render(request, "programs/generations/generation_merge.html", context, status=status)


@require_POST
def generation_unmerge(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    generation = access.get_generation(request.user, slug, pk)
    if merge_services.call_off_merger(generation, by=request.user):
        toast(request, _("%(name)s is not merged. Everybody stays where they are.") % {"name": generation})
    else:
        warn(request, _("Nothing was undone: the generations have been merged, or it was undone before."))
    return redirect("programs:generation_detail", slug, pk)


@require_POST
def generation_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Only one in which nobody is or was; else the reasons, each with what to do."""
    generation = access.get_generation(request.user, slug, pk)
    try:
        delete_services.delete_generation(generation, by=request.user)
    except delete_services.StillInUse as error:
        for reason in error.reasons:
            warn(request, _("%(name)s was not deleted. %(reason)s") % {"name": generation, "reason": reason})
        return redirect("programs:generation_detail", slug, pk)
    undo = reverse("programs:generation_restore", args=[slug, pk])
    toast(request, _("%(name)s is deleted.") % {"name": generation}, undo=undo)
    return redirect("programs:people", slug)


@require_POST
def generation_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    generation = access.get_generation(request.user, slug, pk, is_deleted=True)
    delete_services.restore_generation(generation, by=request.user)
    toast(request, _("%(name)s is restored.") % {"name": generation})
    return redirect("programs:generation_detail", slug, pk)
