"""Taking a template into a program: a preview with days, then done, then undone if it was too much."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.kit.languages import localised
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.library import access, pages, queries, taking_fields, taking_services
from programs.library.forms import TakeForm
from programs.library.opened import Opened
from programs.library.taking import Intake


@once
def template_take(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """The address says what would be taken; sending it takes exactly that."""
    opened = access.get_template(request.user, slug, ref)
    is_sent = request.method == "POST"
    form = pages.take_form(opened, request.POST if is_sent else request.GET)
    intake = pages.intake_of(form, opened.content) if form.is_valid() else None
    status = 422 if form.errors else 200
    if is_sent and intake and request.POST.get("version", str(opened.version)) != str(opened.version):
        warn(request, _("The template was changed in the meantime. This is what would be added now."))
        status = 409
    elif is_sent and intake and not intake.is_empty:
        try:
            use = taking_services.take(opened, intake, by=request.user, seen=_seen(request.POST.get("seen", "")))
        except taking_services.TakenMeanwhile:
            warn(request, _("This template was added in the meantime. If you want it a second time, add it again."))
            return _page(request, opened, form, intake, status=409)
        except taking_services.PhaseIsOver:
            warn(request, _("This phase is over by now. Please choose another one."))
            return _page(request, opened, pages.take_form(opened, request.POST), None, status=409)
        undo = reverse("programs:template_untake", args=[slug, use.pk])
        toast(request, _in_words(intake), undo=undo)
        return redirect("programs:timeline", slug)
    return _page(request, opened, form, intake, status=status)


def _page(
    request: PersonRequest, opened: Opened, form: TakeForm, intake: Intake | None, *, status: int
) -> HttpResponse:
    context = {"program": opened.program, "opened": opened, "form": form, "intake": intake, "sent": _plain(form)}
    context["fields"] = [localised(row["name"]) for row in taking_fields.new_fields(opened.program, opened.content)]
    context["last"] = queries.uses_of_template(opened).first()
    return render(request, "programs/library/template_take.html", context, status=status)


def _seen(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < 19 else None


@require_POST
def template_untake(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    use = access.get_use(request.user, slug, pk)
    gone = taking_services.take_back(use, by=request.user)
    if gone.stayed:
        told = ngettext(
            "Undone. %(count)s entry that was worked on stays.",
            "Undone. %(count)s entries that were worked on stay.",
            gone.stayed,
        )
        toast(request, told % {"count": gone.stayed})
    else:
        toast(request, _("Undone. The program is as it was before."))
    return redirect("programs:timeline", slug)


def _in_words(intake: Intake) -> str:
    made = [
        ngettext("%(count)s phase", "%(count)s phases", intake.phase_count) % {"count": intake.phase_count},
        ngettext("%(count)s item", "%(count)s items", intake.item_count) % {"count": intake.item_count},
        ngettext("%(count)s date", "%(count)s dates", intake.date_count) % {"count": intake.date_count},
    ]
    counts = (intake.phase_count, intake.item_count, intake.date_count)
    what = ", ".join(words for words, count in zip(made, counts, strict=True) if count)
    return _("Added to the program: %(what)s.") % {"what": what}


def _plain(form: TakeForm) -> list[tuple[str, str]]:
    """What the preview was made of, for sending it."""
    if not form.is_valid():
        return []
    said = form.cleaned_data
    fields = [("into", said["into"]), *(("parts", key) for key in said["parts"])]
    if said.get("start_on"):
        fields.append(("start_on", said["start_on"].isoformat()))
    return [*fields, ("dates", "on")] if said.get("dates") else fields
