"""The type that a function passes through unchanged."""

from typing import TypeVar

T = TypeVar("T")
