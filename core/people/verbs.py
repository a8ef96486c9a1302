"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PeopleVerb(TextChoices):
    FIRST_ADMINISTRATOR = "people.first_administrator", _("created the site's first administrator")
    ACCOUNT_CREATED = "people.account_created", _("created an account for somebody in the team")
    PROFILE_CHANGED = "people.profile_changed", _("changed their profile")
    LANGUAGE_CHANGED = "people.language_changed", _("changed the language")
    ADDRESS_CHANGED = "people.address_changed", _("changed their email address")
    ADDRESS_ASKED = "people.address_asked", _("requested a new email address")
    PASSWORD_CHANGED = "people.password_changed", _("changed their password")
    SECOND_FACTOR_ADDED = "people.second_factor_added", _("added a passkey or an authenticator app")
    SECOND_FACTOR_REMOVED = "people.second_factor_removed", _("removed a passkey or an authenticator app")
    RECOVERY_CODES_MADE = "people.recovery_codes_made", _("created new recovery codes")
    SIGN_IN_ENDED = "people.sign_in_ended", _("signed out one of their devices")
    SIGN_INS_ENDED = "people.sign_ins_ended", _("signed somebody out everywhere")
    ACCOUNT_CLOSED = "people.account_closed", _("deactivated an account")
    ACCOUNT_REOPENED = "people.account_reopened", _("reactivated an account")
    FACTORS_REMOVED = "people.factors_removed", _("removed the lost second factors of an account")
    ADMINISTRATOR_MADE = "people.administrator_made", _("made somebody an administrator of the site")
    ADMINISTRATOR_UNMADE = "people.administrator_unmade", _("removed somebody as administrator of the site")
    ACCOUNT_ERASED = "people.account_erased", _("erased an account 30 days after its last role")
