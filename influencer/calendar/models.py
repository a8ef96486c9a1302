from django.conf import settings
from django.db import models


class CalendarAddress(models.Model):
    """The secret address of somebody's own calendar. Only its hash is kept: a copy of the database opens nothing."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
