"""Through whose eyes the writer looks at a mail before it goes out."""

from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from community.newsletters import audiences, blocks, sections
from community.newsletters.audiences import Choices
from community.newsletters.models import Issue
from programs.membership.access import ABILITIES_OF
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

NAMELESS = "nameless"


def sorts_of(program: Program) -> Choices:
    """Who can be looked for; the first is the writer."""
    roles = [(f"role-{key}", capfirst(name)) for key, name in audiences.roles_to_choose()]
    generations = [(f"generation-{key}", name) for key, name in audiences.generations_of(program)]
    return [("", _("Myself")), (NAMELESS, _("Somebody without a name")), *roles, *generations]


def first_name_for(reader: str, me: "User") -> str:
    """What is put in for the first name: of a sort of people each has another one."""
    if not reader:
        return me.first_name
    return "" if reader == NAMELESS else _("[first name]")


def who_gets(issue: Issue, reader: str) -> str:
    """Whether this sort of reader gets the issue, as its audience and its blocks say; nothing about who subscribed."""
    sort, _dash, key = reader.partition("-")
    if sort not in ("role", "generation"):
        return _("This is how it reads for people who have not entered a name.") if reader else ""
    chosen = [str(each) for each in (issue.to_roles if sort == "role" else issue.to_generations)]
    audience = audiences.in_words(issue.program, issue.audience)
    if chosen and key not in chosen:
        return _("They do not get this issue. It is for: %(audience)s.") % {"audience": audience}
    for name, need in blocks.needed_by(sections.bodies_of(issue)).items():
        if sort == "role" and need not in ABILITIES_OF[key]:
            return _("They do not get this issue: the block [[%(name)s]] is not for this role.") % {"name": name}
    others = [issue.to_generations, issue.to_languages, issue.to_interests]
    if sort == "generation":
        others[0] = issue.to_roles
    if any(others):
        return _("Some of them get it like this, if they have subscribed. It is for: %(audience)s.") % {
            "audience": audience
        }
    return _("They get it like this, if they have subscribed.")
