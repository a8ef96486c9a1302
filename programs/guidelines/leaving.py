"""What becomes of it when somebody leaves or is forgotten: to what they agreed, and how they saw their
profile, goes with the person."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from core.kit.kept import Kept
from programs.guidelines.models import GuidelineAcceptance
from programs.guidelines.models_profile import ProfileCheck
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    agreed = GuidelineAcceptance.objects.filter(version__program=program, user=user)
    yield Kept(agreed, lambda n: ngettext("guidelines version you agreed to", "guidelines versions you agreed to", n))
    checked = ProfileCheck.objects.filter(program=program, user=user)
    yield Kept(checked, lambda n: ngettext("check of your own profile", "checks of your own profile", n))


def forget_person(user: "User", program: Program) -> None:
    ProfileCheck.objects.filter(program=program, user=user).delete()
    GuidelineAcceptance.objects.filter(version__program=program, user=user).delete()


def forget_everywhere(user: "User") -> None:
    ProfileCheck.objects.filter(user=user).delete()
    GuidelineAcceptance.objects.filter(user=user).delete()
