"""What the search can do anywhere: other programs, the look, the language, signing out."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from analytics.portfolio.led import led_by
from core.kit import languages
from core.kit.rooms import Act
from core.people.models import User
from programs.membership import access
from programs.membership.models import Program

SWITCH, SPEAK = _("Switch to {program}"), _("Language: {language}")


def acts(user: User, program: Program) -> Iterator[Act]:
    for other in access.roles_by_program(user):
        if other != program:
            url = reverse("home:program", args=[other.slug])
            yield Act(format_lazy(SWITCH, program=other.name), url, 90, other.company_name, "arrows-exchange")
    if len(led_by(user)) > 1:
        yield Act(
            _("All my programs"), reverse("analytics:portfolio"), 89, _("portfolio compare side by side"), "layout-grid"
        )
    if access.can_create_program(user):
        yield Act(_("New program"), reverse("programs:program_new"), 91, _("start create template"), "plus")
    if user.is_superuser:
        yield Act(_("Manage the site"), reverse("operate:health"), 92, _("accounts health administration"), "tool")
    yield Act(
        _("Profile and settings"), reverse("people:profile"), 93, _("password passkey name account"), "user-circle"
    )
    yield Act(_("Light or dark"), "", 94, _("theme night mode"), "moon", press="theme")
    for code, name in languages.choices():
        sent = (("language", code), ("next", reverse("home:program", args=[program.slug])))
        label = format_lazy(SPEAK, language=name)
        yield Act(label, reverse("set_language"), 95, f"{name} {code}", "language", post=sent, only_when_asked=True)
    yield Act(_("Sign out"), reverse("account_logout"), 96, _("log out leave exit"), "logout", post=())
