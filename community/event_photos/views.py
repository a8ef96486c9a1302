"""Photos of an event: look at them, add one, say whether one agrees to be seen, take one away."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from community.event_photos import access, album, queries, services
from community.event_photos.forms import AgreementForm, PhotoForm
from community.event_photos.models import Agreement
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest


@require_safe
def event_photos(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_pictures(request.user, slug, pk)
    return render(request, "community/event_photos/event_photos.html", album.of(event, request.user))


@once
def event_photo_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_album(request.user, slug, pk)
    people = queries.markable(event, request.user)
    of = event.milestone.program_id
    form = PhotoForm(request.POST or None, request.FILES or None, people=people, program_id=of)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_photo(event, by=request.user, **form.cleaned_data)
        except services.AlbumClosedError:
            form.add_error(None, _("Photos can be added from the start of the event, for a year."))
        except services.AlbumFullError:
            form.add_error(None, _("There is no room for more photos of this event."))
        except services.AskedOftenError:
            form.add_error("people", _("You have marked somebody here very often today. Please continue tomorrow."))
        except ValidationError as full:
            form.add_error("file", full)
        else:
            waits = bool(form.cleaned_data["people"])
            toast(request, _("The photo waits until everybody in it agrees.") if waits else _("The photo is added."))
            return redirect("community:event_photos", slug, pk)
    page = FormPage(
        title=_("Add a photo"),
        up=[
            (_("Events"), reverse("community:events", args=[slug])),
            (str(event.milestone.title), reverse("community:event_detail", args=[slug, pk])),
            (_("Photos"), reverse("community:event_photos", args=[slug, pk])),
        ],
        submit=_("Add the photo"),
        shield=_(
            "Everybody you mark is asked. Until all have agreed, only they see the photo. Nobody reads who is in it or "
            "what they answered, and nobody sees who added it."
        ),
    )
    return form_page(request, form, page, program=event.milestone.program)


@require_POST
def event_photo_answer(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Agree or refuse; undo brings back what was said before."""
    photo = access.get_photo(request.user, slug, pk, number)
    form = AgreementForm(request.POST if "answer" in request.POST else request.GET)
    if not form.is_valid():
        warn(request, _("This could not be read. Nothing has changed."))
        return redirect("community:event_photos", slug, pk)
    answer = form.cleaned_data["answer"]
    before = services.say(photo, person=request.user, answer=answer)
    undo = reverse("community:event_photo_answer", args=[slug, pk, number]) + "?" + urlencode({"answer": before})
    toast(request, str(SAID[answer]), undo=undo)
    return redirect("community:event_photos", slug, pk)


@require_POST
def event_photo_remove(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    photo = access.get_photo_to_remove(request.user, slug, pk, number)
    if request.GET.get("back") == "yes":
        services.restore(photo, by=request.user)
        toast(request, _("The photo is restored."))
    else:
        services.remove(photo, by=request.user)
        toast(request, _("The photo is removed."), undo=f"{request.path}?back=yes")
    return redirect("community:event_photos", slug, pk)


SAID = {
    Agreement.AGREED: gettext_lazy("You agree. The photo is shown once everybody in it has agreed."),
    Agreement.REFUSED: gettext_lazy("The photo is no longer shown to anybody. Nobody is told why."),
    Agreement.WAITING: gettext_lazy("Your answer is withdrawn."),
    "": gettext_lazy("Your answer is withdrawn."),
}
