"""What a vector gives, turned into what the API takes: texts, and configurations in this language's spelling."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from kit_jwt.config.options import MAPPING_MEMBERS, MEMBERS, TRUST_MEMBERS

from .faces import Face

_CAPITAL: Final = re.compile(r"(?<!^)([A-Z])")
_SNAKE: Final = re.compile(r"_([a-z0-9])")
_WORD: Final = re.compile(r"[a-z]+(?:_[a-z]+)+")

_OPTIONS: Final = MEMBERS | TRUST_MEMBERS | MAPPING_MEMBERS


class FetchAttemptedError(Exception):
    """A vector made the kit fetch: no vector may."""


def text_of(text: Any) -> str:
    """The text of a vector: plain, or described by what it repeats."""
    if isinstance(text, str):
        return text
    times = int(text["times"])
    pieces = (
        text.get("prefix", ""),
        text["repeat"] * times,
        text.get("middle", ""),
        text.get("repeatEnd", "") * times,
        text.get("suffix", ""),
    )
    return "".join(pieces)


def host_value(text: Any) -> Any:
    """The value that the host's own JSON parser reads in a text, as a program would hold it."""
    return json.loads(text_of(text))


def snake(name: str) -> str:
    """The snake_case of a camelCase name.

    >>> snake("maxActorDepth")
    'max_actor_depth'
    """
    return _CAPITAL.sub(lambda match: f"_{match[1]}", name).lower()


def camel(name: str) -> str:
    """The camelCase of a path of options; names that are no options stay as they are.

    >>> camel("trust[0].unsafe_any_actor"), camel("JWT_ISS"), camel("no_option")
    ('trust[0].unsafeAnyActor', 'JWT_ISS', 'no_option')
    """
    return _WORD.sub(lambda match: _camel(match[0]) if match[0] in _OPTIONS else match[0], name)


def _camel(name: str) -> str:
    return _SNAKE.sub(lambda match: match[1].upper(), name)


class Network:
    """A transport that lets nothing through and remembers that it was asked."""

    def __init__(self) -> None:
        """Start with no requests."""
        self.requests: list[str] = []

    def __call__(self, url: str) -> NoReturn:
        """Record a request and refuse it."""
        self.requests.append(url)
        raise FetchAttemptedError


@dataclass(frozen=True, slots=True)
class World:
    """What surrounds a test: the face that is tested, and a network that must stay unused."""

    face: Face
    network: Network = field(default_factory=Network)


def config_of(config: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords of a kit for the configuration of a vector."""
    named = _renamed(config, MEMBERS)
    if isinstance(named.get("trust"), list):
        named["trust"] = [_trust(entry) for entry in named["trust"]]
    return named


def make_kit(test: Mapping[str, Any], kits: Mapping[str, Any], world: World, ports: Mapping[str, Any]) -> Any:
    """The kit of a vector, with its clock and entropy."""
    given = test["kit"]
    config = config_of(kits[given] if isinstance(given, str) else given)
    now, entropy = test["now"], bytes.fromhex(test.get("entropy", "00" * 16))
    options: dict[str, Any] = {
        "transport": world.network,
        "clock": lambda: now,
        "entropy": lambda size: entropy[:size],
        **ports,
        **config,
    }
    return world.face.kit(**options)


def _trust(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    named = _renamed(entry, TRUST_MEMBERS)
    if isinstance(named.get("mapping"), dict):
        named["mapping"] = _renamed(named["mapping"], MAPPING_MEMBERS)
    return named


def _renamed(members: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    return {_option(name, known): value for name, value in members.items()}


def _option(name: str, known: frozenset[str]) -> str:
    """The keyword for a member; a name that is nobody's, ours among them, is refused as it is written."""
    keyword = snake(name)
    if keyword in known and _camel(keyword) == name:
        return keyword
    return name.replace("_", "-") if name in known else name
