"""The search for code that nobody uses (a part of `make check`) finds it, and knows what is looked up by name."""

from pathlib import Path

from tools.dead_code import judged, unused

CODE = """
def used():
    return 1

def dead():
    return used()

def said_by_a_template():
    return 2
"""


def test_what_nobody_uses_is_found(tmp_path: Path) -> None:
    (file := tmp_path / "rows.py").write_text(CODE)
    found = unused([str(file)], ["said_by_a_template", "not a name", "None"])
    assert judged(found, []) == [f"{file}:5 function dead is used by nobody"]
    assert judged(found, ["de.d"]) == []


def test_an_exception_that_nobody_needs_is_found(tmp_path: Path) -> None:
    (file := tmp_path / "rows.py").write_text(CODE)
    (idle,) = judged(unused([str(file)], ["said_by_a_template"]), ["dead", "gone"])
    assert "excepts gone" in idle


def test_columns_are_kept_but_not_methods(tmp_path: Path) -> None:
    (file := tmp_path / "models.py").write_text("class Row:\n    at = 1\n\n    def is_late(self):\n        return 2\n")
    assert sorted(item.name for item in unused([str(file)], ["Row"])) == ["is_late"]
