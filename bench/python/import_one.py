"""import_one.py import MODULE | import_one.py import.ready CANDIDATE MATERIAL.json."""

import json
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter

# What is used here anyway is loaded before the clock runs, for all alike: `json`, `pathlib`, `re`, `functools`.
operation, what, path = sys.argv[1:]
material = json.loads(Path(path).read_text()) if operation == "import.ready" else None
began = perf_counter()
if material is None:
    import_module(what)
else:
    candidate = import_module(f"candidates.{what}")
    candidate.verify(material, "hs512")(material["tokens"]["hs512"]["0.5"][0])
print(json.dumps({"seconds": perf_counter() - began}))
