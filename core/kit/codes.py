"""A code to scan: a square of dark and light fields that a phone's camera reads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """As a page draws it (`ui/_code.html`): its dark fields as an SVG path, and how many fields a side has."""

    path: str
    side: int


def squares(text: str) -> list[list[bool]]:
    """Row by row, whether a field is dark; without a border. A sixth of it may be covered."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    picture = QRCode(border=0, error_correction=ERROR_CORRECT_M)
    picture.add_data(text)
    picture.make(fit=True)
    return [[bool(is_dark) for is_dark in row] for row in picture.get_matrix()]


def drawn(text: str) -> Code:
    rows = squares(text)
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Code(dark, len(rows))
