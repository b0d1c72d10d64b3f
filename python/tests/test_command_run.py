"""What no scenario can say: files that come and go, and errors that nobody foresaw."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

from kit_jwt.command.main import run
from kit_jwt.command.world import FileFaultError, FileReason
from tests.command_world import VERSION, ScenarioWorld


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("exists", "'private.jwk.json' is there already, and a key is never replaced: name another folder with --out"),
        ("denied", "cannot write 'private.jwk.json': permission denied"),
    ],
)
def test_a_file_that_cannot_be_written_after_all(reason: FileReason, sentence: str) -> None:
    class Late(ScenarioWorld):
        def write_new(self, *_: object) -> NoReturn:
            raise FileFaultError(reason)

    world = Late({"argv": []})
    status = run(["keygen"], world, VERSION)
    expected = {"exit": 2, "stdout": "", "stderr": f"kit-jwt keygen: {sentence}.\n", "written": {}}
    assert world.outcome(status) == expected


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("entropy", ["secret"]),
        ("read_input", ["inspect"]),
        ("list", ["keygen"]),
        ("make_folder", ["keygen"]),
        ("write_new", ["keygen"]),
        ("read_file", ["inspect", "k"]),
    ],
)
def test_an_error_that_nobody_foresaw_is_told_without_its_message(
    name: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> NoReturn:
        message = "d=nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
        raise RuntimeError(message)

    world = ScenarioWorld({"argv": []})
    monkeypatch.setattr(world, name, fail)
    status = run([*words, "--json"], world, VERSION)
    stdout = '{"error":{"code":"internal","message":"unexpected"}}\n'
    assert world.outcome(status) == {"exit": 2, "stdout": stdout, "stderr": "", "written": {}}
