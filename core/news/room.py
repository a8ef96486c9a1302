from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Every, Room
from core.news import address, jobs, letters, services, tasks

ROOM = Room(
    name="core.news",
    timetable=(
        Every(tasks.mail, 30, _("Write emails about updates")),
        Every(tasks.push, 20, _("Send notifications to devices")),
    ),
    queue="mail",
    news=address.NEWS,
    on_address_rests=address.tell,
    retention=(jobs.retention,),
    on_erasure=(services.forget_person,),
    withholds=dict.fromkeys(letters.REASONS, jobs.is_withheld),
)
