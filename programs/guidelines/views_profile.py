"""The Social Media Guide: everybody in the program reads it, who takes part goes through it at their own pace."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.guidelines import access, profile_guide
from programs.guidelines.forms_profile import ProfileCheckForm
from programs.guidelines.models_profile import ProfileMark
from programs.membership.access import Ability, get_program

# Where the numbers of the points stand in the picture.
SPOTS = ((140, 62), (300, 48), (424, 144), (440, 102), (346, 240), (224, 293), (366, 196), (156, 188), (490, 30))


def social_guide(request: PersonRequest, slug: str) -> HttpResponse:
    is_sent = request.method == "POST"
    program = get_program(request.user, slug, Ability.TAKE_PART if is_sent else Ability.SEE_PROGRAM)
    points, may_mark = profile_guide.points(), access.can_accept(request.user, program)
    marks = profile_guide.marks_of(request.user, program) if may_mark else {}
    form = ProfileCheckForm(request.POST if is_sent else None, points=points, initial=marks)
    if is_sent and form.is_valid():
        profile_guide.mark(program, marks=form.cleaned_data, by=request.user)
        toast(request, _("Saved, for you alone."))
        return redirect("programs:social_guide", slug)
    context = {
        "program": program,
        "rows": [(point, form[point.key]) for point in points],
        "may_mark": may_mark,
        "form": form,
        "done": sum(mark == ProfileMark.DONE for mark in marks.values()),
        "picture_points": [(number, x, y) for number, (x, y) in enumerate(SPOTS, start=1)],
        "total": len(points) - sum(mark == ProfileMark.SKIP for mark in marks.values()),
        **profile_guide.reading(),
    }
    return render(request, "programs/guidelines/social_guide.html", context, status=422 if form.errors else 200)
