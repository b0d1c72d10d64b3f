"""The consumer in Python: verifies what it is told to, and tells what came of it, what it fetched and what it keeps."""

from __future__ import annotations

import gc
import json
import sys

from faces import Loop, Threads
from told import FastClock, Told


def main() -> None:
    """Read lines until there are no more."""
    setting = json.loads(sys.stdin.readline())
    told = Told(FastClock(setting["epoch"], setting["started"], setting["speed"]))
    faces = {face.name: face for face in (Threads(setting, told), Loop(setting, told))}
    told.beat()
    told.say({"ready": True})
    for line in sys.stdin:
        message = json.loads(line)
        for task in message.get("tasks", ()):
            faces[task[1]].take(tuple(task))
        if "measure" in message:
            gc.collect()
            # Of the interpreter, whatever their size: exact, and it costs nothing while nobody asks.
            told.say({"memory": {"python": sys.getallocatedblocks()}})


if __name__ == "__main__":
    main()
