"""Ten imports of one account at once end as if they had come one after the other."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from analytics.metrics import services
from tests.factories.metrics import apply, store_of, weeks_of


@pytest.mark.django_db(transaction=True)
def test_parallel_imports_of_one_account(world: Any) -> None:
    files = {run: [(day, "", "impressions", run * 100 + day) for day in range(run % 4, 30)] for run in range(1, 11)}

    def work(run: int) -> None:
        try:
            apply(world.account, run, files[run], day=run)
            if run % 3 == 0:
                services.undo(world.program.pk, world.account.pk, run)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, reversed(files)))
    expected: dict[int, int] = {}
    for run in sorted(files):
        if run % 3:
            expected |= {day: value for day, _, _, value in files[run]}
    assert {day: value for (_, _, day), value in store_of(world.account).items()} == expected
    assert sum(weeks_of(world.account).values()) == sum(expected.values())
