"""Print what each public function says that it raises, as JSON: name, error, text."""

import json
import sys
from pathlib import Path

import griffe

SOURCE = Path(__file__).parents[1] / "src"


def sayings(owner: griffe.Module | griffe.Class, prefix: str = "") -> dict[str, dict[str, str]]:
    """What the public functions of a module or class say."""
    found: dict[str, dict[str, str]] = {}
    names = owner.exports if isinstance(owner, griffe.Module) else owner.all_members
    for name in map(str, names or []):
        member = owner.all_members[name]
        one = member.final_target if isinstance(member, griffe.Alias) else member
        if isinstance(one, griffe.Class):
            found |= sayings(one, f"{name}.")
        elif isinstance(one, griffe.Function) and one.docstring:
            for section in one.docstring.parsed:
                if section.kind is griffe.DocstringSectionKind.raises:
                    found[prefix + name] = {str(item.annotation): item.description for item in section.value}
    return found


package = griffe.load("kit_jwt", search_paths=[SOURCE], docstring_parser="google")
assert isinstance(package, griffe.Module)  # noqa: S101 # so it is
said = sayings(package)
for name in ("issuer", "issuer.signers", "http", "redis"):
    module = package[name]
    assert isinstance(module, griffe.Module)  # noqa: S101 # so it is
    said |= sayings(module)
json.dump(said, sys.stdout, indent=2)
