"""A template out of YAML: pasted or as a file, with a preview before anything is kept."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.toasts import toast, warn
from core.kit.uploads import too_large
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.library import pages, queries, safe_yaml, services
from programs.library.adding import added
from programs.library.forms import ImportForm
from programs.library.models import PlanTemplate
from programs.library.verbs import LibraryVerb
from programs.library.writing import SAMPLE
from programs.membership.access import Ability, get_program
from programs.membership.models import Program

NEWER, OWN = "newer", "own"


def template_import(request: PersonRequest, slug: str) -> HttpResponse:
    """What it would be; nothing is kept yet."""
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    is_sent = request.method == "POST"
    if size := too_large(request):
        form = ImportForm({"text": ""})
        form.is_valid()
        form.errors["text"] = form.error_class([str(safe_yaml.too_long(size))])
        return _page(request, program, form)
    return _page(request, program, ImportForm(request.POST, request.FILES) if is_sent else ImportForm())


@once
@require_POST
def template_keep(request: PersonRequest, slug: str) -> HttpResponse:
    """Keep what the preview has shown: as a template of its own, or as the next version of its namesake."""
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, program, form)
    try:
        row = _keep(request, program, form)
    except services.VersionMoved:
        warn(request, _("The template was changed in the meantime. Please compare again before you import."))
        return _page(request, program, form, status=409)
    if row is None:
        return _page(request, program, form, status=409)
    toast(request, _("“%(title)s” is in the library.") % {"title": row.title})
    return redirect("programs:template_detail", slug, row.ref)


def _keep(request: PersonRequest, program: Program, form: ImportForm) -> PlanTemplate | None:
    known, wish = queries.namesake(program, form.content), request.POST.get("as")
    if known is not None and wish not in (NEWER, OWN):
        told = _("There is a template of this name by now. See what is different, then choose what it becomes.")
        warn(request, told)
        return None
    if wish == NEWER and known is not None:
        seen = request.POST.get("based_on", "")
        based_on = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
        verb = LibraryVerb.IMPORTED
        return services.revise(known, form.content, based_on=based_on, by=request.user, verb=verb)
    return added(
        request, lambda: services.add_template(program, form.content, by=request.user, verb=LibraryVerb.IMPORTED)
    )


def _page(request: PersonRequest, program: Program, form: ImportForm, status: int = 200) -> HttpResponse:
    context = {"program": program, "form": form, "up": pages.above(program), "sample": SAMPLE}
    if form.is_bound and form.is_valid():
        context |= pages.imported(program, form.content)
    return render(request, "programs/library/template_import.html", context, status=422 if form.errors else status)
