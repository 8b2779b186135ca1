"""What a test asks of graphmock itself, and no SDK knows: the control plane, for one tenant."""
import json
import urllib.request

from connect import SERVER


class Tenant:
    """One per test: it comes into being with its first request."""

    def __init__(self, name):
        self.name = name

    def activate(self, scenario):
        self._call("PUT", f"scenarios/{scenario}")

    def count(self, method, path):
        """How many such requests have arrived, whatever became of them."""
        return self._call("POST", "requests/count", {"method": method, "path": path})["count"]

    def token(self, **wishes):
        return self._call("POST", "tokens", wishes)["access_token"]

    def drop(self):
        self._call("DELETE", f"tenants/{self.name}")

    def _call(self, method, path, body=None):
        request = urllib.request.Request(
            f"{SERVER}/__admin/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "X-Mock-Tenant": self.name},
        )
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")
