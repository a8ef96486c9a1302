"""Writing the handbook: pages, their place, who looks after them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit import languages
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from core.writing.services import forget_draft
from programs.handbook import access, pages, services
from programs.handbook.forms import ApproveForm, ArrangeForm, PageForm
from programs.handbook.models import HandbookPage
from programs.membership.access import Ability, can, get_program


def _language(request: PersonRequest) -> str:
    """The one that is written in: as the address says, or the reader's own."""
    asked = request.GET.get("language", "")
    return asked if asked in languages.codes() else languages.current()


def _above(page: HandbookPage) -> list[tuple[str, str]]:
    slug = page.program.slug
    here = reverse("programs:handbook_page", args=[slug, page.pk])
    return [(_("Handbook"), reverse("programs:handbook", args=[slug])), (str(page.title), here)]


@require_POST
def handbook_start(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.WRITE_HANDBOOK)
    if services.start_handbook(program, by=request.user):
        toast(request, _("The chapters have been added as drafts. Publish each one when it is true for your company."))
    return redirect("programs:handbook", slug)


@once
def handbook_page_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.WRITE_HANDBOOK)
    parent = access.get_parent(request.user, slug, request.GET.get("below"))
    language = _language(request)
    like = access.get_parent(request.user, slug, request.GET.get("like"))
    form = PageForm(request.POST or None, language=language, initial={"based_on": 0} | pages.as_start(like, language))
    del form.fields["note"]
    if request.method == "POST" and form.is_valid():
        text = {name: form.cleaned_data[name] for name in ("title", "text")}
        try:
            page = services.add_page(program, parent=parent, language=language, by=request.user, **text)
        except services.WrongPlace:
            form.add_error(None, _("Pages cannot be nested any deeper here. Please choose a page higher up."))
        else:
            toast(request, _("“%(title)s” is a draft. Publish it when it is ready.") % {"title": page.title})
            return redirect("programs:handbook_page", slug, page.pk)
    context: dict[str, Any] = {"program": program, "form": form, "parent": parent, "like": like, "language": language}
    context |= pages.languages_of(None, language)
    return render(request, "programs/handbook/handbook_page_new.html", context, status=422 if form.errors else 200)


def handbook_page_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One language at a time; two people at once merge, or choose with both texts in view."""
    page = access.get_page_to_write(request.user, slug, pk)
    language = _language(request)
    form, other = pages.form_for(request.user, page, language, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            page, is_merged = services.write_page(page, language=language, by=request.user, **form.cleaned_data)
        except services.Overtaken as overtaken:
            other = overtaken.page
            form.show(other, language)
        else:
            forget_draft(request.user, pages.draft_key(page, language))
            told = _("Saved, together with what somebody else changed in the meantime.") if is_merged else _("Saved.")
            toast(request, told)
            return redirect("programs:handbook_page", slug, pk)
    context = {"program": page.program, "page": page, "form": form, "language": language, "other": other}
    context["leads"] = can(request.user, Ability.MANAGE_PROGRAM, page.program)
    if other is not None:
        context["other_text"] = other.text.texts.get(language, "")
    context |= pages.languages_of(page, language)
    status = 409 if other else 422 if form.errors else 200
    return render(request, "programs/handbook/handbook_page_edit.html", context, status=status)


def handbook_page_arrange(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    page = access.get_page_to_write(request.user, slug, pk)
    form = ArrangeForm(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        try:
            services.arrange_page(page, by=request.user, **form.cleaned_data)
        except services.WrongPlace:
            form.refuse_place()
        else:
            toast(request, _("Saved."))
            return redirect("programs:handbook_page", slug, pk)
    about = FormPage(title=_("Responsibility and place"), eyebrow=str(page.title), up=_above(page))
    return form_page(request, form, about, program=page.program)


@require_POST
def handbook_page_move(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    page = access.get_page_to_write(request.user, slug, pk)
    services.move_page(page, up=request.POST.get("to") == "up", by=request.user)
    return redirect("programs:handbook_page", slug, pk)


@require_POST
def handbook_page_approve(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    page = access.get_page_to_write(request.user, slug, pk)
    access.require_approver(request.user, page)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        warn(request, _("That is not a date. Please enter day, month and year."))
    elif services.approve_page(page, by=request.user, **form.cleaned_data):
        undo = reverse("programs:handbook_page_unapprove", args=[slug, pk])
        toast(request, _("“%(title)s” is approved.") % {"title": page.title}, undo=undo)
    else:
        warn(request, _("Somebody has saved a newer version in the meantime. Please read it first."))
    return redirect("programs:handbook_page", slug, pk)


@require_POST
def handbook_page_unapprove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    page = access.get_page_to_write(request.user, slug, pk)
    access.require_approver(request.user, page)
    services.take_back_approval(page, by=request.user)
    toast(request, _("The approval is withdrawn."))
    return redirect("programs:handbook_page", slug, pk)


@require_POST
def handbook_page_publish(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    page = access.get_page_to_write(request.user, slug, pk)
    services.publish_page(page, on=True, by=request.user)
    undo = reverse("programs:handbook_page_unpublish", args=[slug, pk])
    toast(
        request, _("“%(title)s” is published. Everybody in the program can read it.") % {"title": page.title}, undo=undo
    )
    return redirect("programs:handbook_page", slug, pk)


@require_POST
def handbook_page_unpublish(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    page = access.get_page_to_write(request.user, slug, pk)
    services.publish_page(page, on=False, by=request.user)
    toast(request, _("“%(title)s” is a draft again.") % {"title": page.title})
    return redirect("programs:handbook_page", slug, pk)


@require_POST
def handbook_page_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    page = access.get_page_to_write(request.user, slug, pk, deleted=True)
    linking = services.delete_page(page, by=request.user)
    undo = reverse("programs:handbook_page_restore", args=[slug, pk])
    more = _("Still linked from: %(pages)s.") % {"pages": ", ".join(f"“{each.title}”" for each in linking)}
    told = _("“%(title)s” and the pages below it are deleted.") % {"title": page.title}
    toast(request, told, more=more if linking else "", undo=undo)
    return redirect("programs:handbook", slug)


@require_POST
def handbook_page_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    page = access.get_page_to_write(request.user, slug, pk, deleted=True)
    services.restore_page(page, by=request.user)
    toast(request, _("“%(title)s” is restored.") % {"title": page.title})
    return redirect("programs:handbook_page", slug, pk)


@require_POST
def handbook_version_again(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    version = access.get_version(request.user, slug, pk, number)
    services.write_again(version.page, version, by=request.user)
    toast(request, _("Version %(number)s is restored as the latest version.") % {"number": number})
    return redirect("programs:handbook_page", slug, pk)
