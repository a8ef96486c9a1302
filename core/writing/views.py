from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.templatetags.ui import clock
from core.people.requests import PersonRequest
from core.writing import drawing, services
from core.writing.forms import DraftForm, PreviewForm


@require_POST
def draft(request: PersonRequest) -> JsonResponse:
    """Keeps what is being written; an empty text forgets it."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        why = [_("This draft cannot be saved."), *map(str, form.errors.get("text", ()))]
        return JsonResponse({"words": " ".join(why)}, status=422)
    try:
        kept = services.keep_draft(request.user, **form.cleaned_data)
    except services.WrittenElsewhere as elsewhere:
        words = _("You are also writing this in another window. The draft there is kept, not this one.")
        answer = {"words": words, "instead": _("Keep this one"), "version": elsewhere.version}
        return JsonResponse(answer, status=409)
    words = _("Draft saved at %(clock)s") % {"clock": clock(kept.saved_at)} if kept else ""
    return JsonResponse({"words": words, "version": kept.version if kept else 0})


@require_POST
def preview(request: PersonRequest) -> HttpResponse:
    """A text as it will look, for the part below the field."""
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    words = form.cleaned_data
    target = words["target"] or 0
    return HttpResponse(drawing.shown(request.user, words["text"], words["kind"] if target else "", target))
