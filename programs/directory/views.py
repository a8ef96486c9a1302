from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.kit.toasts import toast
from core.kit.uploads import too_large
from core.people.requests import PersonRequest
from programs.directory import access, pages, queries, services
from programs.directory.cards import cards
from programs.directory.forms import OneselfForm
from programs.membership.access import Ability, get_program

ON_A_PAGE = 50


@require_safe
def directory(request: PersonRequest, slug: str) -> HttpResponse:
    """Who can help with what, by name."""
    program = access.get_directory(request.user, slug)
    asked = queries.asked_in(request.GET)
    page = Paginator(queries.found(program, asked), ON_A_PAGE).get_page(request.GET.get("page"))
    context = pages.directory(request.user, program, asked)
    people = cards(program, page.object_list)
    return render(request, "programs/directory/directory.html", context | {"page": page, "people_found": people})


@require_safe
def person(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What somebody chose to show, and what they wrote for everybody to read."""
    profile = access.get_profile(request.user, slug, pk)
    return render(request, "programs/directory/person.html", pages.person(request.user, profile))


@require_safe
def person_card(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The same in small, beside a name in a text; without htmx it is the page."""
    profile = access.get_profile(request.user, slug, pk)
    if not request.htmx:
        return redirect("programs:person", slug, pk)
    return render(request, "programs/directory/_card.html", pages.small_card(request.user, profile))


def profile_edit(request: PersonRequest, slug: str) -> HttpResponse:
    """What I show in this program's directory, field by field."""
    program = get_program(request.user, slug, Ability.APPEAR_IN_DIRECTORY)
    own = pages.own(request.user, program)
    is_cut_off = bool(too_large(request))
    form = OneselfForm(request.POST or None, request.FILES or None, **own.for_form)
    status = 200
    if request.method == "POST":
        status = 422
        if is_cut_off:
            form.add_error("photo", _("The file is larger than 20 MB."))
        elif form.is_valid() and (status := _save(request, program, form)) == 200:
            told = _("Saved. This is how others see your page.")
            toast(
                request,
                told if own.is_listed else _("You are listed in the directory. This is how others see your page."),
            )
            return redirect("programs:person", slug, request.user.pk)
    context: dict[str, Any] = {"program": program, "form": form, "own": own} | pages.suggestions(program)
    return render(request, "programs/directory/profile_edit.html", context, status=status)


def _save(request: PersonRequest, program: Any, form: OneselfForm) -> int:
    """The status of the answer: 200 when it is saved."""
    data = form.cleaned_data
    photo = {"photo": data["photo"], "without_photo": data.get("without_photo", False)}
    try:
        services.show_oneself(program, by=request.user, version=data["version"], entered=form.entered, **photo)
    except services.ChangedMeanwhile as changed:
        form.tell_difference(services.entered_by(changed.profile), changed.profile.version)
        return 409
    except ValidationError as full:
        form.add_error("photo", full)
        return 422
    return 200
