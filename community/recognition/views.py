from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.recognition import access, queries, services
from community.recognition.forms import KudosForm, PortraitForm
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.kit.words import Words
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can

ON_A_PAGE = 20


@require_safe
def thanks(request: PersonRequest, slug: str) -> HttpResponse:
    """What was said to me and by me, and what people show to everybody."""
    program = access.get_thanks(request.user, slug)
    context = {
        "program": program,
        "received": queries.received(request.user, program),
        "said": queries.said(request.user, program),
        "page": Paginator(queries.shown(program), ON_A_PAGE).get_page(request.GET.get("page")),
        "may_thank": can(request.user, access.SAY, program),
        "may_be_portrayed": can(request.user, Ability.TAKE_PART, program),
        "portrait": queries.own_portrait(request.user, program),
    }
    return render(request, "community/recognition/thanks.html", context)


@once
def kudos_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_thanking(request.user, slug)
    begun = {"to": request.GET.get("to", "")}
    form = KudosForm(request.POST or None, initial=begun, user=request.user, program=program)
    if request.method == "POST" and form.is_valid():
        kudos = services.say_thanks(program, by=request.user, **form.cleaned_data)
        undo = reverse("community:kudos_take_back", args=[slug, kudos.pk])
        toast(request, _("%(name)s will be pleased.") % {"name": kudos.to.name}, undo=undo)
        return redirect("community:thanks", slug)
    up = [(_("Thanks"), reverse("community:thanks", args=[slug]))]
    shield = _("Only the two of you can read it, unless the other one shows it to everybody.")
    page = FormPage(title=_("Say thanks"), up=up, shield=shield, submit=_("Say thanks"))
    return form_page(request, form, page, program=program)


@require_POST
def kudos_show(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Who is thanked shows it to everybody, or no longer."""
    is_shown = request.POST.get("on") == "1"
    services.show(access.get_received(request.user, slug, pk, is_shown=is_shown), is_shown=is_shown)
    said = _("Everybody in the program can read it now.") if is_shown else _("Only the two of you can read it now.")
    toast(request, said)
    return redirect("community:thanks", slug)


@require_POST
def kudos_take_back(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.take_back(access.get_kudos_to_take_back(request.user, slug, pk), by=request.user)
    toast(request, _("Gone, also from newsletters."), undo=reverse("community:kudos_restore", args=[slug, pk]))
    return redirect("community:thanks", slug)


@require_POST
def kudos_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.bring_back(access.get_kudos_to_bring_back(request.user, slug, pk), by=request.user)
    toast(request, _("It is back here. Newsletters that went out stay without it."))
    return redirect("community:thanks", slug)


@require_safe
def portrait(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_portrayed(request.user, slug)
    context = {
        "program": program,
        "portrait": queries.own_portrait(request.user, program),
        "may_write": can(request.user, Ability.TAKE_PART, program),
    }
    return render(request, "community/recognition/portrait.html", context)


@once
def portrait_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_portraying(request.user, slug)
    form = PortraitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.release_portrait(program, user=request.user, text=Words(form.cleaned_data["text"]))
        undo = reverse("community:portrait_take_back", args=[slug, made.pk])
        toast(request, _("Released. You can withdraw it here at any time."), undo=undo)
        return redirect("community:portrait", slug)
    up = [(_("My portrait"), reverse("community:portrait", args=[slug]))]
    lead = _("One language is enough; people who read another language will see this text.")
    page = FormPage(title=_("Release a portrait"), up=up, lead=lead, submit=_("Release for the newsletter"))
    return form_page(request, form, page, program=program)


@require_POST
def portrait_take_back(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.take_back_portrait(access.get_own_portrait(request.user, slug, pk))
    undo = reverse("community:portrait_restore", args=[slug, pk])
    toast(request, _("Withdrawn. No newsletter shows it any more."), undo=undo)
    return redirect("community:portrait", slug)


@require_POST
def portrait_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.release_again(access.get_own_portrait(request.user, slug, pk))
    toast(request, _("Released again. Newsletters that went out stay without it."))
    return redirect("community:portrait", slug)
