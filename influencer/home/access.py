"""What the first page after signing in may ask."""

from programs.membership.models import Program


def site_has_programs() -> bool:
    return Program.objects.exists()
