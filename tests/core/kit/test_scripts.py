"""Our scripts travel small and whole."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command

from core.kit.scripts import SmallScripts
from influencer.embedded.static import DemoStorage

OURS = sorted(path.name for path in (Path(settings.BASE_DIR) / "static/js").glob("*.js"))


def test_a_script_that_was_read_before_is_saved_whole(tmp_path: Path) -> None:
    content = ContentFile(b"// why\nfunction   one() {\n  return 1;\n}\n")
    content.read()
    name = SmallScripts(location=str(tmp_path), base_url="/static/").save("js/one.js", content)
    assert (tmp_path / name).read_bytes() == b"function one(){return 1;}"


def test_what_is_vendored_stays_as_it_is(tmp_path: Path) -> None:
    storage = SmallScripts(location=str(tmp_path), base_url="/static/")
    name = storage.save("vendor/one.js", ContentFile(b"var  a = 1; // why\n"))
    assert (tmp_path / name).read_bytes() == b"var  a = 1; // why\n"


def test_each_script_is_served_whole_and_smaller(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": f"{DemoStorage.__module__}.{DemoStorage.__name__}"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    source = Path(settings.BASE_DIR) / "static/js"
    for name in OURS:
        stem, whole = name.removesuffix(".js"), (source / name).stat().st_size
        found = [path.stat().st_size for path in (tmp_path / "js").glob(f"{stem}.*js")]
        assert found, name
        assert all(whole / 4 < size <= whole for size in found), (name, whole, found)
