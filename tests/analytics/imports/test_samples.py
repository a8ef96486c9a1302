"""Every sample there is, also one that somebody adds tomorrow: it imports, or is refused in words."""

import re
from pathlib import Path

import pytest

from analytics.imports.messages import LEFT, MESSAGES, text_of
from analytics.sources.sandbox import ROWS, Parsed, read_file
from core.sheets.messages import MESSAGES as SHEETS
from core.sheets.messages import UNKNOWN
from tests.workbooks import SAMPLES

#: Bounces are mails, and compose files settings: nobody sends them as figures. What describes a folder is no sample.
OTHER = {"bounces", "compose-spec"}
FILES = sorted(
    path
    for path in SAMPLES.rglob("*")
    if path.is_file() and not OTHER & set(path.relative_to(SAMPLES).parts) and path.suffix != ".md"
)
BLANK = re.compile(r"%\(\w+\)|\{\w*\}")


def test_there_are_samples_of_every_kind() -> None:
    assert len(FILES) > 50
    assert {".xlsx", ".xls", ".csv", ".zip", ".json", ".txt", ".xlsm"} <= {path.suffix for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_a_sample_imports_or_is_refused_in_words(path: Path, tmp_path: Path) -> None:
    outcome = read_file(path, name=path.name, into=tmp_path)
    if isinstance(outcome, Parsed):
        file = outcome.file
        lines = (tmp_path / ROWS).read_text().splitlines() if (tmp_path / ROWS).exists() else []
        assert len(lines) == file.rows_written
        assert file.rows_written or file.posts_written or file.kind == "records_unknown"
        said = [text_of(each.code, each.params) for each in (*file.warnings, *file.refused)]
        assert {each.why for each in file.unread} <= set(LEFT)
    else:
        assert outcome.code in {**MESSAGES, **SHEETS}
        said = [text_of(outcome.code, outcome.params)]
    for words in said:
        assert words != str(UNKNOWN)
        assert len(words.split()) > 3
        assert not BLANK.search(words), words
