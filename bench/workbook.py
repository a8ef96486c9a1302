"""A workbook of 100,000 figures, from the upload to the last figure that is stored for good, against its reading
library alone; and a million figures from a text file: memory of the worker and of the process that reads for it, each
by itself."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from analytics.imports.models import ImportRun
from bench.apart import peaks_of
from bench.harness import Report, seconds
from bench.import_runs import empty, upload, work, write_table
from bench.imports import READER
from core.people.models import User
from programs.membership.models import Program

NAME = "workbook"
ROWS, ROUNDS = 99_500, 5  # with its heading as many as a sheet may have
TARGET, GOAL = 4.5, 2.5
MANY, MEBIBYTES = 1_000_000, 200


def run(report: Report) -> None:
    settings.UPLOAD_LIMIT = 500 * 1024 * 1024
    program = Program.objects.create(name="Bench", slug="bench", company_name="Bench", start_on=date(2026, 1, 1))
    user = User.objects.create_user("bench@example.com")
    with TemporaryDirectory() as folder:
        _workbook(report, program, user, Path(folder))
        _memory(report, program, user, Path(folder))


def _workbook(report: Report, program: Program, user: User, folder: Path) -> None:
    table, book = folder / "few.csv", folder / "readings.xlsx"
    rows = write_table(table, ROWS, days=400)
    _written(table, book)
    command = [sys.executable, "-I", "-c", READER, str(book)]
    ours, bounds = [], []
    for number in range(ROUNDS + 1):
        run = upload(program, user, book)
        took = work(run, user)
        assert run.rows_new == rows
        limit = seconds(lambda: subprocess.run(command, check=True))
        if number:  # the first round warms both up
            ours.append(took)
            bounds.append(limit)
        empty(run)
    report.line(f"workbook of {rows:,} figures, end to end", ours, "s", bounds, TARGET, in_turns=True, goal=GOAL)


def _written(table: Path, book: Path) -> None:
    """The table as a workbook, days as days and numbers as numbers."""
    import xlsxwriter

    with xlsxwriter.Workbook(book, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet("Figures")
        for place, line in enumerate(table.read_text().splitlines()):
            day, *others, value = line.split(",")
            if place == 0:
                sheet.write_row(0, 0, [day, *others, value])
                continue
            sheet.write_datetime(place, 0, date.fromisoformat(day))
            for column, text in enumerate(others, start=1):
                sheet.write_string(place, column, text)
            sheet.write_number(place, len(others) + 1, int(value))


def _memory(report: Report, program: Program, user: User, folder: Path) -> None:
    rows = write_table(folder / "many.csv", MANY)
    run = upload(program, user, folder / "many.csv")
    worker, reader = peaks_of(lambda: _worked(run.pk, user))
    run.refresh_from_db()
    assert (run.state, run.rows_new) == ("applied", rows), (run.state, run.message)
    report.line(f"{rows:,} figures in one file: memory of the worker", [worker], "MiB", [MEBIBYTES], 1.0)
    report.line(f"{rows:,} figures in one file: memory of the reader", [reader], "MiB", [MEBIBYTES], 1.0)


def _worked(pk: int, user: User) -> None:
    work(ImportRun.objects.get(pk=pk), user)
