"""A new program: a question on each page, kept at once, and at the end a look at what will be made."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.guide import access, pages, services
from programs.guide.questions import QUESTIONS, after

LATER, CHECK = "later", "check"


@once
def program_new(request: PersonRequest) -> HttpResponse:
    """What awaits; with answers, what will be made of them. Sending it makes the program."""
    sketch = access.get_sketch(request.user)
    if request.method != "POST":
        return render(request, "programs/guide/program_new.html", pages.overview(sketch, timezone.localdate()))
    if request.POST.get("seen", pages.seen(sketch)) != pages.seen(sketch):
        warn(request, _("The answers were changed in another window. Please look at what they say now."))
        return redirect("programs:program_new")
    try:
        program = services.make_program(by=request.user)
    except services.SketchIsGone:
        warn(request, _("Your answers are no longer here. Perhaps the program was created in another window."))
        return redirect("programs:program_new")
    except services.SketchIsIncomplete:
        warn(request, _("A program needs a name, a company and a start."))
        return go_to(QUESTIONS[-1].url)
    toast(request, _("“%(program)s” is ready. This is its first concept.") % {"program": program.name})
    return redirect("programs:concept", program.slug)


def program_question(request: PersonRequest, name: str) -> HttpResponse:
    sketch, asked = access.get_question(request.user, name)
    is_change = (request.POST or request.GET).get("back") == CHECK
    onward = None if is_change else after(asked)
    to = onward.url if onward else reverse("programs:program_new")
    if request.method == "POST" and asked.may_wait and request.POST.get("do") == LATER:
        services.answer(request.user, question=asked.name, said={})
        return go_to(to)
    form = asked.form(request.POST if request.method == "POST" else None, said=sketch.answers.get(name, {}))
    if request.method == "POST" and form.is_valid():
        services.answer(request.user, question=asked.name, said=form.answer())
        return go_to(to)
    context = pages.question(sketch, asked, timezone.localdate(), is_change=is_change) | {"form": form}
    return render(request, "programs/guide/program_question.html", context, status=422 if form.errors else 200)


@require_POST
def sketch_discard(request: PersonRequest, pk: int) -> HttpResponse:
    sketch = access.get_own_sketch(request.user, pk)
    services.discard(sketch)
    toast(request, _("The answers are discarded."), undo=reverse("programs:sketch_restore", args=[pk]))
    return redirect("programs:program_new")


@require_POST
def sketch_restore(request: PersonRequest, pk: int) -> HttpResponse:
    sketch = access.get_own_sketch(request.user, pk)
    if not services.restore(sketch):
        warn(request, _("You have started again in the meantime. The new answers stay."))
    return redirect("programs:program_new")
