"""Templates of the program's own, and the second person's word on an issue."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from community.newsletters import access, keeping, renewing
from community.newsletters.forms import NewsletterRulesForm, PartForm, TemplateNameForm
from community.newsletters.views import save_typed
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, get_program

INSTEAD, WERE = "instead", "were"  # of an address that undoes


@require_POST
@once
def issue_template_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Put the issue aside as a template. A name that is taken is said, and what was typed stands in the sentence."""
    issue, refusal = save_typed(request, access.get_issue_to_write(request.user, slug, pk))
    if refusal:
        return refusal
    form = TemplateNameForm(request.POST, issue=issue)
    if form.is_valid():
        try:
            values = form.cleaned_data
            template = keeping.save_as_template(issue, name=values["name"], locks=values["locks"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            undo = reverse("community:issue_template_delete", args=[slug, template.pk])
            toast(request, _("Saved as the template “%(name)s”.") % {"name": template.name}, undo=undo)
            return redirect("community:issue_edit", slug, pk)
    for problems in form.errors.values():
        warn(request, f"{form.data.get('name', '')[:80]}: {problems[0]}".removeprefix(": "))
    return redirect("community:issue_edit", slug, pk)


@require_POST
def issue_template_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    template = access.get_template(request.user, slug, pk)
    keeping.delete_template(template, by=request.user)
    undo = reverse("community:issue_template_restore", args=[slug, pk])
    toast(request, _("Template deleted: %(name)s.") % {"name": template.name}, undo=undo)
    return redirect("community:issue_new", slug)


@require_POST
def issue_template_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    template = access.get_template(request.user, slug, pk, is_deleted=True)
    try:
        keeping.restore_template(template, by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
    return redirect("community:issue_new", slug)


@require_POST
@once
def issue_part_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Keep a section of the issue as a part for others."""
    issue, refusal = save_typed(request, access.get_issue_to_write(request.user, slug, pk))
    if refusal:
        return refusal
    form = PartForm(request.POST, issue=issue)
    try:
        if not form.is_valid():
            raise ValidationError([str(problems[0]) for problems in form.errors.values()])
        values = form.cleaned_data
        part, former = keeping.save_part(issue, values["section"], name=values["name"], by=request.user)
    except ValidationError as error:
        warn(request, " ".join(error.messages))
    else:
        said = _("Saved as the part “%(name)s”. Type / in a text to use it.") % {"name": part.name}
        undo = reverse("community:issue_part_delete", args=[slug, part.pk])
        if former:
            said = _("The part “%(name)s” has new words.") % {"name": part.name}
            undo = reverse("community:issue_part_restore", args=[slug, former.pk]) + f"?{INSTEAD}=1"
        toast(request, said, undo=undo)
    return redirect("community:issue_edit", slug, pk)


@require_POST
def issue_part_renew(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The new words of a part go into the drafts that have its former ones; or what they were comes back."""
    part = access.get_part(request.user, slug, pk)
    if were := request.GET.get(WERE):
        count = renewing.renew_back(part, renewing.read(were), by=request.user)
        said = ngettext("%(count)s draft is as it was.", "%(count)s drafts are as they were.", count)
        toast(request, said % {"count": count})
    else:
        behind = renewing.renew(part, by=request.user)
        undo = reverse("community:issue_part_renew", args=[slug, pk]) + f"?{WERE}={renewing.said(behind)}"
        said = ngettext("%(count)s draft is renewed.", "%(count)s drafts are renewed.", len(behind))
        toast(request, said % {"count": len(behind)}, undo=undo if behind else "")
    return redirect("community:newsletters", slug)


@require_POST
def issue_part_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    part = access.get_part(request.user, slug, pk)
    keeping.delete_part(part, by=request.user)
    undo = reverse("community:issue_part_restore", args=[slug, pk])
    toast(request, _("Part deleted: %(name)s.") % {"name": part.name}, undo=undo)
    return redirect("community:newsletters", slug)


@require_POST
def issue_part_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    part = access.get_part(request.user, slug, pk, is_deleted=True)
    try:
        keeping.restore_part(part, by=request.user, instead=bool(request.GET.get(INSTEAD)))
    except ValidationError as error:
        warn(request, error.messages[0])
    return redirect("community:newsletters", slug)


@require_POST
def newsletter_rules(request: PersonRequest, slug: str) -> HttpResponse:
    """Whether a second person has to approve each issue."""
    program = get_program(request.user, slug, Ability.WRITE_NEWSLETTERS)
    form = NewsletterRulesForm(request.POST)
    wanted = form.is_valid() and form.cleaned_data["needs_approval"]
    try:
        is_done = keeping.change_rules(program, needs_approval=wanted, by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
    else:
        waits = _("Somebody else on your team has to agree before issues can go out without approval.")
        said = _("From now on a second person approves each issue.") if wanted else _("No approval is needed.")
        toast(request, said if is_done else waits)
    return redirect("community:newsletters", slug)


@require_POST
def issue_approve(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The second person's word on the version they have read."""
    issue = access.get_issue_to_write(request.user, slug, pk)
    version = request.POST.get("version", "")
    try:
        read = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
        keeping.approve_issue(issue, version=read, by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
    else:
        undo = reverse("community:issue_unapprove", args=[slug, pk])
        toast(request, _("Approved. Any change to the text needs a new approval."), undo=undo)
    return redirect("community:issue_edit", slug, pk)


@require_POST
def issue_unapprove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    issue = access.get_issue_to_write(request.user, slug, pk)
    keeping.unapprove_issue(issue, by=request.user)
    toast(request, _("The approval is withdrawn. The issue is a draft."))
    return redirect("community:issue_edit", slug, pk)
