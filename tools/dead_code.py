"""What nobody uses any more, in code that runs at customers. What only a test uses is dead too."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from keyword import iskeyword
from pathlib import Path

from django.conf import global_settings
from vulture import Vulture
from vulture.core import Item

ROOT = Path(__file__).parents[1]
CODE = ("core", "programs", "community", "analytics", "influencer", "manage.py")
# Names that are not called but looked up by somebody else.
LOOKED_UP = {
    "Django's models and questions": "execute_sql constraints indexes ordering abstract db_type db_check"
    " descriptor_class from_db from_db_value get_group_by_cols output_field value_to_string get_by_natural_key",
    "Django's forms": "clean_.* widgets labels help_texts field_order field_template_name template_name input_type"
    " allow_multiple_selected"
    " renderer required queryset label_from_instance help_text validateLink min_value"
    " use_fieldset format_value value_from_datadict value_omitted_from_data use_required_attribute"
    " default_error_messages has_changed",
    "Django's uploads": "receive_data_chunk file_complete temporary_file_path",
    "Django's addresses, requests, apps and commands": "urlpatterns handler400 handler404 handler500"
    " app_name application LANGUAGE_CODE ready"
    " help add_arguments requires_system_checks ignore_patterns process_view process_exception modified",
    "Django's users and passwords": "_get_session_auth_hash validate",
    "settings of libraries": "(ACCOUNT|MFA|USERSESSIONS|CELERY|DJANGO_STRUCTLOG|WHITENOISE|CONTENT_SECURITY)_.*"
    " PERMISSIONS_POLICY ROOT_URLCONF",
    "allauth's adapters": "is_open_for_signup is_safe_url get_client_ip"
    " populate_username format_email_subject send_mail"
    " generate_authenticator_name get_email_confirmation_url pre_authenticate _login_failed_rl_usage"
    " _delete_login_attempts_cached_email _authenticate_by_email",
    "Django's migrations": "CreateModels NumberAnew serialization_expand_args",
    "Celery's settings": "task_routes task_default_queue queue_order_strategy",
    "psycopg's connection, Babel's messages, Pillow": "prepare_threshold prepared_max fuzzy MAX_IMAGE_PIXELS",
    "aiosmtpd's handler": "handle_DATA",
    "whitenoise's storage": "create_compressor compress_brotli",
    "PyYAML's writer": "ignore_aliases",
    "python-pptx's shapes and charts": "_blob alignment categories dash_style first_col first_row has_data_labels"
    " has_title include_in_layout slide_height slide_width smooth space_after vertical_anchor word_wrap",
    "Django's cache": "_class",
    "Python's operators": "__(and|or|sub|xor|le)__",
    "Python's reader of HTML": "handle_(starttag|endtag|data)",
    "markdown-it's finder of addresses": "schema last_index pretest",
    "what is logged": "format_request raiseExceptions",
    "pytest's plugins": "pytest_.*",
}
# Used by nobody in the product, and kept; a line goes when its names are in use or gone.
KEPT = {
    "choices that a form offers": "CONTINUE PAUSE AT_RISK NEEDS_HELP GIVEN_UP",
    "what the tests ask of the product": "using unmapped by_kind in_numbers",
    "disclosure, a library of its own": "publish_together round_count",
}
DOTTED = re.compile(r"[A-Za-z_][\w.]*")


def words() -> Iterator[str]:
    """What templates, YAML and Typst say, and the names that stand in strings of Python."""
    code = [path for top in CODE for path in (ROOT / top).rglob("*.*")]
    for path in [*ROOT.glob("templates/**/*.*"), *code]:
        if path.suffix in (".html", ".txt", ".yaml", ".typ"):
            yield from re.findall(r"[A-Za-z_]\w*", path.read_text())
        elif path.suffix == ".py":
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value):
                    yield from re.split(r"\.|__", node.value)


def unused(places: list[str], said: Iterable[str]) -> list[Item]:
    names = sorted({word for word in said if word.isidentifier() and not iskeyword(word)})
    judge = Vulture(ignore_decorators=["@shared_task", "@receiver", "@register*", "@*.connect"])
    judge.scan("\n".join(f"x.{name}" for name in names), "words")
    judge.scavenge(places, exclude=["*/migrations/*"])
    return [item for item in judge.get_unused_code(min_confidence=60) if not is_wanted(item)]


def is_wanted(item: Item) -> bool:
    """A column is kept for the day when somebody asks, and Django reads its settings. Ruff knows imports better."""
    file = item.filename.name
    column, setting = (item.typ, file) == ("variable", "models.py"), file == "settings.py"
    return column or item.typ == "import" or (setting and hasattr(global_settings, item.name))


def judged(found: list[Item], kept: Iterable[str]) -> list[str]:
    """What is dead, and exceptions that nobody needs any more."""
    looked_up, kept, names = words_of(LOOKED_UP), list(kept), {item.name for item in found}
    dead = [item for item in found if not any(re.fullmatch(word, item.name) for word in [*looked_up, *kept])]
    told = [f"{place_of(item.filename)}:{item.first_lineno} {item.typ} {item.name} is used by nobody" for item in dead]
    idle = [word for word in kept if not any(re.fullmatch(word, name) for name in names)]
    return told + [f"tools/dead_code.py excepts {word}, which is in use or gone" for word in idle]


def words_of(groups: dict[str, str]) -> list[str]:
    return [word for group in groups.values() for word in group.split()]


def place_of(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def main() -> int:
    found = judged(unused([str(ROOT / place) for place in CODE], words()), words_of(KEPT))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
