"""Channels of chat programs: which there are, what they heard, and a test."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.chats import access, queries, services
from programs.chats.forms import ChannelForm


@once
def channels(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_managed(request.user, slug)
    form = ChannelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        channel = services.add_channel(program, form, by=request.user)
        toast(request, _("%(name)s is added. Send a test to see whether it arrives.") % {"name": channel.name})
        return redirect("programs:channels", slug)
    context = {"program": program, "form": form, "channels": queries.channels_of(program), "is_on": queries.is_on()}
    return render(request, "programs/chats/channels.html", context, status=422 if form.errors else 200)


@require_POST
@once
def channel_test(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    channel = access.get_channel(request.user, slug, pk)
    if channel.off_at is None:
        services.send_test(channel)
        toast(request, _("A test is on its way to %(name)s.") % {"name": channel.name})
    return redirect("programs:channels", slug)


@require_POST
def channel_switch(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Off, or on again (`?to=on`): pressed twice, it is what was pressed."""
    channel = access.get_channel(request.user, slug, pk)
    is_on = request.GET.get("to") == "on"
    services.switch_channel(channel, on=is_on, by=request.user)
    words = (
        _("%(name)s is on again.") if is_on else _("%(name)s is turned off. It will be permanently deleted in 30 days.")
    )
    back = f"{reverse('programs:channel_switch', args=[slug, pk])}?to={'off' if is_on else 'on'}"
    toast(request, words % {"name": channel.name}, undo=back)
    return redirect("programs:channels", slug)
