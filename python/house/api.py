"""Write the API reference of Python to a folder: one page of Markdown for each public module."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import griffe

ROOT = Path(__file__).parents[2]
MODULES = [
    *["", "aio", "workers", "testing", "testing.pytest", "conformance", "errors"],
    *["issuer", "issuer.signers", "redis"],
    *["http", "http.asgi", "http.wsgi", "http.starlette", "http.fastapi", "http.flask", "http.django"],
]
KIND = griffe.DocstringSectionKind
WIDTH = 100


Anchors = dict[str, str]


def page(module: griffe.Module, title: str) -> str:
    """A page: what the module says, then each of its names. Written twice: the links need the headings."""
    return written(module, title, anchors(written(module, title, {})))


def written(module: griffe.Module, title: str, ours: Anchors) -> str:
    """The page with the links that are known."""
    names = [str(name) for name in module.exports or []]
    parts = [f"# {title}", *prose(module, ours), "## Names", ", ".join(linked(f"`{name}`", ours) for name in names)]
    for name in names:
        parts += entry(name, target(module, name), "##", ours)
    return "\n\n".join(part for part in parts if part) + "\n"


def anchors(text: str) -> Anchors:
    """Where GitHub puts the headings of names: the second one that is spelt alike gets a number."""
    found: Anchors = {}
    count: Counter[str] = Counter()
    for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE):
        slug = re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        found[heading.strip("`")] = f"{slug}-{count[slug]}" if count[slug] else slug
        count[slug] += 1
    return found


def target(owner: griffe.Module | griffe.Class, name: str) -> griffe.Object:
    """What a name means in the end."""
    member = owner.all_members[name]
    return member.final_target if isinstance(member, griffe.Alias) else member


def entry(name: str, one: griffe.Object, level: str, ours: Anchors) -> Iterator[str]:
    """A name: heading, signature, and what it says of itself; then the public members of a class."""
    yield f"{level} `{name}`"
    if isinstance(one, griffe.Function):
        yield code(signature(name, one))
    elif isinstance(one, griffe.Attribute):
        yield code(f"{name} = {one.value}" if one.value is not None else f"{name}: {one.annotation}")
    yield from prose(one, ours)
    if isinstance(one, griffe.Class):
        yield from members(name, one, level + "#", ours)


def members(name: str, owner: griffe.Class, level: str, ours: Anchors) -> Iterator[str]:
    """The public members that say something of themselves; attributes of data stand in the table of their class."""
    for own in owner.all_members:
        one = target(owner, own)
        is_public = not own.startswith("_") or (own == "__init__" and bool(sections(one, KIND.parameters)))
        if not is_public or not one.docstring or not one.path.startswith("kit_jwt."):
            continue
        if isinstance(one, griffe.Attribute) and "property" in one.labels:
            yield f"{level} `{name}.{own}`"
            yield code(f"{own}: {one.annotation}")
            yield from prose(one, ours)
        elif isinstance(one, griffe.Function):
            yield from entry(f"{name}.{own}" if own != "__init__" else f"{name}(…)", one, level, ours)


def signature(name: str, one: griffe.Function) -> str:
    """The call, as one writes it; a long one with a parameter on each line."""
    shown = [item for item in one.parameters if item.name not in {"self", "cls"}]
    parts: list[str] = []
    for index, item in enumerate(shown):
        before = shown[index - 1].kind if index else None
        if item.kind is griffe.ParameterKind.keyword_only and before is not item.kind:
            is_open = before is griffe.ParameterKind.var_positional
            parts += [] if is_open else ["*"]
        parts.append(parameter(item))
        after = shown[index + 1].kind if index + 1 < len(shown) else None
        if item.kind is griffe.ParameterKind.positional_only and after is not item.kind:
            parts.append("/")
    prefix = "async def" if "async" in one.labels else "def"
    last = name.rsplit(".", 1)[-1].removesuffix("(…)")
    returns = "" if last[0].isupper() or one.returns is None else f" -> {one.returns}"
    flat = f"{prefix} {last}({', '.join(parts)}){returns}"
    return (
        flat
        if len(flat) <= WIDTH
        else f"{prefix} {last}(\n" + "".join(f"    {part},\n" for part in parts) + f"){returns}"
    )


def parameter(item: griffe.Parameter) -> str:
    """One parameter with its type and its default."""
    stars = {griffe.ParameterKind.var_positional: "*", griffe.ParameterKind.var_keyword: "**"}
    annotation = "" if item.annotation is None else f": {item.annotation}"
    has_default = item.default is not None and item.kind not in stars
    equals = " = " if annotation else "="
    return f"{stars.get(item.kind or griffe.ParameterKind.keyword_only, '')}{item.name}{annotation}" + (
        f"{equals}{item.default}" if has_default else ""
    )


def sections(one: griffe.Object, kind: griffe.DocstringSectionKind) -> list[griffe.DocstringSection]:
    """The sections of one kind."""
    return [section for section in one.docstring.parsed if section.kind is kind] if one.docstring else []


def prose(one: griffe.Object, ours: Anchors) -> Iterator[str]:
    """A docstring as Markdown."""
    for section in one.docstring.parsed if one.docstring else []:
        if section.kind is KIND.text:
            yield from text(section.value, ours)
        elif section.kind is KIND.parameters:
            yield table(("argument", "meaning"), [(f"`{item.name}`", item.description) for item in section.value], ours)
        elif section.kind is KIND.attributes:
            fields = [(f"`{item.name}`", f"`{item.annotation}`", item.description) for item in section.value]
            yield table(("attribute", "type", "meaning"), fields, ours)
        elif section.kind is KIND.returns:
            yield "Returns: " + linked(flat(" ".join(item.description for item in section.value)), ours)
        elif section.kind is KIND.raises:
            yield table(("error", "when"), [(f"`{item.annotation}`", item.description) for item in section.value], ours)


def text(value: str, ours: Anchors) -> Iterator[str]:
    """Paragraphs; examples are code."""
    for block in re.split(r"\n{2,}", value.strip()):
        if block.startswith(">>>"):
            yield f"```pycon\n{block}\n```"
        elif block.startswith("    "):
            yield code("\n".join(line.removeprefix("    ") for line in block.split("\n")))
        else:
            yield linked(flat(block).removesuffix("::") + (":" if block.endswith("::") else ""), ours)


def flat(value: str) -> str:
    """One line."""
    return re.sub(r"\s*\n\s*", " ", value.strip())


def linked(value: str, ours: Anchors) -> str:
    """Names of this page lead to where they stand."""
    return re.sub(r"`([\w.]+)`", lambda name: f"[{name[0]}](#{ours[name[1]]})" if name[1] in ours else name[0], value)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], ours: Anchors) -> str:
    """A table of Markdown; what stands in its last column may lead elsewhere on the page."""
    cells = [[*row[:-1], linked(flat(row[-1]), ours)] for row in rows]
    lines = [heads, ["---"] * len(heads), *cells]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(value: str) -> str:
    """A block of Python."""
    return f"```python\n{value}\n```"


def main(folder: Path) -> None:
    """Write the pages."""
    package = griffe.load(
        "kit_jwt",
        search_paths=[ROOT / "python" / "src"],
        docstring_parser="google",
        docstring_options={"returns_named_value": False, "returns_multiple_items": False, "warnings": False},
    )
    if not isinstance(package, griffe.Module):
        raise TypeError
    folder.mkdir(parents=True, exist_ok=True)
    index = [
        "# kit-jwt",
        "The API of the Python package, by module. Written from the docstrings by `npm run docs:api`.",
    ]
    rows = []
    for name in MODULES:
        module = package[name] if name else package
        title = f"kit_jwt.{name}" if name else "kit_jwt"
        file = f"{title}.md"
        (folder / file).write_text(page(module, title), encoding="utf-8", newline="\n")
        rows.append((f"[`{title}`]({file})", text_of(module)))
    (folder / "README.md").write_text(
        "\n\n".join([*index, table(("module", "what it is"), rows, {})]) + "\n", encoding="utf-8", newline="\n"
    )


def text_of(module: griffe.Module) -> str:
    """The first sentence of a module."""
    return flat(module.docstring.value.split("\n\n")[0]) if module.docstring else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
