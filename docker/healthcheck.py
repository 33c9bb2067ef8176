"""`healthcheck.py PORT`: end with 0 if the web server of this container answers /healthz."""

from __future__ import annotations

import http.client
import os
import sys
from urllib.parse import urlsplit

connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=4)
# The host of SITE_URL: others are refused (ALLOWED_HOSTS).
host = urlsplit(os.environ["SITE_URL"]).netloc
connection.request("GET", "/healthz", headers={"Host": host})
sys.exit(connection.getresponse().status != http.HTTPStatus.OK)
