"""Posts of a large file are held as numbers, and come out as they went in, in their order."""

from hypothesis import given
from hypothesis import strategies as some

from analytics.sources.post_places import SCHEMES, PostPlaces

KEYS = some.tuples(
    some.sampled_from([*SCHEMES, "url", "tweet"]),
    some.one_of(some.text(min_size=1), some.integers(0, 10**22).map(str), some.sampled_from(["007", "7", "0", "٧"])),
)


@given(some.lists(KEYS, unique=True))
def test_what_went_in_comes_out(keys: list[tuple[str, str]]) -> None:
    places = PostPlaces()
    for place, key in enumerate(keys):
        assert places.get(key) is None
        places[key] = place
    assert list(places) == keys
    assert [places.get(key) for key in keys] == list(range(len(places)))
