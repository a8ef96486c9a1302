from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Ground floor"

    def ready(self) -> None:
        from core.notify import way_in  # noqa: PLC0415  # models are there only now
        from core.people import receivers as people  # noqa: PLC0415
        from core.push import receivers as push  # noqa: PLC0415
        from core.schedule import receivers as schedule  # noqa: PLC0415

        people.listen()
        push.listen()
        way_in.listen()
        schedule.listen()
