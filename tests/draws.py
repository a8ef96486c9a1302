"""What is drawn is drawn alike in each run of a test: a red one can be repeated, a green one does not depend on luck.

Rows number themselves with 16 digits that are drawn (`core.kit.drawn`). A test that compares digits could meet such a
number once in ten thousand runs. So each test, and each furnished database, draws its own sequence. Servers that a test
starts draw as the product does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from core.kit import drawn


@contextmanager
def of(name: str) -> Iterator[None]:
    before, drawn.randbelow = drawn.randbelow, Random(name).randrange
    try:
        yield
    finally:
        drawn.randbelow = before
