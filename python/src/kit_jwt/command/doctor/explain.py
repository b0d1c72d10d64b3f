"""From the kit's fault, a code and a variable, to what a person did: which of many ways to be wrong it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kit_jwt.command.failure import looks_secret
from kit_jwt.crypto.algorithms import EDDSA, HS512, Algorithm

from .files import file_symptoms
from .findings import Symptom
from .jwks import fits, is_set, jwk_symptoms, kid_of_private_key
from .numbers import number_symptoms
from .pins import pin_symptoms
from .reading import Entry, Reading, items_of
from .secrets import entry_symptoms, secret_symptoms
from .texts import LINES
from .urls import url_symptoms
from .words import accept_symptoms, listed_algorithms, profile_symptoms


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that the kit told."""

    code: str
    variable: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a fault is, and the row that has to be neutralised before the next one shows."""

    target: str
    symptoms: Sequence[Symptom]


ROLE: Final = "role"
"""The row that stands for what the service has to be able to do."""

# Where public keys come from.
_SOURCES: Final = ("public_keys", "jwks_url", "jwks_service")
_NAME: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$.-]*")


def explain(fault: Fault, reading: Reading) -> Diagnosis:
    """Explain a fault."""
    entry = reading.row_of(fault.variable)
    plain = Symptom(fault.code, fault.variable)
    if entry is None:
        return Diagnosis(fault.variable, [plain])
    found = _form_symptoms(fault, entry, reading)
    if found:
        return Diagnosis(entry.name, found)
    if fault.code == "config_missing":
        return _missing(entry, reading)
    is_conflict = fault.code == "config_conflict"
    symptoms = _conflict(entry, reading) if is_conflict else _value_symptoms(fault, entry, reading)
    return Diagnosis(entry.name, symptoms or [plain])


def _form_symptoms(fault: Fault, entry: Entry, reading: Reading) -> list[Symptom]:
    """What is wrong before there is a value: nothing, two of them, a twin or a path that leads nowhere, commas."""
    if reading.env.get(fault.variable) == "":
        return [Symptom("empty", fault.variable)]
    if len(entry.forms) > 1:
        return [Symptom("value_twice", other, {"other": entry.forms[0]}) for other in entry.forms[1:]]
    if entry.supplier == entry.path and fault.code == "config_invalid":
        return file_symptoms(entry.raw or "", entry.supplier, reading.world)
    of_bindings = _binding_symptoms(entry, reading) if entry.supplier == entry.twin else []
    if entry.kind == "list" and fault.code == "config_invalid":
        # One item that is missing does not make the others right.
        found = _list_symptoms(entry.raw or "", entry.supplier)
        if found:
            return [*found, *of_bindings, *_item_symptoms(entry, reading)]
    return of_bindings


def _list_symptoms(raw: str, variable: str) -> list[Symptom]:
    items = items_of(raw)
    filled = [item for item in items if item]
    found = {"list_empty_item": len(filled) < len(items), "list_repeated": len(set(filled)) < len(filled)}
    return [Symptom(code, variable) for code, is_there in found.items() if is_there]


def _item_symptoms(entry: Entry, reading: Reading) -> list[Symptom]:
    """What is wrong with the items of a list, one by one."""
    if entry.option == "accept":
        return accept_symptoms(reading)
    if entry.option == "accept_secrets":
        return [*entry_symptoms(entry), *secret_symptoms(entry, reading)]
    return pin_symptoms(entry) if entry.option == "allowed_thumbprints" else []


def _binding_symptoms(entry: Entry, reading: Reading) -> list[Symptom]:
    """A twin's names: what is no name is a value in the wrong place."""
    raw = entry.raw or ""
    names = items_of(raw) if entry.kind == "list" else [raw]
    symptoms = []
    for place, name in enumerate(names, 1):
        values = {"entry": f" (entry {place})" if len(names) > 1 else "", "other": entry.name}
        if name in reading.env:
            code = None if reading.env[name] else "binding_empty"
        else:
            is_name = _NAME.fullmatch(name) and not looks_secret(name)
            code = "binding_missing" if is_name else "binding_is_value"
        if name and code is not None:
            symptoms.append(Symptom(code, entry.supplier, values))
    return symptoms


def _value_symptoms(fault: Fault, entry: Entry, reading: Reading) -> list[Symptom]:
    """What is wrong with a value on its own."""
    if fault.code == "runtime_unsupported":
        return [Symptom("service_unsupported", entry.supplier)] if entry.option == "jwks_service" else []
    if entry.kind == "number":
        return number_symptoms(entry, reading)
    if entry.option == "profile":
        return profile_symptoms(reading)
    if entry.option == "secret":
        return secret_symptoms(entry, reading)
    if entry.option in {"private_key", "public_keys"}:
        return [] if fault.code == "key_weak" else jwk_symptoms(entry, reading)
    return url_symptoms(entry) if entry.option == "jwks_url" else _item_symptoms(entry, reading)


def _conflict(entry: Entry, reading: Reading) -> list[Symptom]:
    """Two settings contradict each other."""
    if entry.option in {"profile", "accept"}:
        return [Symptom(f"{entry.option}_missing", entry.name)]
    if entry.option == "kid":
        return [Symptom("kid_differs" if _is_other_kid(reading) else "kid_without_key", entry.name)]
    others = [source for source in _SOURCES if source != entry.option and reading.has(source)]
    return [Symptom("sources_conflict", entry.supplier, {"other": reading.of(other).supplier}) for other in others[:1]]


def _is_other_kid(reading: Reading) -> bool:
    profile = reading.of("profile").text or ("HS512" if reading.has("secret") else "EdDSA")
    own = kid_of_private_key(reading)
    return profile == "EdDSA" and own is not None and own != reading.of("kid").text


def _missing(entry: Entry, reading: Reading) -> Diagnosis:
    """Something is needed and is not there: the kit names what would be set, here it is said why."""
    if entry.option in {"issuer", "audience"}:
        return Diagnosis(entry.name, [Symptom(f"{entry.option}_missing", entry.name)])
    has_secrets = reading.has("secret") or reading.has("accept_secrets")
    has_public = reading.has("private_key") or any(map(reading.has, _SOURCES))
    profile = reading.of("profile").text
    listed = listed_algorithms(reading)
    if not has_secrets and not has_public:
        is_public = profile == "EdDSA" or (bool(listed) and HS512 not in listed)
        target = "JWT_PRIVATE_JWK" if is_public else "JWT_SECRET"
        return Diagnosis(target, [Symptom("no_key", target, {"line": LINES["private" if is_public else "secret"]})])
    if profile is not None and not (has_secrets if profile == "HS512" else has_public):
        values = {"alg": profile, "line": LINES["secret" if profile == "HS512" else "private"]}
        return Diagnosis("JWT_PROFILE", [Symptom("profile_without_key", "JWT_PROFILE", values)])
    unserved = [algorithm for algorithm in listed if not _serves(reading, algorithm, has_secrets=has_secrets)]
    if unserved:
        line = LINES["secret" if HS512 in unserved else "keys"]
        values = {"alg": ",".join(algorithm.name for algorithm in unserved), "line": line}
        return Diagnosis("JWT_ACCEPT", [Symptom("accept_without_key", "JWT_ACCEPT", values)])
    return Diagnosis(ROLE, [Symptom("producer_without_key", entry.name)])


def _serves(reading: Reading, algorithm: Algorithm, *, has_secrets: bool) -> bool:
    if algorithm is HS512:
        return has_secrets
    if algorithm is EDDSA and reading.has("private_key"):
        return True
    if reading.has("jwks_url") or reading.has("jwks_service"):
        return True
    text = reading.of("public_keys").text
    return text is not None and (is_set(text) or fits(text, algorithm))
