from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Ground floor"

    def ready(self) -> None:
        from core.people.receivers import listen  # noqa: PLC0415  # models are there only now

        listen()
