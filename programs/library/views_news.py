"""A template of the program has a newer version: what is different, and that somebody has looked at it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

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
