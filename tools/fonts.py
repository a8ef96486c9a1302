"""Cut the report's fonts (TTF, which the typesetter reads) out of the vendored Inter (WOFF2, which browsers read).

Run it by hand after tools/vendor.py brought another Inter, then commit the result:

    uv run --no-project --with fonttools --with brotli python -m tools.fonts
"""

import shutil
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "static" / "vendor" / "inter"
OUT = ROOT / "analytics" / "reports" / "fonts"
WEIGHTS = {"Regular": 400, "SemiBold": 600}
FAMILIES = {"latin": "Inter", "latin-ext": "Inter Ext"}
# The weights that static/css uses, and one optical size between text and titles: an axis makes it half as large again.
PAGES = {"wght": (400, 700), "opsz": 18}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "liga", "tnum"]


def lighten(folder: Path) -> None:
    """Keep of the browser's fonts the weights and features that the styles use."""
    for path in folder.glob("*.woff2"):
        font = TTFont(path)
        options = Options(layout_features=FEATURES, hinting=False, name_IDs=["*"])
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=list(font.getBestCmap()))
        subsetter.subset(font)
        font.flavor = None
        plain = BytesIO()
        font.save(plain)  # glyphs that went must be gone before the axes are cut
        font = instantiateVariableFont(TTFont(plain), PAGES)
        font.flavor = "woff2"
        font.save(path)


def main() -> None:
    OUT.mkdir(exist_ok=True)
    for part, family in FAMILIES.items():
        for style, weight in WEIGHTS.items():
            font = TTFont(SOURCE / f"inter-{part}-opsz-normal.woff2")
            known = {axis.axisTag for axis in font["fvar"].axes}
            axes = {tag: value for tag, value in {"wght": weight, "opsz": 14}.items() if tag in known}
            font = instantiateVariableFont(font, axes)
            font.flavor = None
            for record in (1, 16):
                font["name"].setName(family, record, 3, 1, 0x409)
            for record in (2, 17):
                font["name"].setName(style, record, 3, 1, 0x409)
            font["name"].setName(f"{family} {style}", 4, 3, 1, 0x409)
            font["name"].setName(f"{family.replace(' ', '')}-{style}", 6, 3, 1, 0x409)
            font["OS/2"].usWeightClass = weight
            path = OUT / f"{family.replace(' ', '')}-{style}.ttf"
            font.save(path)
            print(path.relative_to(ROOT), path.stat().st_size)
    shutil.copy(SOURCE / "LICENSE", OUT / "LICENSE")


if __name__ == "__main__":
    main()
