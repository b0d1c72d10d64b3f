"""What the kit says of an environment, fault by fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kit_jwt.command.environment import key_file_reader
from kit_jwt.command.world import World
from kit_jwt.config.describe import Description
from kit_jwt.config.environment import config_from_environment
from kit_jwt.config.resolve import Role
from kit_jwt.errors import ConfigError
from kit_jwt.kit import Kit

from .explain import ROLE, Fault, explain
from .findings import Symptom
from .reading import Reading
from .stand_ins import neutralised

# Every fault of one kind in each variable would be fewer.
_MOST_FAULTS: Final = 64
# A fault that comes back although its variable was set right is the shadow of another one.
_MOST_ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the kit says of an environment.

    Attributes:
        symptoms: of all its faults.
        kit: what it would be; None where it cannot be made.
    """

    symptoms: Sequence[Symptom]
    kit: Description | None


def judge(env: Mapping[str, str], world: World, role: Role | None) -> Judgement:
    """Ask the kit for its first fault, put something right in the place of what is wrong, and ask again.

    That goes on until there is no fault left. So all that it tells is its own judgement, in its own order.
    """
    symptoms: list[Symptom] = []
    attempts: dict[str, int] = {}
    current, wanted = env, role
    for faults in range(_MOST_FAULTS):
        answer = _ask(current, world, wanted)
        if not isinstance(answer, Fault):
            return Judgement(symptoms, answer if faults == 0 else None)
        reading = Reading(current, world)
        found = explain(answer, reading)
        attempt = attempts.get(found.target, 0)
        # What is told of a variable that was set right is a consequence, and would lead astray.
        if attempt == 0:
            symptoms.extend(found.symptoms)
        if attempt == _MOST_ATTEMPTS:
            break
        # One of two forms was left out: what the other holds was not judged yet.
        if not any(symptom.code == "value_twice" for symptom in found.symptoms):
            attempts[found.target] = attempt + 1
        if found.target == ROLE:
            wanted = None
        current = neutralised(current, found.target, reading)
    return Judgement(symptoms, None)


def _ask(env: Mapping[str, str], world: World, role: Role | None) -> Fault | Description:
    try:
        config = config_from_environment(env, read_file=key_file_reader(world), role=role)
        return Kit(**config).describe()
    except ConfigError as error:
        return Fault(error.code, error.variable or "")
