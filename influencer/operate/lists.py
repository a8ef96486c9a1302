"""The list of all accounts: found by name, address, program, role and state."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.lists.declared import Column, Empty, Filter, ListOf
from influencer.operate import queries
from programs.membership.models import Role


def accounts() -> ListOf:
    everything = ("", _("all"))
    programs = ((row.program.slug, row.program.name) for row in queries.programs())
    return ListOf(
        label=_("Accounts"),
        columns=(
            Column(
                name="name",
                label=_("Name"),
                order=("name", "email"),
                url=lambda row: reverse("operate:account", args=[row.person.pk]),
            ),
            Column(name="role", label=_("Role")),
            Column(name="way", label=_("Signs in with")),
            Column(name="state", label=_("State")),
        ),
        filters=(
            Filter(
                name="program", label=_("Program"), choices=(everything, *programs), narrow=queries.with_role_in_program
            ),
            Filter(name="role", label=_("Role"), choices=(everything, *Role.choices), narrow=queries.with_role),
            Filter(name="state", label=_("State"), choices=queries.STATES, narrow=queries.in_state),
        ),
        search=queries.called,
        search_label=_("Name or email address"),
        count=lambda n: ngettext("%(count)s account", "%(count)s accounts", n) % {"count": n},
        row="operate/_account_row.html",
        row_class=lambda row: "is-off" if row.is_off else "",
        pk=lambda row: row.person.pk,
        as_shown=queries.described,
        empty=Empty(
            icon="user-search",
            title=_("Nobody found"),
            text=_("People get accounts by invitation or by a role in a team."),
        ),
    )
