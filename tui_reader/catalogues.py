"""Keeps the translators' catalogues: finds the messages in the source, updates the catalogues, compiles them.

For translators: ``python -m tui_reader.catalogues`` after every change of a message or of a catalogue, with a
language (``de``) to begin a new one. It prints what is still to be translated.
"""

import ast
import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tui_reader.docstrings import unwrapped

PACKAGE = Path(__file__).parent
DOMAIN = "tui_reader"
_METHODS = [("demo/**.py", "ignore"), ("**.py", "tui_reader.catalogues:messages_in")]
"""The demo's blog is somebody's writing, and stays as it was written."""
_KEYWORDS = {**DEFAULT_KEYWORDS, "_setting": (2,)}
"""Babel's own, and the help of a setting."""


def template() -> Catalog:
    """Every message of the source, untranslated."""
    found = Catalog(project="tui-reader", domain=DOMAIN, charset="utf-8", fuzzy=False)
    for file, line, message, comments, context in extract_from_dir(
        PACKAGE,
        method_map=_METHODS,
        keywords=_KEYWORDS,
        comment_tags=("translators:",),
        strip_comment_tags=True,
    ):
        found.add(message, locations=[(file, line)], auto_comments=comments, context=context)
    return found


def messages_in(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterator[Any]:
    """What Babel finds in a module, what its commands say of themselves, and its table of acts."""
    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        for line, message in _told_by(node):
            yield line, "_", message, []
        if isinstance(node, ast.JoinedStr):
            # Babel sees them from Python 3.12 on only, where an f-string is several tokens
            yield from _called_in(node)


def _called_in(node: ast.JoinedStr) -> Iterator[tuple[int, str, str | tuple[str, ...], list[str]]]:
    """The messages that are asked for between the braces of an f-string."""
    for called in ast.walk(node):
        match called:
            case ast.Call(func=ast.Name(id="_" | "N_" | "ngettext" as name), args=arguments):
                constants = (one.value for one in arguments if isinstance(one, ast.Constant))
                if told := tuple(word for word in constants if isinstance(word, str)):
                    yield called.lineno, name, told[0] if len(told) == 1 else told, []


def _told_by(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.FunctionDef() if any(map(_makes_command, node.decorator_list)):
            if told := ast.get_docstring(node, clean=False):
                yield node.lineno, unwrapped(told)
        case ast.Call(func=ast.Attribute(attr="option"), keywords=keywords):
            for keyword in keywords:
                if keyword.arg == "help" and isinstance(keyword.value, ast.Constant):
                    yield keyword.value.lineno, str(keyword.value.value)
        case ast.Call(func=ast.Name(id="_acts"), args=[group, _where, *rows]):
            yield from _in_table([group, *rows])


def _in_table(arguments: Sequence[ast.expr]) -> Iterator[tuple[int, str]]:
    """The group of acts, then the hint and the tooltip of each: what a keymap shows."""
    group, *rows = arguments
    shown = [group, *(cell for row in rows if isinstance(row, ast.Tuple) for cell in row.elts[3:5])]
    for cell in shown:
        if isinstance(cell, ast.Constant) and cell.value:
            yield cell.lineno, str(cell.value)


def _makes_command(decorator: ast.expr) -> bool:
    made = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(made, ast.Attribute) and made.attr in {"command", "group"}


def read(source: str | Path) -> Catalog:
    """A catalogue as its translators keep it."""
    with Path(source).open("rb") as file:
        return read_po(file, domain=DOMAIN)


def compiled_catalogue(source: str | Path) -> bytes:
    """The catalogue as programs read it; kept beside its source where that can be written."""
    catalogue = read(source)
    for message in list(catalogue):
        # what a translator left open is said in English, not left out
        if message.id and not all(_forms(message.string)):
            catalogue.delete(message.id, message.context)
    made = BytesIO()
    write_mo(made, catalogue)
    target = Path(source).with_suffix(".mo")
    try:
        _put(target, made.getvalue())
    except OSError:
        # somebody else's folder: whoever asked has the bytes
        return made.getvalue()
    return made.getvalue()


def compile_all(package: Path = PACKAGE) -> list[Path]:
    """Compiles every catalogue; gives the files."""
    sources = sorted((package / "locale").glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    for source in sources:
        compiled_catalogue(source)
    return [source.with_suffix(".mo") for source in sources]


def update(source: Path, messages: Catalog) -> Catalog:
    """Brings a catalogue up to date with the source: new messages come in empty, unused ones leave."""
    if source.exists():
        catalogue = read(source)
    else:
        catalogue = Catalog(locale=source.parent.parent.name, project="tui-reader", domain=DOMAIN)
        catalogue.fuzzy = False
    catalogue.project = catalogue.project.strip()
    catalogue.version = catalogue.msgid_bugs_address = catalogue.last_translator = ""
    catalogue.update(
        messages, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False
    )
    made = BytesIO()
    # no line numbers: they would change with every other commit
    write_po(made, catalogue, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    if not source.exists() or source.read_bytes() != made.getvalue():
        _put(source, made.getvalue())
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages that want a translator."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and (message.fuzzy or not all(_forms(message.string)))
    ]


def _forms(string: Any) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def _put(target: Path, content: bytes) -> None:
    """Writes it whole or not at all: several programs may be starting."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, suffix=".new", delete=False) as file:
        file.write(content)
    made = Path(file.name)
    made.chmod(0o644)
    os.replace(made, target)  # noqa: PTH105


def main() -> int:
    """Updates and compiles every catalogue, and those of the languages that are named."""
    messages = template()
    folder = PACKAGE / "locale"
    languages = sorted({path.name for path in folder.iterdir() if path.is_dir()} | set(sys.argv[1:]))
    lacking = 0
    for language in languages:
        source = folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        wanted = untranslated(update(source, messages))
        compiled_catalogue(source)
        sys.stdout.write(f"{language}: {len(messages)} messages, {len(wanted)} to be translated\n")
        for message in wanted:
            sys.stdout.write(f"  {message!r}\n")
        lacking += len(wanted)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
