from celery import shared_task


@shared_task(name="chats.send")
def send() -> None:
    from programs.chats import jobs  # noqa: PLC0415  # its news are told by services that wake this

    jobs.send_due()
