"""What I look after in a program, and handing it over."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership import access, handing_over
from programs.membership.models import Program

KEPT = "handed_over"  # in the session: what went to whom, by program


def hand_over(request: PersonRequest, slug: str) -> HttpResponse:
    """Everything that is mine here, each with whom it could go to. Nothing has to be chosen."""
    program = access.get_program(request.user, slug)
    held = handing_over.held_by(request.user, program)
    form = handing_over.HandOverForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        return _handed(request, program, form)
    context = {
        "program": program,
        "form": form,
        "held": held,
        "ahead": handing_over.ahead_of(request.user, program),
        "takes_part": access.can(request.user, access.Ability.TAKE_PART, program),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "programs/membership/hand_over.html", context, status=status)


def _handed(request: PersonRequest, program: Program, form: handing_over.HandOverForm) -> HttpResponse:
    occasion, went = handing_over.hand_over(program, form.wanted(), by=request.user)
    if went:
        request.session[KEPT] = {"program": program.pk, "occasion": occasion, "went": went}
        said = ngettext("Handed over: %(count)s thing.", "Handed over: %(count)s things.", len(went))
        toast(request, said % {"count": len(went)}, undo=reverse("programs:hand_over_undo", args=[program.slug]))
    else:
        warn(request, _("Nothing was chosen, so everything stays with you."))
    return redirect("programs:hand_over", program.slug)


@require_POST
def hand_over_undo(request: PersonRequest, slug: str) -> HttpResponse:
    """What I handed over last, as far as the others still have it."""
    program = access.get_program(request.user, slug)
    kept = request.session.pop(KEPT, None)
    returned = 0
    if kept and kept["program"] == program.pk:
        returned = handing_over.take_back(program, kept["occasion"], kept["went"], by=request.user)
    if returned:
        toast(request, _("It is yours again."))
    else:
        warn(request, _("This can no longer be undone. Please ask the person it was handed over to."))
    return redirect("programs:hand_over", slug)
