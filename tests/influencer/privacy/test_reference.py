from influencer.privacy import reference


def test_the_reference_page_is_current() -> None:
    """`make docs` writes it."""
    assert reference.FILE.read_text() == reference.text()
