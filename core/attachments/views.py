from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.attachments import access, files, services
from core.attachments.forms import PictureForm, UploadForm
from core.kit import rooms
from core.kit.returning import go_back, go_to
from core.kit.toasts import toast
from core.kit.uploads import too_large
from core.people.requests import PersonRequest


@require_safe
def file(request: PersonRequest, pk: UUID) -> FileResponse:
    return files.response(access.get_attachment(request.user, pk))


@require_safe
def thumbnail(request: PersonRequest, pk: UUID) -> FileResponse:
    return files.response(access.get_attachment(request.user, pk), small=True)


@login_not_required
@require_safe
def public_picture(request: HttpRequest, pk: UUID, key: str) -> FileResponse:
    """A picture in a mail: whoever has the mail has its address."""
    return files.response(access.get_public_picture(key, pk), is_public=True)


@require_POST
def picture_add(request: PersonRequest, kind: str, target: int) -> JsonResponse:
    """A picture pasted or dropped into a text; the answer is what the text gets."""
    return _added(request, kind, target, PictureForm)


@require_POST
def file_add(request: PersonRequest, kind: str, target: int) -> JsonResponse:
    """The same for texts that take other files too."""
    return _added(request, kind, target, UploadForm)


def _added(request: PersonRequest, kind: str, target: int, form_class: type[PictureForm | UploadForm]) -> JsonResponse:
    spot = access.get_writable_spot(request.user, kind, target)
    if too_large(request):
        return _problem(_("The file is larger than 20 MB."))
    form = form_class(request.POST, request.FILES)
    if not form.is_valid():
        return _problem(" ".join(str(words) for errors in form.errors.values() for words in errors))
    file, key = form.cleaned_data["file"], form.cleaned_data["key"]
    whole = access.find_own_attachment(request.user, form.cleaned_data["instead_of"])
    try:
        attachment = services.attach(
            file, kind=kind, target_id=target, program_id=spot.program_id, by=request.user, key=key
        )
    except ValidationError as full:
        return _problem(" ".join(full.messages))
    if whole and whole.pk != attachment.pk:
        services.delete_attachment(whole, by=request.user)
    source, name = f"attachment:{attachment.pk}", attachment.name
    url = reverse("attachments:thumbnail" if attachment.is_picture else "attachments:file", args=[attachment.pk])
    return JsonResponse({"source": source, "name": name, "url": url, "is_picture": attachment.is_picture})


@require_POST
def attachment_delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    attachment = services.delete_attachment(access.get_own_attachment(request.user, pk), by=request.user)
    undo = reverse("attachments:attachment_restore", args=[pk])
    toast(request, _("“%(name)s” is deleted.") % {"name": attachment.name}, undo=undo)
    return go_back(request, rooms.spot(attachment.kind, request.user, attachment.target_id).url)


@require_POST
def attachment_restore(request: PersonRequest, pk: UUID) -> HttpResponse:
    attachment = access.get_own_attachment(request.user, pk, deleted=True)
    services.restore_attachment(attachment, by=request.user)
    toast(request, _("“%(name)s” is restored.") % {"name": attachment.name})
    return go_to(rooms.spot(attachment.kind, request.user, attachment.target_id).url)


def _problem(words: str) -> JsonResponse:
    return JsonResponse({"problem": words}, status=422)
