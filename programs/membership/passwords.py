"""Words that are easy to guess in this company."""

from collections.abc import Iterable
from typing import Any

from core.kit.drawn import is_stored
from core.people.passwords import ObviousWordsValidator, words_of
from programs.membership.models import Program


class CompanyWordsValidator(ObviousWordsValidator):
    """The names of one's program and company do not count in a password either."""

    def words_around(self, user: Any) -> Iterable[str]:
        words = set(super().words_around(user)) | words_of(*getattr(user, "names_around", ()))
        if user is not None and is_stored(user):
            for program in Program.objects.filter(memberships__user=user).distinct():
                words |= words_of(program.name, program.company_name)
        return words
