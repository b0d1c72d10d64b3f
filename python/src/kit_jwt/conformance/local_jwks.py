"""`local-jwks`: what is found in a set of the same process while it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit_jwt.errors import TokenError
from kit_jwt.sources.key_source import KeySource
from kit_jwt.sources.local_jwks import local_jwks

from .faces import given
from .inputs import World, host_value, text_of

Answer = dict[str, Any]


async def run(test: Mapping[str, Any], _kits: Mapping[str, Any], _world: World) -> Answer:
    """Do the steps of a script."""
    published: Any = None

    def read() -> Any:
        if published is None:
            raise OSError
        return published

    source = local_jwks(read)
    outcomes = []
    for step in test["script"]:
        published = None if step.get("failure") else _published_by(step, published)
        outcomes.append([await _outcome_of(source, header) for header in step["select"]])
    return {"outcomes": outcomes}


def _published_by(step: Mapping[str, Any], before: Any) -> Any:
    if step.get("as") == "text":
        return text_of(step["jwks"])
    value = host_value(step["jwks"])
    if step.get("as") == "same" and isinstance(before, dict) and isinstance(value, dict):
        before.update(value)
        return before
    return value


async def _outcome_of(source: KeySource, header: Mapping[str, Any]) -> Answer:
    try:
        return {"thumbprint": (await given(source.select(alg=header["alg"], kid=header.get("kid"), now=0))).thumbprint}
    except TokenError as error:
        return {"fault": {"code": error.code}}
