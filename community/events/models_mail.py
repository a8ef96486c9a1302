"""Answers that came by mail."""

from django.db import models


class AnswerMail(models.Model):
    """A mail that was looked at, so that it is looked at once: a keyed mark of its number, and neither who sent it nor
    what it said."""

    mark = models.CharField(max_length=64, primary_key=True)
    is_answer = models.BooleanField()  # else it was left as it lies
    looked_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.mark
