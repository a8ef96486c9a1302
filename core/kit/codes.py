"""A code to scan: a square of dark and light fields that a phone's camera reads."""


def squares(text: str) -> list[list[bool]]:
    """Row by row, whether a field is dark; without a border. A sixth of it may be covered."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    picture = QRCode(border=0, error_correction=ERROR_CORRECT_M)
    picture.add_data(text)
    picture.make(fit=True)
    return [[bool(is_dark) for is_dark in row] for row in picture.get_matrix()]
