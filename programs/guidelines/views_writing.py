"""Writing the guideline: its seven answers, cases, who answers for it, and publishing."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.guidelines import access, pages, services, wording
from programs.guidelines.forms import AboutForm, CaseForm, PublishForm, SectionForm
from programs.guidelines.models import GuidelineSection
from programs.membership.access import Ability, get_program


@require_POST
def guideline_start(request: PersonRequest, slug: str) -> HttpResponse:
    """A working copy: empty, or with the starter's answers."""
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    services.start(program, by=request.user, from_starter=request.POST.get("from") == "starter")
    return redirect("programs:guideline_write", slug)


def guideline_write(request: PersonRequest, slug: str) -> HttpResponse:
    """The working copy with what publishing it would change."""
    guideline = access.get_working_copy(request.user, slug)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            version = services.publish(guideline, reason=form.cleaned_data["reason"], by=request.user)
        except services.NothingWritten:
            form.add_error(None, _("There is nothing to publish yet. Answer one of the questions first."))
        except services.NothingChanged:
            form.add_error(None, _("It is identical to the current version. Change something first."))
        else:
            toast(request, _("Version %(number)s is published.") % {"number": version.number})
            return redirect("programs:guidelines", slug)
    context = pages.workshop(guideline) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "programs/guidelines/guideline_write.html", context, status=status)


def guideline_section(request: PersonRequest, slug: str, question: str) -> HttpResponse:
    """One answer, with wordings to take over. What is taken stands in the field; nothing is saved by that."""
    section = access.get_section(request.user, slug, question)
    rows = wording.suggestions(question)
    taken = next((row for row in rows if row.key == request.POST.get("take")), None)
    if taken:
        typed = SectionForm(section=section).fields["text"].widget.value_from_datadict(request.POST, {}, "text")
        form = SectionForm(section=section, typed=_with(typed, taken.text.texts))
        form.keep_seen(request.POST)
    else:
        form = SectionForm(request.POST if request.method == "POST" else None, section=section)
        if request.method == "POST" and form.is_valid():
            services.write_section(section, text=form.cleaned_data["text"], by=request.user)
            toast(request, _("Saved. Members will see it when you publish the next version."))
            return redirect("programs:guideline_write", slug)
    page = FormPage(title=str(section), lead=wording.help_for(question), up=_up(slug))
    more = {"program": section.guideline.program, "suggestions": rows}
    return form_page(request, form, page, template="programs/guidelines/guideline_section.html", **more)


def _with(typed: dict[str, str], text: dict[str, str]) -> dict[str, str]:
    """A wording below what stands there already."""
    return {code: "\n\n".join(filter(None, (typed.get(code, "").strip(), said))) for code, said in text.items()}


@once
def guideline_case_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    section = access.get_section_by_key(request.user, slug, pk)
    form = CaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.add_case(section, by=request.user, **form.cleaned_data)
        return redirect("programs:guideline_write", slug)
    return _case_page(request, form, section, _("New case"))


def guideline_case_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, slug, pk, deleted=False)
    form = CaseForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        services.change_case(case, by=request.user, **form.cleaned_data)
        return redirect("programs:guideline_write", slug)
    return _case_page(request, form, case.section, str(case))


def _case_page(request: PersonRequest, form: CaseForm, section: GuidelineSection, title: str) -> HttpResponse:
    page = FormPage(title=title, eyebrow=str(section), up=_up(section.guideline.program.slug))
    return form_page(request, form, page, program=section.guideline.program)


@require_POST
def guideline_case_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, slug, pk)
    services.delete_case(case, by=request.user)
    toast(request, _("Deleted."), undo=reverse("programs:guideline_case_restore", args=[slug, pk]))
    return redirect("programs:guideline_write", slug)


@require_POST
def guideline_case_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.restore_case(access.get_case(request.user, slug, pk), by=request.user)
    return redirect("programs:guideline_write", slug)


def guideline_about(request: PersonRequest, slug: str) -> HttpResponse:
    """Who answers for it, and when it is checked again."""
    guideline = access.get_working_copy(request.user, slug)
    form = AboutForm(request.POST if request.method == "POST" else None, guideline=guideline, by=request.user)
    if request.method == "POST" and form.is_valid():
        services.describe(guideline, by=request.user, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("programs:guideline_write", slug)
    page = FormPage(title=_("Who is responsible"), up=_up(slug))
    return form_page(request, form, page, program=guideline.program)


@require_POST
def guideline_check(request: PersonRequest, slug: str) -> HttpResponse:
    """Somebody looked through it, and it still holds."""
    services.check_again(access.get_working_copy(request.user, slug), by=request.user)
    toast(request, _("The seal is valid for another six months."))
    return redirect("programs:guideline_write", slug)


def _up(slug: str) -> list[tuple[str, str]]:
    return [
        (_("Guidelines"), reverse("programs:guidelines", args=[slug])),
        (_("Write"), reverse("programs:guideline_write", args=[slug])),
    ]
