"""Who reads what somebody answers to a mail: a person who can help, as far as the program or the operator names one."""

from django.conf import settings

from core.kit import rooms


def goes_to(program_id: int | None, person_id: int | None) -> str:
    """Of a program's mail its contact person, as with a newsletter; of the site's own whom the operator named. Nothing:
    the answer goes to the sender. Never who wrote what a mail tells of: their address is nobody's business, and an
    answer meant for the page would reach one person alone."""
    return contact_of(program_id, person_id) or str(settings.MAIL_REPLY_TO)


def contact_of(program_id: int | None, person_id: int | None) -> str:
    """Of the program's contact persons the one who reads it; nothing when there is none but whom the mail is for."""
    if program_id is None:
        return ""
    found = (room.reads_answers(program_id, person_id) for room in rooms.every() if room.reads_answers is not None)
    return next(filter(None, found), "")
