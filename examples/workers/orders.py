"""The orders service again, in Python and elsewhere: it fetches the gateway's keys from `JWT_JWKS_URL`.

usage: python orders.py TOKEN
"""

import json
import sys

from kit_jwt import TokenError, check_auth, policy

FOR_A_USER = policy().need_all("orders:read").actor("gateway")

try:
    user = check_auth(sys.argv[1], FOR_A_USER)
except TokenError as error:
    print(json.dumps({"status": error.status, "code": error.code}))
else:
    print(json.dumps({"subject": user.subject, "actor": user.actors[0]["sub"]}))
