"""How somebody wants to hear of the forum."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from community.forum import access, services
from community.forum.forms import SettingsForm, TopicMailForm
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.people.requests import PersonRequest


def forum_settings(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_forum(request.user, slug)
    form = SettingsForm(request.POST or None, initial=access.wishes_of(request.user, program))
    if request.method == "POST" and form.is_valid():
        services.change_settings(program, by=request.user, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("community:forum", slug)
    up = [(_("Forum"), reverse("community:forum", args=[slug]))]
    page = FormPage(title=_("My forum"), up=up, shield=_("Only you"))
    return form_page(request, form, page)


@require_POST
def topic_mail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Mails about this topic: as about all others, or another way."""
    topic = access.get_topic(request.user, slug, pk)
    form = TopicMailForm(request.POST)
    if form.is_valid():
        services.set_mail(topic, by=request.user, **form.cleaned_data)
    return redirect("community:topic_detail", slug, pk)


@csrf_exempt  # the link itself is the permission, and a mail program that posts has no cookies
@login_not_required
def mails_off(request: PersonRequest, token: str) -> HttpResponse:
    """GET shows a question and changes nothing: scanners open links. POST switches off, twice as good as once."""
    asked = access.mails_of(token)
    if asked is None:
        return render(request, "community/forum/mails_invalid.html", status=404)
    if request.method == "POST":
        services.switch_mails_off(asked.program.pk, asked.person_id, asked.topic.pk if asked.topic else 0)
    context = {"asked": asked, "is_off": request.method == "POST"}
    return render(request, "community/forum/mails_off.html", context)
