"""A company's colour made readable: darkened or lightened until text on it and text in it hold 4.5:1 (WCAG 1.4.3)."""

import colorsys
from collections.abc import Callable

READABLE = 4.5
WHITE, LIGHT_SHEET, DARK_SHEET = "#ffffff", "#ffffff", "#121918"
DARK_INK = "#06282b"
STEPS = 100


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def for_light(accent: str) -> str:
    """The accent on the light sheet, with white text on it."""
    return _moved(accent, -1, lambda colour: contrast(colour, LIGHT_SHEET) >= READABLE)


def for_dark(accent: str) -> str:
    """The accent on the dark sheet, with dark text on it."""
    return _moved(
        accent, 1, lambda colour: contrast(colour, DARK_SHEET) >= READABLE and contrast(colour, DARK_INK) >= READABLE
    )


def mixed(colour: str, other: str, share: float) -> str:
    """So much of a colour, and the rest of another one."""
    both = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round((one * share + rest * (1 - share)) * 255):02x}" for one, rest in both)


def stylesheet(accent: str) -> str:
    """The variables of the design system for a program's own accent."""
    light, dark = for_light(accent), for_dark(accent)
    return (
        f":root {{ --accent: light-dark({light}, {dark}); --on-accent: light-dark({WHITE}, {DARK_INK});"
        f" --accent-strong: color-mix(in oklab, var(--accent) 85%, var(--ink));"
        f" --accent-soft: color-mix(in oklab, var(--accent) 13%, var(--sheet));"
        f" --accent-ink: color-mix(in oklab, var(--accent) 80%, var(--ink)); }}\n"
    )


def _moved(colour: str, direction: int, is_fine: Callable[[str], bool]) -> str:
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(STEPS + 1):
        moved = min(1.0, max(0.0, light + direction * step / STEPS))
        red, green, blue = colorsys.hls_to_rgb(hue, moved, saturation)
        candidate = f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
        if is_fine(candidate):
            return candidate
    return candidate


def _parts(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))  # type: ignore[return-value]
