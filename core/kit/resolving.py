"""Hundreds of addresses are tried one after the other on each request. Here only those are tried that have the shape of
what is asked: as many parts, and the same first word (behind the program, `p/<slug>/`)."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver
from django.urls.converters import PathConverter
from django.urls.resolvers import RoutePattern

Route = URLPattern | URLResolver
Shape = tuple[str, int]


def by_shape(addresses: Iterable[Route]) -> list[Route]:
    """The same addresses, each list of others among them by shape."""
    return [_ByShape.of(each) if isinstance(each, URLResolver) and _is_list(each) else each for each in addresses]


def _is_list(addresses: URLResolver) -> bool:
    """Included without a beginning of its own, as the doors include the rooms."""
    return type(addresses) is URLResolver and type(addresses.pattern) is RoutePattern and not str(addresses.pattern)


class _ByShape(URLResolver):
    @classmethod
    def of(cls, other: URLResolver, only: list[Route] | None = None) -> "_ByShape":
        name: Any = other.urlconf_name if only is None else only
        return cls(other.pattern, name, other.default_kwargs, other.app_name, other.namespace)

    @cached_property
    def url_patterns(self) -> list[Route]:
        return by_shape(super().url_patterns)

    @cached_property
    def shapes(self) -> frozenset[Shape] | None:
        """Of all addresses in it; nothing when one of them fits many shapes."""
        found = [shapes_of(each) for each in self.url_patterns]
        return None if None in found else frozenset().union(*(each for each in found if each))

    @cached_property
    def _parts(self) -> dict[Shape, URLResolver]:
        """The addresses of each shape, in their order."""
        shapes = frozenset().union(*(shapes_of(each) or () for each in self.url_patterns))
        return {shape: self._those(shape) for shape in shapes}

    @cached_property
    def _others(self) -> URLResolver:
        return self._those(None)

    def _those(self, shape: Shape | None) -> URLResolver:
        fitting = [each for each in self.url_patterns if (has := shapes_of(each)) is None or shape in has]
        return URLResolver(self.pattern, fitting, self.default_kwargs, self.app_name, self.namespace)

    def resolve(self, path: Any) -> Any:
        shape = _shape(str(path))
        if self.shapes is not None and shape not in self.shapes:
            raise Resolver404({"path": path, "tried": []})
        return self._parts.get(shape, self._others).resolve(path)


def shapes_of(address: Route) -> frozenset[Shape] | None:
    """Nothing: it may fit any."""
    if isinstance(address, _ByShape):
        return address.shapes
    pattern = address.pattern
    if isinstance(address, URLResolver) or type(pattern) is not RoutePattern:
        return None
    shape = _shape(str(pattern))
    is_wide = "<" in shape[0] or any(isinstance(each, PathConverter) for each in pattern.converters.values())
    return None if is_wide else frozenset({shape})


def _shape(path: str) -> Shape:
    parts = path.split("/")
    first = 2 if parts[0] == "p" and len(parts) > 2 else 0
    return parts[first], len(parts)
