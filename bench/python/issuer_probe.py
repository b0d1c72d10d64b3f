"""Runs a server, and tells whoever started it what it used of the processor, and what it keeps.

issuer_probe.py PROGRAM [ARGUMENT ...], where the program is a file, or a module. A line on standard input asks; the
answer goes to the descriptor that PROBE names.
"""

import gc
import os
import runpy
import sys
import threading
import time


def answer() -> None:
    told = os.fdopen(int(os.environ["PROBE"]), "w")
    for line in sys.stdin:
        if line.strip() == "seconds":
            print(time.process_time(), file=told, flush=True)
        else:
            gc.collect()
            print(sys.getallocatedblocks(), file=told, flush=True)


if hasattr(os, "sched_setaffinity"):
    # Threads that take turns on one core are what is asked for: on several they fight for the interpreter.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
threading.Thread(target=answer, daemon=True).start()
sys.argv = sys.argv[1:]
if sys.argv[0].endswith(".py"):
    runpy.run_path(sys.argv[0], run_name="__main__")
else:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
