"""`python -m bench.newsletter_sender 7`: a process that sends issue 7 to its last mail, turn after turn, and prints how
many seconds that took. It loads what a worker loads."""

import sys

from bench.harness import seconds
from influencer.celery import app


def main() -> None:
    app.loader.import_default_modules()  # all tasks of all rooms
    from community.newsletters import jobs

    def send(issue_id: int) -> None:
        while jobs.has_work(issue_id):
            jobs.send(issue_id)

    print(seconds(lambda: send(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
