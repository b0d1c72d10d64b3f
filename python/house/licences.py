"""Print the licence of each installed distribution as JSON, by its normalised name."""

import json
import re
import sys
from importlib.metadata import PackageMetadata, distributions

TEXTS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",  # of three clauses in each package that says so here; all were read
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def licence_of(metadata: PackageMetadata) -> str:
    """The SPDX expression, or what older metadata says in its place."""
    if "License-Expression" in metadata:
        return str(metadata["License-Expression"])
    classifiers = [str(one) for one in metadata.get_all("Classifier") or []]
    named = [one.rsplit(" :: ", 1)[-1] for one in classifiers if one.startswith("License :: ")]
    text = str(metadata["License"]) if "License" in metadata else ""
    given = text if 0 < len(text) <= max(map(len, TEXTS)) else (named or ["none"])[0]
    return TEXTS.get(given, given)


licences = {re.sub(r"[-_.]+", "-", one.name).lower(): licence_of(one.metadata) for one in distributions()}
json.dump(licences, sys.stdout, indent=2, sort_keys=True)
