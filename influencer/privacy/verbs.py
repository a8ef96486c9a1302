"""The journal's verbs in words. A verb without words shows its key, and a test names it."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "consents.granted": _("granted a consent"),
    "consents.withdrawn": _("withdrew a consent"),
    "people.profile_changed": _("changed the own profile"),
    "people.language_changed": _("changed the language"),
    "privacy.exported": _("exported the own data"),
    "privacy.log_viewed": _("looked at the log"),
}


def words(verb: str) -> str:
    return str(WORDS.get(verb, verb))
