from django.db import models


class Sending(models.Model):
    """A form that was sent and has done its work. The same one again, with the same in it, finds its row."""

    digest = models.CharField(max_length=64, primary_key=True)  # of person, address, the form's key and what is in it
    leads_to = models.CharField(max_length=2000, blank=True)  # where the first one was led
    undo = models.CharField(max_length=2000, blank=True)  # what takes back what the first one made
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["at"], name="sendings_by_age"),)

    def __str__(self) -> str:
        return self.leads_to
