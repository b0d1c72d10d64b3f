"""What the doctor looks at, each place on its own: one that is wrong hides no other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, cast

from kit_jwt.command.failure import CommandFailureError
from kit_jwt.command.variables import Variables, is_open
from kit_jwt.command.world import World
from kit_jwt.errors import ConfigError
from kit_jwt.issuer.authority.authority import Authority
from kit_jwt.issuer.authority.document import read_document
from kit_jwt.issuer.authority.life import rotation_of
from kit_jwt.issuer.authority.timing import Timing, timing_of
from kit_jwt.issuer.errors import AuthorityError
from kit_jwt.issuer.service.config import IssuerOptions, is_issuer
from kit_jwt.issuer.service.issuer import Issuer

from .config_file import ConfigFile, camel
from .findings import Finding, fault, finding
from .settings import Settings

_HOUR: Final = 3600
_DAY: Final = 86_400
_LONGEST_PERIOD: Final = 90 * _DAY
_MOST_LEEWAY: Final = 90
_SECRET_CHARACTERS: Final = 32
_DIFFERENT: Final = 16
"""Of a random text of 43 characters, fewer than this are different once in billions."""

_SECONDS: Final = re.compile("[1-9][0-9]{0,8}")


def of_variables(variables: Variables, file: ConfigFile) -> list[Finding]:
    """What is set, and whether it may have its value."""
    values = variables.values
    needed = ["AUTH_ISSUER", "JWKS_DIR", *(["ISSUER_ADMIN_SECRET"] if file.admin_form else [])]
    if "ISSUER_KEK_PATH" not in values:
        needed.append("ISSUER_KEK")
    findings = [finding("setting_missing", name) for name in needed if name not in values]
    if not is_issuer(values.get("AUTH_ISSUER", "https://issuer.example")):
        findings.append(finding("setting_invalid", "AUTH_ISSUER"))
    if "AUTH_AUDIENCE" not in values:
        findings.append(finding("audience_missing", "AUTH_AUDIENCE"))
    if file.admin_form and "ISSUER_ADMIN_SECRET" in values:
        findings += _of_secret(values["ISSUER_ADMIN_SECRET"])
    ttl = values.get("DEFAULT_TTL", "1")
    if _SECONDS.fullmatch(ttl) and int(ttl) > _HOUR:
        findings.append(finding("ttl_long", "DEFAULT_TTL"))
    return findings


def _of_secret(secret: str) -> list[Finding]:
    if len(secret) < _SECRET_CHARACTERS:
        return [finding("setting_invalid", "ISSUER_ADMIN_SECRET")]
    return [finding("secret_plain", "ISSUER_ADMIN_SECRET")] if len(set(secret)) < _DIFFERENT else []


def of_files(variables: Variables, world: World) -> list[Finding]:
    """What others on this machine may do with the files."""
    paths = [variables.file, *(variables.values.get(name) for name in ("ISSUER_KEK_PATH", "JWKS_DIR"))]
    return [finding("file_open", path) for path in paths if path and is_open(path, world)]


def of_times(file: ConfigFile) -> tuple[Timing | None, list[Finding]]:
    """The times, where they are safe."""
    try:
        timing = timing_of(**file.timing)
    except ConfigError as error:
        return None, [finding("lead_short", f"timing.{camel(error.variable or '')}")]
    weak = {
        ("longest_ttl_long", "timing.longestTtl"): timing.longest_ttl > _DAY,
        ("leeway_none", "timing.leeway"): timing.leeway == 0,
        ("leeway_long", "timing.leeway"): timing.leeway > _MOST_LEEWAY,
        ("rotation_rare", "timing.rotateEvery"): timing.rotate_every > _LONGEST_PERIOD,
    }
    return timing, [finding(*one) for one, is_weak in weak.items() if is_weak]


def of_keys(settings: Settings, timing: Timing) -> list[Finding]:
    """The keys, which are read and left as they are."""
    folder = settings.variables.values.get("JWKS_DIR", "")
    if not folder:
        return []
    try:
        stored = settings.world.key_store(folder).read()
        if stored is None:
            return [finding("keys_missing", folder)]
        keys = read_document(stored.text, stored.version, settings.keks())
    except AuthorityError as error:
        return [fault(error.code, folder)]
    except (ConfigError, CommandFailureError):
        # What is wrong with a variable is told as that.
        return []
    now = settings.world.now()
    behind = any(key.published_at > now + timing.leeway for key in keys.keys)
    overdue = now > rotation_of(keys, timing) + _HOUR
    return [
        *([finding("clock_behind", folder)] if behind else []),
        *([finding("rotation_overdue", folder)] if overdue else []),
    ]


def of_issuer(file: ConfigFile, settings: Settings, timing: Timing) -> list[Finding]:
    """Clients, trusted issuers and the policy, as the issuer takes them."""
    members = file.members
    clients, trust = members.get("clients", []), members.get("trust", [])
    findings = [finding("nobody_may_ask", "clients")] if not clients and not file.admin_form else []
    findings += [
        finding("secret_in_file", f"clients[{index}]")
        for index, client in enumerate(_listed(clients))
        if isinstance(client, Mapping) and "secretSha256" in client
    ]
    findings += [
        finding("algorithm_old", f"trust[{index}]")
        for index, one in enumerate(_listed(trust))
        if isinstance(one, Mapping) and "RS256" in _listed(one.get("algorithms"))
    ]
    issuer = settings.variables.values.get("AUTH_ISSUER", "")
    options = {
        **file.options(),
        "authority": Authority(**{name: getattr(timing, name) for name in timing.__slots__}),
        "issuer": issuer if is_issuer(issuer) else "https://issuer.example",
    }
    try:
        Issuer(**cast("IssuerOptions", options))
    except ConfigError as error:
        return [*findings, fault(error.code, camel(error.variable or "ISSUER_CONFIG"))]
    return findings


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []
