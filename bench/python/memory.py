"""memory.py MATERIAL.json: bytes that the cache of the kit keeps for each token that it has seen, as a line of JSON."""

import gc
import json
import sys
import tracemalloc
from pathlib import Path

from candidates import kit, pyjwt

TOKENS = 1000


def bytes_each(material: dict) -> int:
    sign = pyjwt.sign(material, "hs512")
    tokens = [sign(material["claims"]["0.5"]).encode() for _ in range(TOKENS)]
    verify = kit.verify(material, "hs512", is_cached=True)
    verify(tokens[0].decode())
    tracemalloc.start()
    for token in tokens:
        verify(token.decode())
    gc.collect()
    return round(tracemalloc.get_traced_memory()[0] / TOKENS)


material = json.loads(Path(sys.argv[1]).read_text())
print(json.dumps({"kit": None if kit.CACHE is None else bytes_each(material)}))
