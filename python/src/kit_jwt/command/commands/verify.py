"""`kit-jwt verify`: the claims of a token that the environment's kit accepts."""

from __future__ import annotations

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.environment import with_kit
from kit_jwt.command.failure import OK
from kit_jwt.command.inputs import read_token
from kit_jwt.command.output import Output
from kit_jwt.command.pretty import pretty_json
from kit_jwt.command.world import World
from kit_jwt.kit import Kit


def verify(given: Arguments, _world: World, output: Output) -> int:
    """Verify a token."""

    def work(kit: Kit) -> int:
        claims = kit.verify(read_token(output, given.operands[0] if given.operands else None))
        output.result({"claims": claims, "valid": True}, f"{pretty_json(claims)}\n")
        return OK

    return with_kit(given, output, work)
