"""Times the candidates of this process against each other, as `hosts/local.mjs` does.

race.py JOB.json     { material, candidates, operations, plan }: the first is a path; no `operations`: names them all

With `modes` only those, and with `clock` "cpu" the time is the processor's, not the wall's.
"""

from __future__ import annotations

import gc
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from types import ModuleType
from typing import Any

from operations import open_operation, operation_names
from rounds import AT_ONCE, MODES, Plan, Runner, race, stopwatch


def awaits(candidate: ModuleType) -> bool:
    return getattr(candidate, "IS_AWAITABLE", False)


def _tell(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)


def main() -> None:
    job = json.loads(Path(sys.argv[1]).read_text())
    material = json.loads(Path(job["material"]).read_text())
    candidates = [import_module(f"candidates.{name}") for name in job["candidates"]]
    if "operations" not in job:
        _tell({"operations": operation_names(candidates, material)})
        return
    # Whoever is not judged: the library that most people know, or the floor where there is no other.
    referee = next((one for one in candidates if one.NAME == "pyjwt"), candidates[-1])
    clock = process_time if job.get("clock") == "cpu" else perf_counter
    gc.freeze()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for operation in job["operations"]:
            given = job["plan"]
            # No compiler has to be waited for.
            plan = Plan(rounds=given["rounds"][operation], slice=given["slice"], warmup=given["warmup"])
            ready, refused = open_operation(operation, candidates, material, referee)
            for one in refused:
                _tell({"refused": one})
            for mode in job.get("modes", MODES):
                runners = [
                    Runner(
                        candidate.NAME, stopwatch(opened.run, mode, pool, is_awaitable=awaits(candidate), clock=clock)
                    )
                    for candidate, opened in ready
                ]
                if runners:
                    _tell({"operation": operation, "mode": mode, "seconds": race(runners, mode, plan)})


if __name__ == "__main__":
    main()
