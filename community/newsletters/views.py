from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from community.newsletters import (
    access,
    blocks,
    checks,
    clicks,
    letters,
    queries,
    renewing,
    services,
    templates,
    together,
)
from community.newsletters.audiences import in_words
from community.newsletters.faces import PICTURES, Preview
from community.newsletters.forms import IssueForm, NewIssueForm, PartForm, ScheduleForm, TemplateNameForm, TestForm
from community.newsletters.forms_audience import AudienceForm
from community.newsletters.models import Issue, IssueState
from community.newsletters.pages import IssueLists, Progress
from community.newsletters.public_archive import has_archive
from community.newsletters.reach import reach_of
from community.newsletters.sections import bodies_of
from community.newsletters.services import EditConflict
from community.newsletters.views_preview import preview_of
from core.comments.thread import thread_on
from core.kit.characters import visible
from core.kit.returning import go_to
from core.kit.templatetags.ui import clock, day
from core.kit.toasts import toast, warn
from core.lists.listing import LONGEST_WORDS
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can, get_program
from programs.membership.tabs import tabs_of

ONE_CLICK = "One-Click"  # RFC 8058
WHEN = ("when", "when_which")  # what is asked for a time


def newsletters(request: PersonRequest, slug: str) -> HttpResponse:
    """Writers: drafts, planned and sent issues and how far they are. Everybody else: the archive."""
    program = get_program(request.user, slug, Ability.SEE_NEWSLETTERS)
    may_write = can(request.user, Ability.WRITE_NEWSLETTERS, program)
    words = visible(request.GET.get("q", ""))[:LONGEST_WORDS].strip()
    issues = queries.with_words(access.issues_for(request.user, program), words)
    context = {
        "program": program,
        "may_write": may_write,
        "words": words,
        "tabs": tabs_of("newsletters", request.user, program, "community:newsletters"),
        "rules": queries.rules_of(program) if may_write else None,
        "lists": IssueLists.of(program, issues, for_writers=may_write, asked=request.GET.get("page", "")),
        "own": access.find_own_subscription(request.user, program),
    }
    return render(request, "community/newsletters/newsletters.html", context)


@once
def issue_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.WRITE_NEWSLETTERS)
    form = NewIssueForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        issue = services.write_issue(program, by=request.user, **form.cleaned_data)
        return redirect("community:issue_edit", slug, issue.pk)
    context = {
        "program": program,
        "form": form,
        "templates": templates.issue_templates(),
        "own": templates.own_templates(program),
        "earlier": templates.earlier_issues(program),
        "chosen": (request.POST or request.GET).get("template", templates.usual_template().key),
    }
    return render(request, "community/newsletters/issue_new.html", context, status=422 if form.errors else 200)


@csp_replace({"img-src": PICTURES})  # type: ignore[arg-type]  # its stub knows no further arguments
def issue_read(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """An issue as it was sent, in the archive."""
    issue = access.get_issue(request.user, slug, pk)
    if not issue.is_out:
        return redirect("community:issue_edit", slug, pk)
    frozen = letters.frozen_in(issue, Preview.of(request.GET).language)
    context = {
        "program": issue.program,
        "issue": issue,
        "frozen": frozen,
        "body": letters.personal_html(frozen["body"], request.user.first_name, ""),
        "may_write": can(request.user, Ability.WRITE_NEWSLETTERS, issue.program),
    }
    if context["may_write"] and issue.audience.is_everybody and issue.state == IssueState.SENT:
        context["has_archive"] = has_archive(issue.program)
    return render(request, "community/newsletters/issue_read.html", context)


def issue_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """All languages, saved by the button or while typing. What somebody else saved meanwhile is never lost."""
    issue = access.get_issue_to_write(request.user, slug, pk)
    if issue.is_out and request.method != "POST":
        return redirect("community:issue_progress", slug, pk)
    if request.method != "POST":
        if request.htmx:
            return render(request, "community/newsletters/_preview.html", preview_of(request, issue))
        return _editor(request, issue, IssueForm.of(issue))
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _not_saved(request, issue, form)
    try:
        saved = _saved(request, issue, form)
    except EditConflict as conflict:
        return _conflict(request, conflict, form)
    if issue.scheduled_at and not saved.scheduled_at:
        warn(request, _("Saved, but no longer scheduled: the issue cannot be sent as it is. See the checks."))
    written = together.after(together.texts_of(saved), form.texts)
    theirs = [each for each in written if each.is_theirs]
    if request.htmx:
        context = preview_of(request, saved) | {"written": written, "theirs": theirs, "other": issue.updated_by}
        return trigger_client_event(render(request, "community/newsletters/_saved.html", context), "issue-saved")
    if request.POST.get("then") == "send":
        return redirect("community:issue_send", slug, pk)
    toast(request, _("Saved. What others have changed in the meantime is kept.") if theirs else _("Saved."))
    return redirect("community:issue_edit", slug, pk)


def issue_checks(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The list before sending, as a part of the editor."""
    issue = access.get_issue_to_write(request.user, slug, pk)
    context = {"program": issue.program, "issue": issue, "report": checks.look_at(issue), "with_marks": request.htmx}
    return render(request, "community/newsletters/_checks.html", context)


@require_POST
@once
def issue_test(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One mail to the writer in the language of the preview, or to the colleagues and in the languages ticked."""
    issue, refusal = save_typed(request, access.get_issue_to_write(request.user, slug, pk))
    if refusal:
        return refusal
    form = _test_form(request, issue, request.POST)
    if not form.is_valid():
        faults = [str(problems[0]) for problems in form.errors.values()]
        return _editor(request, issue, IssueForm.of(issue), faults=faults, status=422)
    if issue.written_in:
        services.send_test(issue, by=request.user, languages=form.spoken, to=form.readers)
        names = ", ".join(person.email for person in form.readers)
        toast(request, _("A test is on its way to %(address)s.") % {"address": names})
    else:
        warn(request, _("There is nothing to send yet: first write a subject and a text in one language."))
    return redirect("community:issue_edit", slug, pk)


def _test_form(request: PersonRequest, issue: Issue, data: Any = None) -> TestForm:
    language = Preview.of(request.POST if data else request.GET).language
    team = queries.team_of(issue.program)
    for need in blocks.needed_by(bodies_of(issue)).values():
        team = [person for person in team if can(person, Ability(need), issue.program)]
    return TestForm(data, team=team, me=request.user, language=language)


@require_POST
def issue_schedule(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What is typed is saved, and the page that asks once more comes next: nothing is planned by one press."""
    form = ScheduleForm(request.POST)
    issue, refusal = save_typed(request, access.get_issue_to_write(request.user, slug, pk), schedule=form)
    if refusal:
        return refusal
    if issue.is_out:
        return redirect("community:issue_progress", slug, pk)
    faults = checks.look_at(issue).faults if form.is_valid() else []
    if form.is_valid() and not faults:
        return go_to(f"{reverse('community:issue_send', args=[slug, pk])}?{_asked_for(request)}")
    return _editor(request, issue, IssueForm.of(issue), schedule=form, faults=faults, status=422)


@require_POST
def issue_unschedule(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    issue = services.unschedule_issue(access.get_issue_to_write(request.user, slug, pk), by=request.user)
    if issue.is_out:
        warn(request, _("Sending has already started. You can pause it here."))
        return redirect("community:issue_progress", slug, pk)
    toast(request, _("Unscheduled. It is a draft again."))
    return redirect("community:issue_edit", slug, pk)


def issue_send(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks once more with what really goes out, as it is stored now, and when; who says yes says it to that version."""
    issue = access.get_issue_to_write(request.user, slug, pk)
    asked = request.POST if request.method == "POST" else request.GET
    schedule = ScheduleForm(asked) if "when" in asked else None
    if request.method == "POST":
        return _sent_or_planned(request, issue, schedule)
    if issue.is_out:
        return redirect("community:issue_progress", slug, pk)
    report = checks.look_at(issue)
    if report.faults or (schedule and not schedule.is_valid()):
        return _editor(request, issue, IssueForm.of(issue), schedule=schedule, faults=report.faults)
    context = {"program": issue.program, "issue": issue, "report": report, "schedule": schedule}
    return render(request, "community/newsletters/issue_send.html", context)


def _sent_or_planned(request: PersonRequest, issue: Issue, schedule: ScheduleForm | None) -> HttpResponse:
    slug, pk, version = issue.program.slug, issue.pk, request.POST.get("version", "")
    if schedule and not schedule.is_valid():
        return _editor(request, issue, IssueForm.of(issue), schedule=schedule, status=422)
    try:
        if schedule:
            when = schedule.cleaned_data["when"]
            services.schedule_issue(issue, by=request.user, at=when, version=version)
        else:
            services.send_now(issue, by=request.user, version=version)
    except EditConflict:
        warn(request, _("Not sent: the issue was changed in the meantime. This is how it would go out now."))
        return go_to(f"{reverse('community:issue_send', args=[slug, pk])}?{_asked_for(request)}")
    except ValidationError as error:
        form = schedule or ScheduleForm(issue=issue)
        return _editor(request, issue, IssueForm.of(issue), schedule=form, faults=error.messages, status=422)
    if schedule:
        toast(request, _("Planned for %(day)s, %(clock)s.") % {"day": day(when, "full"), "clock": clock(when)})
        return redirect("community:newsletters", slug)
    return redirect("community:issue_progress", slug, pk)


def _asked_for(request: PersonRequest) -> str:
    """The time that was asked for, as a part of an address."""
    return urlencode({name: request.POST[name] for name in WHEN if request.POST.get(name)})


def issue_progress(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A sending in numbers; asked again every second while it runs."""
    issue = access.get_issue_to_write(request.user, slug, pk)
    if not issue.is_out and issue.scheduled_at is None:
        return redirect("community:issue_edit", slug, pk)
    reach = None if issue.audience.is_everybody else reach_of(issue.program, issue.audience)
    links = clicks.opened(issue)
    context = {
        "program": issue.program,
        "issue": issue,
        "progress": Progress.of(issue, reach),
        "audience": in_words(issue.program, issue.audience),
        "links": links,
        "most": max([link.low or 0 for link in links], default=0) or 1,
    }
    part = "_progress" if request.htmx else "issue_progress"
    return render(request, f"community/newsletters/{part}.html", context)


@require_POST
def issue_pause(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.pause_issue(access.get_issue_to_write(request.user, slug, pk), by=request.user)
    return redirect("community:issue_progress", slug, pk)


@require_POST
def issue_resume(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.resume_issue(access.get_issue_to_write(request.user, slug, pk), by=request.user)
    return redirect("community:issue_progress", slug, pk)


def issue_cancel(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first, since nothing undoes it; an issue that is all out has nothing left to cancel."""
    issue = access.get_issue_to_write(request.user, slug, pk)
    if request.method == "POST":
        services.cancel_issue(issue, by=request.user)
    elif issue.state in (IssueState.SENDING, IssueState.PAUSED):
        return render(request, "community/newsletters/issue_cancel.html", {"program": issue.program, "issue": issue})
    return redirect("community:issue_progress", slug, pk)


@require_POST
def issue_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    issue = access.get_issue_to_write(request.user, slug, pk)
    try:
        services.delete_issue(issue, by=request.user)
    except ValidationError as error:
        warn(request, " ".join(error.messages))
        return redirect("community:issue_edit", slug, pk)
    undo = reverse("community:issue_restore", args=[slug, pk])
    toast(request, _("Deleted: no. %(number)s.") % {"number": issue.number}, undo=undo)
    return redirect("community:newsletters", slug)


@require_POST
def issue_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    issue = access.get_issue_to_write(request.user, slug, pk, is_deleted=True)
    services.restore_issue(issue, by=request.user)
    return redirect("community:issue_edit", slug, pk)


@csrf_exempt  # the link itself is the permission, and a mail program that posts has no cookies
@login_not_required
def unsubscribe(request: PersonRequest, token: str) -> HttpResponse:
    """GET shows a question and changes nothing: scanners open links. POST unsubscribes, twice as good as once, and can
    do nothing else: who wants the newsletter again says so with the protected form of the own consents."""
    subscription = access.find_subscription(token)
    if subscription is None:
        return render(request, "community/newsletters/unsubscribe_invalid.html", status=404)
    user, program = subscription.user, subscription.program
    if request.method == "POST":
        is_one_click = request.POST.get("List-Unsubscribe") == ONE_CLICK
        services.unsubscribe(subscription, channel="one_click" if is_one_click else "unsubscribe")
        subscription = access.find_subscription(token)
    is_own = request.user == user and can(user, Ability.SEE_PROGRAM, program)
    context = {"subscription": subscription, "is_own": is_own}
    return render(request, "community/newsletters/unsubscribe.html", context)


def _editor(
    request: PersonRequest,
    issue: Issue,
    form: IssueForm,
    *,
    schedule: ScheduleForm | None = None,
    faults: list[str] | None = None,
    stored: Issue | None = None,
    clashes: set[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    report = checks.look_at(issue)
    context = preview_of(request, issue) | {
        "form": form.hang_on(issue),
        "columns": form.columns(stored, report.missing, clashes=clashes),
        "schedule": schedule or ScheduleForm(issue=issue),
        "faults": faults or [],
        "report": report,
        "stored": stored,
        "blocks": blocks.offered(issue.program),
        "test": _test_form(request, issue),
        "name_form": TemplateNameForm(issue=issue),
        "part_form": PartForm(issue=issue),
        "parts": renewing.parts_in_use(issue.program),
        "needs_approval": queries.needs_approval(issue.program),
        "may_approve": issue.updated_by_id != request.user.pk,
        "comments": thread_on(request.user, "issue", issue.pk),
        "aim": AudienceForm(program=issue.program, audience=issue.audience),
        "saved_audiences": queries.saved_audiences(issue.program),
    }
    return render(request, "community/newsletters/issue_edit.html", context, status=status)


def save_typed(
    request: PersonRequest, issue: Issue, *, schedule: ScheduleForm | None = None
) -> tuple[Issue, HttpResponse | None]:
    """The issue with what came along with another press, saved; or the answer that says why it could not be."""
    if "version" not in request.POST:
        return issue, None
    form = IssueForm(request.POST)
    if not form.is_valid() and request.htmx:
        return issue, _not_saved(request, issue, form)
    if not form.is_valid():
        return issue, _editor(request, issue, form, schedule=schedule, status=422)
    try:
        return _saved(request, issue, form), None
    except EditConflict as conflict:
        return issue, _conflict(request, conflict, form)


def _saved(request: PersonRequest, issue: Issue, form: IssueForm) -> Issue:
    version = form.cleaned_data["version"]
    return services.save_issue(issue, **form.texts, by=request.user, version=version, seen=form.seen)


def _not_saved(request: PersonRequest, issue: Issue, form: IssueForm) -> HttpResponse:
    if request.htmx:
        return render(request, "community/newsletters/_not_saved.html", {"form": form})
    return _editor(request, issue, form, status=422)


def _conflict(request: PersonRequest, conflict: EditConflict, form: IssueForm) -> HttpResponse:
    """Show both texts of what both changed. Saving again, knowing the other one, replaces it."""
    stored, joined = conflict.stored, conflict.joined
    if request.htmx:
        return render(request, "community/newsletters/_not_saved.html", {"stored": stored})
    again = IssueForm.showing(**(joined.texts if joined else form.texts), version=stored.version).having_seen(stored)
    clashes = joined.languages if joined else None
    return _editor(request, stored, again, stored=stored, clashes=clashes, status=409)
