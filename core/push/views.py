"""Add this browser, take one away."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.kit.toasts import toast
from core.people.requests import PersonRequest
from core.push import access, keys, queries, services
from core.push.forms import DeviceForm


@require_POST
def device_add(request: PersonRequest) -> HttpResponse:
    """Sent by the page's script once the person has agreed in the browser's own question."""
    access.require_push(request.user)
    form, key = DeviceForm(request.POST), keys.current()
    if not form.is_valid():
        return JsonResponse({"says": form.says}, status=422)
    if form.cleaned_data["key"] != key.public:
        return JsonResponse({"says": _("The page was out of date. Please reload it.")}, status=409)
    try:
        services.add(form, key, queries.sign_in_here(request), by=request.user)
    except services.TooManyDevices:
        most = ngettext(
            "At most %(count)s device, please.", "At most %(count)s devices, please.", services.MOST_DEVICES
        )
        return JsonResponse({"says": most % {"count": services.MOST_DEVICES}}, status=422)
    toast(request, _("This device shows your notifications from now on."))
    return HttpResponse(status=204)


@require_POST
def device_off(request: PersonRequest, pk: int) -> HttpResponse:
    """One click, from wherever one is signed in."""
    services.remove(access.get_device(request.user, pk))
    toast(request, _("This device no longer shows anything. You can turn it on again on the device itself."))
    return redirect("news:settings")
