"""The versions of a template, and one that is newer than what the program took: what is different."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.library import access, pages, services


def template_news(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    use = access.get_use(request.user, slug, pk)
    used = pages.used(request.user, use)
    if request.method == "POST":
        seen = request.POST.get("version", "")
        if used.current and used.is_behind and seen == str(used.current.version):
            services.note_version(use, used.current.content, version=used.current.version, by=request.user)
            toast(request, _("Noted. You will hear of the next version."))
        return redirect("programs:library", slug)
    context = {"program": use.program, "used": used, "changes": pages.changes_for(used)}
    return render(request, "programs/library/template_news.html", context)


@require_safe
def template_versions(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    (opened, row), asked = access.get_kept_template(request.user, slug, ref), request.GET
    found = pages.versions(row, asked.get("before", ""), asked.get("after", ""), asked.get("page", ""))
    context = {"program": opened.program, "opened": opened, **found}
    return render(request, "programs/library/template_versions.html", context)
