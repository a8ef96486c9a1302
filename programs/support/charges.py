"""The times at which somebody of the team can be reached for help, for who goes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.kit.handing_over import Charge, Engagements
from core.kit.templatetags.ui import hour
from programs.membership.models import Program
from programs.support.models import Concern, Helper

if TYPE_CHECKING:
    from core.people.models import User


def _of(user: "User", program: Program) -> Iterator[Charge]:
    url = reverse("programs:support", args=[program.slug])
    for helper in Helper.objects.present().filter(program=program, member__user=user, member__ended_at=None):
        concerns = ", ".join(str(Concern(each).label) for each in helper.concerns)
        yield Charge(helper.pk, f"{concerns} ({hour(helper.begins)}–{hour(helper.ends)})", url)


ENGAGEMENTS = (
    Engagements(
        _("Hours in which people can reach you for help"),
        _("The program management enters who can be reached instead, with their own number."),
        _of,
    ),
)
