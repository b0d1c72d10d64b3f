"""What stands around a configuration: where its values come from, who can read them, what else is said there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kit_jwt.command.variables import Variables, is_open
from kit_jwt.command.world import World
from kit_jwt.config.variables import VARIABLES

from .files import is_tracked
from .findings import Symptom
from .reading import Reading, items_of, names_of
from .texts import VARIABLE_TEXTS
from .urls import is_loopback

_PLACEHOLDER: Final = "https://issuer.example"


def _is_production(variables: Variables) -> bool:
    """Whether the environment says that this is production."""
    return variables.values.get("NODE_ENV") == "production"


def _bound(variables: Variables, twin: str | None) -> Sequence[str]:
    """The variables that a twin points to."""
    return items_of(variables.values.get(twin, "")) if twin is not None else []


def _secrets_of_file(variables: Variables) -> list[str]:
    """Every variable whose value must be kept from view, and that the file sets."""
    rows = [row for row in VARIABLES if VARIABLE_TEXTS[row.name].secret]
    names = [name for row in rows for name in (row.name, *_bound(variables, row.named))]
    return [name for name in names if variables.of_file.get(name)]


def around_it(variables: Variables, reading: Reading, world: World) -> list[Symptom]:
    """What is seen around a configuration."""
    symptoms = [*_of_file(variables, world), *_in_both(variables)]
    if variables.values.get("DEV_AUTH_OPEN"):
        symptoms.append(Symptom("dev_auth_open", "DEV_AUTH_OPEN"))
    if _is_production(variables):
        symptoms.extend(_in_production(reading))
    return symptoms


def _of_file(variables: Variables, world: World) -> list[Symptom]:
    file = variables.file
    if file is None or not _secrets_of_file(variables):
        return []
    found = {
        "dotenv_mode": is_open(file, world),
        "dotenv_not_ignored": is_tracked(file, world),
        "production_dotenv": _is_production(variables),
    }
    return [Symptom(code, None) for code, is_there in found.items() if is_there]


def _in_both(variables: Variables) -> list[Symptom]:
    names = [name for row in VARIABLES for name in (*names_of(row), *_bound(variables, row.named))]
    of_process, of_file = variables.of_process, variables.of_file
    both = [name for name in names if name in of_process and name in of_file]
    return [Symptom("variable_in_both", name) for name in both if of_process[name] != of_file[name]]


def _in_production(reading: Reading) -> list[Symptom]:
    issuer, url = reading.of("issuer"), reading.of("jwks_url")
    found = [Symptom("issuer_placeholder", issuer.supplier)] if issuer.text == _PLACEHOLDER else []
    return [*found, Symptom("url_loopback", url.supplier)] if is_loopback(url.text or "") else found
