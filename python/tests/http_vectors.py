"""The vectors of guards: what surrounds one, and what is expected of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from kit_jwt import Kit, aio
from kit_jwt.http import Drawn, Limit, Refusal

FILE: Any = json.loads((Path(__file__).parents[2] / "conformance" / "http" / "guard.json").read_text("utf-8"))


def snake(value: Any) -> Any:
    """Options under their names here; what is within policies stays."""
    if isinstance(value, list):
        return [snake(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        re.sub("[A-Z]", lambda part: f"_{part[0].lower()}", name): item if name == "policy" else snake(item)
        for name, item in value.items()
    }


def body_of(subject: str) -> str:
    """What the handler behind a guard answers."""
    return json.dumps({"subject": subject}, separators=(",", ":"), ensure_ascii=False)


def headers_of(step: Any) -> list[tuple[str, str]]:
    """The headers by which a server is to be asked."""
    filled = [("Authorization", f"Bearer {'a' * step['fill']}")] if "fill" in step else []
    return [(name, value) for name, value in step["headers"]] + filled


class _Down:
    def consume(self, **_use: object) -> NoReturn:
        raise OSError


class World:
    """A guard of the file, what surrounds it, and what it told."""

    def __init__(self, name: str, now: float, *, is_awaited: bool = False) -> None:
        self._guarded = FILE["guards"][name]
        self.refusals: list[Refusal] = []
        self._asked: list[dict[str, object]] = []
        self._script: list[Any] = []
        kit: Any = aio.Kit if is_awaited else Kit
        replay = {"replay": _Down()} if "replay" in self._guarded else {}
        self.options: Any = {
            "kit": kit(**FILE["kit"], clock=lambda: now, **replay),
            "limiter": self,
            "on_refusal": lambda refusal, _request: self.refusals.append(refusal),
            **{name: self._guarded[name] for name in ("cookie", "query") if name in self._guarded},
            "trusted_proxies": self._guarded.get("trustedProxies", []),
        }

    def draw(self, key: str, limit: Limit, cost: int) -> Drawn:
        self._asked.append({"key": key, "limit": limit.name, "cost": cost})
        gives = self._script.pop(0)["gives"]
        if gives == "unavailable":
            raise OSError
        return Drawn(**snake(gives))

    def routes(self, id_of: Callable[[Any], str]) -> list[tuple[str, list[Any], dict[str, Any]]]:
        """Paths with `:id`, policies and options, as a program would write them."""
        return [(path, *self._route(route, id_of)) for path, route in self._guarded["routes"].items()]

    def _route(self, given: Mapping[str, Any], id_of: Callable[[Any], str]) -> tuple[list[Any], dict[str, Any]]:
        route = snake(given)
        policy = [route.pop("policy")] if "policy" in route else []
        if "limits" in route:
            route["limits"] = [Limit(**limit) for limit in route["limits"]]
        if "context" in route:
            route["context"] = lambda request: {"id": id_of(request)}
        if "allow" in route:
            route["allow"] = lambda principal, request: principal.subject == id_of(request)
        return policy, route

    def expects(self, step: Any) -> None:
        self._script = list(step.get("draws", []))

    def check(self, status: int, headers: Mapping[str, str], body: str, step: Any) -> None:
        """Hold what was answered, told and drawn against the vector."""
        expected = step["answer"]
        if step.get("orServer", False) and not self.refusals:
            assert status >= 400
            return
        assert status == expected["status"]
        assert [refusal.code for refusal in self.refusals] == ([expected["why"]] if "why" in expected else [])
        self.refusals.clear()
        for name, value in expected["headers"].items():
            assert (name, headers.get(name)) == (name, value)
        assert body == expected.get("body", body_of(expected.get("subject", "")))
        draws = [{key: draw[key] for key in ("key", "limit", "cost")} for draw in step.get("draws", [])]
        assert self._asked == draws
        self._asked.clear()
