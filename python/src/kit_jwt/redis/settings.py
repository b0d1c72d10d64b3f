"""Which Redis an environment names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, NoReturn
from urllib.parse import unquote_to_bytes

from kit_jwt.encoding.utf8 import decode_utf8
from kit_jwt.errors import ConfigError
from kit_jwt.errors.codes import ConfigErrorCode


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What the variables of the environment say.

    Attributes:
        nodes: the server, the Sentinels, or some nodes of the cluster.
        master: the name that the Sentinels know the servers by.
        ca_path: a PEM file of the authorities that may sign the servers' certificates.
    """

    mode: Literal["single", "sentinel", "cluster"]
    nodes: tuple[Address, ...] = ()
    master: str | None = None
    database: int = 0
    username: str | None = None
    password: str | None = None
    sentinel_password: str | None = None
    tls: bool = False
    ca_path: str | None = None

    def __repr__(self) -> str:
        """Nothing of the passwords."""
        return f"Settings(mode={self.mode!r})"


_PORT: Final = 6379
_SENTINEL_PORT: Final = 26_379
_MAX_PORT: Final = 65_535
_HOST: Final = r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(?::([0-9]{1,5}))?"
_NODE: Final = re.compile(_HOST)
_URL: Final = re.compile(rf"(rediss?)://(?:([^:@/?#]*):([^:@/?#]*)@)?{_HOST}(?:/([0-9]{{1,3}})?)?")
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")

_BELONGS: Final = {
    "REDIS_MASTER": ("sentinel",),
    "REDIS_SENTINEL_PASSWORD": ("sentinel",),
    "REDIS_SENTINEL_PASSWORD_NAME": ("sentinel",),
    "REDIS_USERNAME": ("sentinel", "cluster"),
    "REDIS_PASSWORD": ("sentinel", "cluster"),
    "REDIS_PASSWORD_NAME": ("sentinel", "cluster"),
    "REDIS_TLS": ("sentinel", "cluster"),
}
"""What goes with a mode, and is a mistake without it."""


def _fail(code: ConfigErrorCode, variable: str) -> NoReturn:
    raise ConfigError(code, variable=variable)


def _text(environment: Mapping[str, object], name: str) -> str | None:
    """The text of a variable; an empty one is a mistake, not an absence."""
    value = environment.get(name)
    if value is None:
        return None
    return value if isinstance(value, str) and value else _fail("config_invalid", name)


def _secret(environment: Mapping[str, object], name: str) -> str | None:
    """The same, or the binding that its twin with `_NAME` points to."""
    twin = f"{name}_NAME"
    value, pointer = _text(environment, name), _text(environment, twin)
    if pointer is None:
        return value
    if value is not None:
        _fail("config_conflict", twin)
    bound = environment.get(pointer)
    return bound if isinstance(bound, str) and bound else _fail("config_missing", twin)


def _address(host: str, port: str | None, otherwise: int, variable: str) -> Address:
    number = otherwise if port is None else int(port)
    if not 1 <= number <= _MAX_PORT:
        _fail("config_invalid", variable)
    return Address(host.removeprefix("[").removesuffix("]"), number)


def _nodes(text: str, port: int, variable: str) -> tuple[Address, ...]:
    found = [_NODE.fullmatch(item.strip(" ")) or _fail("config_invalid", variable) for item in text.split(",")]
    return tuple(_address(node[1], node[2], port, variable) for node in found)


def _decoded(part: str, blame: str) -> str:
    text = None if _BAD_ESCAPE.search(part) else decode_utf8(unquote_to_bytes(part))
    return _fail("config_invalid", blame) if text is None else text


def _single(settings: Settings, url: str, blame: str) -> Settings:
    found = _URL.fullmatch(url)
    if found is None or found[3] == "":
        _fail("config_invalid", blame)
    scheme, username, password, host, port, database = found.groups()
    return replace(
        settings,
        nodes=(_address(host, port, _PORT, blame),),
        database=int(database or 0),
        username=_decoded(username, blame) if username else None,
        password=None if password is None else _decoded(password, blame),
        tls=scheme == "rediss",
    )


def _is_on(environment: Mapping[str, object], name: str) -> bool:
    value = _text(environment, name)
    if value not in {None, "true", "false"}:
        _fail("config_invalid", name)
    return value == "true"


def read_settings(environment: Mapping[str, object]) -> Settings | None:
    """Which Redis an environment names, None where it names none.

    Raises:
        ConfigError: `config_missing`, `config_invalid`, `config_conflict`, with the variable.
    """
    url = _secret(environment, "REDIS_URL")
    sentinel, cluster = _text(environment, "REDIS_SENTINEL"), _text(environment, "REDIS_CLUSTER_NODES")
    if sentinel is not None and url is not None:
        _fail("config_conflict", "REDIS_SENTINEL")
    if cluster is not None and (url is not None or sentinel is not None):
        _fail("config_conflict", "REDIS_CLUSTER_NODES")
    mode: Literal["single", "sentinel", "cluster"]
    mode = "sentinel" if sentinel is not None else "cluster" if cluster is not None else "single"
    for variable, modes in _BELONGS.items():
        if _text(environment, variable) is not None and mode not in modes:
            _fail("config_conflict", variable)
    settings = Settings(
        mode=mode,
        username=_text(environment, "REDIS_USERNAME"),
        password=_secret(environment, "REDIS_PASSWORD"),
        sentinel_password=_secret(environment, "REDIS_SENTINEL_PASSWORD"),
        tls=_is_on(environment, "REDIS_TLS"),
        ca_path=_text(environment, "REDIS_CA_PATH"),
    )
    whole = _placed(environment, settings, url, sentinel, cluster)
    if whole is not None and whole.username is not None and whole.password is None:
        _fail("config_missing", "REDIS_PASSWORD")
    if settings.ca_path is not None and (whole is None or not whole.tls):
        _fail("config_conflict", "REDIS_CA_PATH")
    return whole


def _placed(
    environment: Mapping[str, object], settings: Settings, url: str | None, sentinel: str | None, cluster: str | None
) -> Settings | None:
    if url is not None:
        blame = "REDIS_URL_NAME" if _text(environment, "REDIS_URL") is None else "REDIS_URL"
        return _single(settings, url, blame)
    if cluster is not None:
        return replace(settings, nodes=_nodes(cluster, _PORT, "REDIS_CLUSTER_NODES"))
    if sentinel is None:
        return None
    master = _text(environment, "REDIS_MASTER") or _fail("config_missing", "REDIS_MASTER")
    return replace(settings, master=master, nodes=_nodes(sentinel, _SENTINEL_PORT, "REDIS_SENTINEL"))
