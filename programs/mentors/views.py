"""Mentors and buddies, for the people themselves."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.mentors import access, pages, queries, services
from programs.mentors.forms import CardForm, PairingAskForm


@require_safe
def mentors(request: PersonRequest, slug: str) -> HttpResponse:
    """Who accompanies me, who asks me, whom I accompany."""
    participant = access.get_participation(request.user, slug)
    return render(request, "programs/mentors/mentors.html", pages.mentors(participant))


def pairing_card(request: PersonRequest, slug: str) -> HttpResponse:
    """What I give to be matched, and whether I accompany others."""
    participant = access.get_participation(request.user, slug)
    form = CardForm(request.POST if request.method == "POST" else None, card=queries.card_of(participant))
    if request.method == "POST" and form.is_valid():
        services.show_card(participant, given=form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("programs:mentors", slug)
    page = FormPage(
        title=_("For the matching"),
        lead=_("We suggest people by topics, site and languages. Everything is voluntary."),
        shield=_(
            "Shown only to people who look for a mentor or buddy whom they can ask. The program team does not see it. "
            "Once both agree, each of you sees the other’s email address."
        ),
        up=[(_("Mentors and buddies"), reverse("programs:mentors", args=[slug]))],
    )
    return form_page(request, form, page, program=participant.program)


@require_POST
def pairing_ask(request: PersonRequest, slug: str) -> HttpResponse:
    participant = access.get_participation(request.user, slug)
    form = PairingAskForm(request.POST)
    try:
        if not form.is_valid():
            raise services.NotFree
        services.ask(participant, person_id=form.cleaned_data["person"], kind=form.cleaned_data["kind"])
    except services.NotFree:
        warn(request, _("This person cannot be asked just now. Please choose somebody else."))
    else:
        toast(
            request,
            _("You have asked. You will hear as soon as the answer is yes; until then you can withdraw your request."),
        )
    return redirect("programs:mentors", slug)


@require_POST
def pairing_agree(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    try:
        services.agree(access.get_request(request.user, slug, pk))
    except services.NotFree:
        warn(request, _("One of you has a buddy already, or has asked somebody else. That has to end first."))
    else:
        toast(request, _("Good. Write a few words and arrange a first conversation."))
    return redirect("programs:mentors", slug)


@require_POST
def pairing_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Ended, declined or taken back: nobody asks why, and the other one gets no message."""
    services.finish(access.get_pairing(request.user, slug, pk), by=request.user)
    undo = reverse("programs:pairing_resume", args=[slug, pk])
    toast(request, _("Ended. Nobody asks why, and nobody gets a message."), undo=undo)
    return redirect("programs:mentors", slug)


@require_POST
def pairing_resume(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    try:
        services.resume(access.get_ended(request.user, slug, pk))
    except services.NotFree:
        warn(request, _("That is no longer possible: one of you is not free any more."))
    else:
        toast(request, _("Everything is as it was."))
    return redirect("programs:mentors", slug)
