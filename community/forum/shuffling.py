"""What was put into the question box on days that are over: see `community.forum.box`."""

import random
from datetime import date

from django.db import transaction

from community.forum.models_box import BoxQuestion

_random = random.SystemRandom()


@transaction.atomic
def shuffle(today: date) -> int:
    """The questions of days that are over, written anew in a random order."""
    rows = list(BoxQuestion.objects.select_for_update().filter(is_shuffled=False, day__lt=today))
    _random.shuffle(rows)
    BoxQuestion.objects.filter(pk__in=[row.pk for row in rows]).delete()
    BoxQuestion.objects.bulk_create(
        BoxQuestion(program_id=row.program_id, title=row.title, text=row.text, day=row.day, is_shuffled=True)
        for row in rows
    )
    return len(rows)
