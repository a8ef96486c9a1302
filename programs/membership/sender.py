"""Who writes in a program's mails, and what stands at the head of its papers."""

from core.attachments.files import public_picture_path, public_picture_url
from core.notify.letters import Logo, Sender
from programs.membership.models import Program

KIND = "logo"  # of the spot that the picture hangs on
HIGH, WIDE = 36, 220  # pixels in a mail, at most


def sender_of(program: Program) -> Sender:
    return Sender(f"{program.name} · {program.company_name}", logo_of(program))


def writes_as(program_id: int) -> Sender | None:
    """For the mails of rooms below, which know a program by its number."""
    program = Program.objects.select_related("logo").filter(pk=program_id).first()
    return sender_of(program) if program else None


def logo_of(program: Program) -> Logo | None:
    """For mails: whoever has the address sees it, without a sign-in."""
    logo = program.logo
    if logo is None or not logo.width or not logo.height:
        return None
    scale = min(HIGH / logo.height, WIDE / logo.width)
    return Logo(public_picture_url(logo.pk), max(1, round(logo.width * scale)), max(1, round(logo.height * scale)))


def logo_path(program: Program) -> str:
    """For pages; asks the database for nothing."""
    return public_picture_path(program.logo_id) if program.logo_id else ""


def logo_on_paper(program: Program) -> list[int]:
    """The small picture, byte by byte as typst reads it; nothing without a logo, or when its file is lost."""
    if program.logo is None:
        return []
    try:
        with program.logo.thumbnail.open("rb") as file:
            return list(file.read())
    except FileNotFoundError:
        return []
