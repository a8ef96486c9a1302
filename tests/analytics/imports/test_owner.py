import pytest

from analytics.imports.owner import same_person


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Erika Beispiel", "Erika Beispiel", True),
        ("ErikaBeispiel", "Erika Beispiel", True),
        ("Dr. Erika Beispiel", "erika beispiel", True),
        ("Beispiel, Erika", "Erika Beispiel", True),
        ("Erika M. Beispiel", "Erika Beispiel", True),
        ("Jürgen Groß", "Jurgen Gross", True),
        ("Erika Beispiel", "Erika Muster", False),
        ("Erika", "Erika Beispiel", False),
        ("Max Muster", "Erika Beispiel", False),
        ("李 明", "李明", True),
        ("123", "456", False),
    ],
)
def test_same_person(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
