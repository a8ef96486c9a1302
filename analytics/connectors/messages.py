"""Why nothing came, in words for the person whose account it is: what happened, and what to do."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "gone": _("The network no longer knows this account. Was it renamed or closed?"),
    "refused": _("The network does not show this account publicly. Is it private or locked?"),
    "busy": _("The network received too many requests. We will try again later."),
    "silent": _("The network did not answer. We will try again later."),
    "odd": _("The network sent an unexpected answer. We will try again later."),
    "off": _("This site does not fetch from networks. Its operator can allow it."),
    "not_listed": _("The operator of this site has not allowed this server."),
    "turn": _("A lot of accounts on this server are being fetched right now. Please try again in a minute."),
}
STOPPED = {
    "gone": _("Stopped: the network no longer knows this account. If it has a new name, connect it under that name."),
    "refused": _("Stopped: the network does not show this account publicly. Once it does, you can resume."),
}


def of(code: str) -> str:
    return str(WORDS.get(code, WORDS["odd"]))
