"""Times the candidates of this process against each other, as `hosts/local.mjs` does.

race.py JOB.json     { material, candidates, operations, plan }: the first is a path; no `operations`: names them all
"""

from __future__ import annotations

import gc
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

from operations import open_operation, operation_names
from rounds import AT_ONCE, MODES, Plan, Runner, race, stopwatch


def _tell(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)


def main() -> None:
    job = json.loads(Path(sys.argv[1]).read_text())
    material = json.loads(Path(job["material"]).read_text())
    candidates = [import_module(f"candidates.{name}") for name in job["candidates"]]
    if "operations" not in job:
        _tell({"operations": operation_names(candidates, material)})
        return
    referee = next(candidate for candidate in candidates if candidate.NAME == "pyjwt")
    gc.freeze()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for operation in job["operations"]:
            plan = Plan(**{**job["plan"], "rounds": job["plan"]["rounds"][operation]})
            ready, refused = open_operation(operation, candidates, material, referee)
            for one in refused:
                _tell({"refused": one})
            for mode in MODES:
                runners = [
                    Runner(
                        candidate.NAME,
                        stopwatch(opened.run, mode, pool, is_awaitable=getattr(candidate, "IS_AWAITABLE", False)),
                    )
                    for candidate, opened in ready
                ]
                if runners:
                    _tell({"operation": operation, "mode": mode, "seconds": race(runners, mode, plan)})


if __name__ == "__main__":
    main()
