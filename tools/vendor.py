"""Bring the front-end packages the pages use from npm into static/vendor, with their licences.

Run it by hand after changing a version or adding a line to tools/icons.txt, then commit the result:

    uv run --no-project --with fonttools --with brotli --with tinycss2 python -m tools.vendor

Charts are bundled out of the parts of ECharts that tools/charts/entry.js names; the typeface keeps the weights that the
styles use; styles and icons go whole into tools/sources/, and tools/trim.py takes from there what our pages can use.
npm is needed for this alone; the product never runs Node.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools import fonts, trim

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "static" / "vendor"
SOURCES = ROOT / "tools" / "sources"
CHARTS = ROOT / "tools" / "charts"
ICONS = Path(__file__).resolve().parent / "icons.txt"

# A source map points at a file that is not shipped; the manifest storage refuses such a link.
SOURCE_MAP = re.compile(rb"\n?(?://|/\*)[#@] sourceMappingURL=[^\n]*?(?:\*/)?\s*$")


@dataclass(frozen=True)
class Package:
    """One npm package at one version, and what is taken from it."""

    name: str
    version: str
    licence: str
    folder: str
    files: tuple[str, ...]
    why: str


PACKAGES = (
    Package(
        "@tabler/core",
        "1.6.1",
        "MIT",
        "tabler-core",
        (),
        "base styles of controls, trimmed by `tools/trim.py`",
    ),
    Package(
        "echarts",
        "6.1.0",
        "Apache-2.0",
        "echarts",
        ("LICENSE", "NOTICE", "licenses/LICENSE-d3"),
        "charts: the parts `tools/charts/entry.js` names, bundled with zrender (BSD-3-Clause) by esbuild",
    ),
    Package(
        "@fontsource-variable/inter",
        "5.3.0",
        "OFL-1.1",
        "inter",
        ("files/inter-latin-opsz-normal.woff2", "files/inter-latin-ext-opsz-normal.woff2", "LICENSE"),
        "the typeface, weights 400 to 700, one optical size",
    ),
    Package("@tabler/icons", "3.51.0", "MIT", "tabler-icons", ("LICENSE",), "icons.svg, trimmed by `tools/trim.py`"),
)


def fetch(package: Package, folder: Path) -> tarfile.TarFile:
    """Fetch one package as npm publishes it (npm checks its hash)."""
    answer = subprocess.run(
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return tarfile.open(folder / answer.stdout.strip().splitlines()[-1])


def read(archive: tarfile.TarFile, path: str) -> bytes:
    """Read one file of a package; a missing one stops the run."""
    member = archive.extractfile(f"package/{path}")
    if member is None:
        sys.exit(f"{path} is not a file in this package.")
    return member.read()


def symbol(name: str, svg: str) -> str:
    """One icon as a symbol with its shapes alone; the class `icon` sets the stroke."""
    shapes = re.findall(r"<(?:path|circle|rect|line|polyline|ellipse)\b[^>]*>", svg)
    kept = (re.sub(r"\s+/?>$", "/>", shape) for shape in shapes if "M0 0h24v24H0z" not in shape)
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(kept)}</symbol>'


def sprite(archive: tarfile.TarFile, names: list[str]) -> str:
    """All icons the pages name, in one file."""
    dot = '<symbol id="point-filled" viewBox="0 0 24 24"><circle cx="12" cy="12" r="5" fill="currentColor"/></symbol>'
    parts = [
        dot if name == "point-filled" else symbol(name, read(archive, f"icons/outline/{name}.svg").decode())
        for name in names
    ]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(parts) + "\n</svg>\n"


def licence_of_core(css: str, mit: str) -> str:
    """The licence of @tabler/core, whose package carries only a notice: its copyright lines above the text of MIT."""
    lines = re.findall(r"Copyright [^\n*]+", css[:2000])
    return "\n".join(["MIT License", "", *lines, "", mit[mit.index("Permission is hereby granted") :]])


def bundle_charts(temporary: Path) -> None:
    """The parts of ECharts in use as one script; npm checks the hashes of package-lock.json."""
    here = Path(shutil.copytree(CHARTS, temporary / "charts"))
    subprocess.run(["npm", "ci", "--silent", "--ignore-scripts"], cwd=here, check=True)
    subprocess.run(["node", "build.mjs", str(OUT / "echarts" / "echarts.min.js")], cwd=here, check=True)
    shutil.copy(here / "node_modules" / "zrender" / "LICENSE", OUT / "echarts" / "LICENSE-zrender")


def main() -> None:
    """Write every file and the list of versions."""
    lines = [
        "# Front-end packages in this folder",
        "",
        "Brought from npm by `tools/vendor.py`; change versions there.",
        "",
        "| package | version | licence | folder | for |",
        "|---|---|---|---|---|",
    ]
    core_css = ""
    with tempfile.TemporaryDirectory() as temporary:
        for package in PACKAGES:
            archive = fetch(package, Path(temporary))
            target = OUT / package.folder
            target.mkdir(parents=True, exist_ok=True)
            for file in package.files:
                (target / Path(file).name).write_bytes(read(archive, file))
            if package.name == "@tabler/core":
                core_css = SOURCE_MAP.sub(b"\n", read(archive, "dist/css/tabler.min.css")).decode()
                for older in SOURCES.glob("tabler-core-*"):
                    older.unlink()
                (SOURCES / f"tabler-core-{package.version}.min.css").write_text(core_css)
            if package.name == "@tabler/icons":
                (OUT / "tabler-core" / "LICENSE").write_text(
                    licence_of_core(core_css, read(archive, "LICENSE").decode())
                )
                names = sorted(set(ICONS.read_text().split()))
                (SOURCES / "icons.svg").write_text(sprite(archive, names))
            lines.append(
                f"| {package.name} | {package.version} | {package.licence} | `{package.folder}/` | {package.why} |"
            )
        bundle_charts(Path(temporary))
    fonts.lighten(OUT / "inter")
    trim.main()
    lines += ["", "htmx comes with django-htmx and is served as `django_htmx/htmx-2.min.js`.", ""]
    (OUT / "VERSIONS.md").write_text("\n".join(lines))


if __name__ == "__main__":
    main()
