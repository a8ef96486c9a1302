"""Mails of sign-in go out like every other one."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.drawn import is_stored
from core.notify import letters
from core.notify.services import queue_mail
from core.people import queries
from core.people.adapter import AccountAdapter
from core.people.models import User

RESET = "account/email/password_reset_key"
BUTTONS = {
    "account/email/email_confirmation": gettext_lazy("Confirm the address"),
    RESET: gettext_lazy("Choose a new password"),
}


class MailingAccountAdapter(AccountAdapter):
    """Sign-in mails go through the outbox, in the language of the person who receives them."""

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        person = context.get("user")
        if not isinstance(person, User) or not is_stored(person):
            person = queries.person_at(email)
        with translation.override(person.language if person else translation.get_language()):
            message = self.render_mail(template_prefix, email, {"email": email, **context})
            button = str(BUTTONS.get(template_prefix, _("Open the page")))
            letter = letters.of_text(str(message.subject), str(message.body), button, sender=letters.PRODUCT)
        queue_mail(email, letter.subject, letter.text, letter.html, reason="people.account", person=person)

    def rehearse_reset_mail(self, email: str) -> None:
        """Write the mail and take it back: an address without an account costs what one with an account costs."""
        with transaction.atomic():
            self.send_mail(RESET, email, {"password_reset_url": self.get_reset_password_from_key_url("1-x-x")})
            transaction.set_rollback(True)
