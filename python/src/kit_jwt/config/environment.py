"""Configuration from environment variables: what is empty, doubled or dangling is an error, never an absence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, cast

from kit_jwt.errors import ConfigError, MisuseError
from kit_jwt.sources.key_source import KeySource

from .members import Members, located
from .options import MEMBERS, KitConfig
from .resolve import Role, resolve
from .variables import VARIABLES, Variable, read_list, read_number, read_value
from .verification import read_secret_entries

_TOLD_LATER: Final = frozenset(("private_key", "jwks_service"))


class Supplied(str):
    """A text that knows its variable: what is wrong with it may be told when no variables are at hand any more."""

    __slots__ = ("variable",)
    variable: str

    @classmethod
    def by(cls, variable: str, text: str) -> Supplied:
        """The text that a variable supplied."""
        supplied = cls(text)
        supplied.variable = variable
        return supplied


def config_from_environment(
    env: Mapping[str, object],
    *,
    read_file: Callable[[str], str] | None = None,
    role: Role | None = None,
    service: Callable[[KitConfig], KeySource] | None = None,
) -> KitConfig:
    """The configuration that environment variables describe, checked as a whole.

    Args:
        env: variables, and the bindings that `*_NAME` variables point to.
        read_file: gives the text of the file at a path, for `JWT_PRIVATE_JWK_PATH`; without it that is refused.
        role: `producer` needs something to sign with, `consumer` an audience and something to verify with.
        service: gives the key source of the service that `jwks_service` names, where the platform has services.

    Returns:
        The keywords of `Kit`.

    Raises:
        ConfigError: `config_missing`, `config_invalid`, `config_conflict`, `key_invalid`, `key_weak`, `key_unsuitable`,
            `jwks_invalid`, `runtime_unsupported`, with the name of the variable.
        MisuseError: `env` is no mapping; an unknown role.

    >>> config = config_from_environment({"JWT_ISS": "https://issuer.example", "JWT_SECRET": "A" * 86})
    >>> sorted(config)
    ['issuer', 'secret']
    """
    if not isinstance(env, Mapping) or role not in {None, "producer", "consumer"}:
        message = "env is a mapping, role is producer or consumer"
        raise MisuseError(message)
    texts: dict[str, str] = {}
    suppliers: dict[str, str] = {}
    for variable in VARIABLES:
        found = _find(env, variable, read_file)
        if found is not None:
            texts[variable.option], suppliers[variable.option] = found
    config: dict[str, object] = dict(texts)
    for variable in sorted(VARIABLES, key=lambda row: ("number", "list", "text").index(row.kind)):
        if variable.option in texts:
            config[variable.option] = _parse(variable, texts[variable.option], suppliers[variable.option], env)
    for option in _TOLD_LATER & texts.keys():
        config[option] = Supplied.by(suppliers[option], texts[option])
    if "issuer" not in config:
        raise ConfigError("config_missing", variable="JWT_ISS")
    if service is not None and "jwks_service" in config:
        config["key_source"] = service(cast("KitConfig", config))  # texts and numbers of the table, see below
    _check(config, suppliers, role)
    return cast("KitConfig", config)  # every option of the table is a member of it, and resolve() checked the values


def _find(
    env: Mapping[str, object], variable: Variable, read_file: Callable[[str], str] | None
) -> tuple[str, str] | None:
    """The text of a variable and the name of the variable that supplied it."""
    value = read_value(env, variable.name, variable.name)
    others = [name for name in (variable.named, variable.path) if name is not None]
    given = {name: text for name in others if (text := read_value(env, name, name)) is not None}
    if len(given) + (value is not None) > 1:
        raise ConfigError("config_conflict", variable=variable.name)
    if value is not None:
        return value, variable.name
    for name, text in given.items():
        if name == variable.path:
            return _read_file(text, name, read_file), name
        if variable.kind == "list":
            return text, name
        return _bound(env, text, name), name
    return None


def _bound(env: Mapping[str, object], binding: str, variable: str) -> str:
    value = read_value(env, binding, variable)
    if value is None:
        raise ConfigError("config_missing", variable=variable)
    return value


def _read_file(path: str, variable: str, read_file: Callable[[str], str] | None) -> str:
    text: object = None
    if read_file is not None:
        try:
            text = read_file(path)
        except Exception:  # noqa: BLE001 # whatever went wrong, the file is unreadable; its error may quote it
            text = None
    if not isinstance(text, str) or not text:
        raise ConfigError("config_invalid", variable=variable)
    return text


def _parse(variable: Variable, text: str, supplier: str, env: Mapping[str, object]) -> object:
    if variable.kind == "number":
        return read_number(text, supplier)
    if variable.kind == "text":
        return text
    items = read_list(text, supplier)
    if variable.option == "audience":
        return items[0] if len(items) == 1 else items
    if variable.option != "accept_secrets":
        return items
    if supplier == variable.named:
        items = [_bound(env, item, supplier) for item in items]
    entries = [_secret(item) for item in items]
    # What an entry looks like is a matter of the list's form; the keys come later.
    located(supplier, lambda: read_secret_entries(Members({"accept_secrets": entries}, MEMBERS)))
    return entries


def _secret(item: str) -> object:
    kid, separator, secret = item.rpartition("=")
    if not separator:
        return item
    return {"kid": kid, "secret": secret}


def _check(config: Mapping[str, object], suppliers: Mapping[str, str], role: Role | None) -> None:
    """Check it as any configuration, but speak of variables where the checks speak of options."""
    names = {variable.option: variable.name for variable in VARIABLES} | dict(suppliers)
    try:
        resolve(config, alone=True, role=role)
    except ConfigError as error:
        code, option = error.code, (error.variable or "").partition("[")[0]
    else:
        return
    raise ConfigError(code, variable=option if option in names.values() else names.get(option))
