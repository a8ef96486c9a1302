"""Why nothing came, in words for the person whose account it is: what happened, and what to do."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "gone": _("The network does not know this account any more. Was it renamed or closed?"),
    "refused": _("The network does not show this account to everybody. Is it private, or locked?"),
    "busy": _("The network had too many questions. It is asked again later."),
    "silent": _("The network did not answer. It is asked again later."),
    "odd": _("The network answered with something that is not what it usually sends. It is asked again later."),
    "off": _("This site does not ask networks. Its operator can allow it."),
    "not_listed": _("The operator of this site has not allowed this server."),
    "turn": _("Very many accounts of this server are being asked just now. Please try again in a minute."),
}
STOPPED = {
    "gone": _("Stopped: the network does not know this account any more. If it has a new name, connect that one."),
    "refused": _("Stopped: the network does not show this account to everybody. Once it does, begin again."),
}


def of(code: str) -> str:
    return str(WORDS.get(code, WORDS["odd"]))
