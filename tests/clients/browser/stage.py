"""What the tests stand on: graphmock, a server of somebody who means harm, and a browser.

The browser reaches graphmock through a Door, which passes on what it gets and remembers it, so that
a test sees what came of each request to the control plane. A door can leave one of graphmock's
protections out, which shows that it is the protection that keeps a page from its aim.
"""
import http.client
import http.server
import json
import os
import pathlib
import subprocess
import tempfile
import threading
import urllib.request

LONGEST = 120  # seconds, until something is there that a test waits for
HERE = pathlib.Path(__file__).resolve().parent
CANARY = "canary-of-the-control-plane"
FRAMING = {"content-length", "connection", "keep-alive", "transfer-encoding"}
POLICIES = {"content-security-policy", "x-content-type-options", "referrer-policy"}


class Graphmock:
    """A server as a user starts it, with things in its control plane that a page might spoil."""

    def __init__(self):
        self.process = subprocess.Popen([os.environ["GRAPHMOCK_PROGRAM"], "--port", "0", "--port-file", "/dev/stdout"],
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.process.stdout.readline()  # where it listens

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()

    def ask(self, method, path, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    def begin(self):
        """All as a test finds it."""
        self.ask("POST", "/__admin/reset?tenant=*")
        self.ask("PATCH", "/v1.0/me", b'{"jobTitle": "not reset"}')
        self.ask("PUT", "/__admin/clock", b'{"now": "2026-01-31T12:00:00Z", "frozen": true}')
        self.ask("PUT", f"/__admin/snapshots/{CANARY}")
        self.ask("PUT", f"/__admin/scenarios/{CANARY}",
                 b'{"rules": [{"request": {"path": "/nothing"}, "response": {"status": 500}}]}')

    def state(self):
        """All that the control plane tells, but for who asked what."""
        return {path: self.ask("GET", f"/__admin/{path}")
                for path in ("state", "scenarios", "clock", "snapshots", "snapshots/" + CANARY)}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handler):
        super().__init__(("127.0.0.1", 0), handler)
        self.port = self.server_address[1]
        self.thread = threading.Thread(target=self.serve_forever)
        self.thread.start()

    def handle_error(self, *_):
        """A browser that is told to go breaks off."""

    def close(self):
        self.shutdown()
        self.server_close()
        self.thread.join()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(self, status, headers, body):
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Attacker(Server):
    """Serves the pages beside this file, which tell by /report what they came to."""

    def __init__(self):
        self.reported = threading.Event()
        self.report = None
        super().__init__(AttackerHandler)

    def wait(self):
        if not self.reported.wait(LONGEST):
            raise AssertionError("the page came to no end")
        return self.report


class AttackerHandler(Handler):
    def do_GET(self):
        file = HERE / self.path.split("?")[0].lstrip("/")
        if file.parent != HERE or file.suffix not in (".html", ".js") or not file.exists():
            return self.answer(404, [], b"")
        kind = "text/html" if file.suffix == ".html" else "text/javascript"
        self.answer(200, [("Content-Type", kind), ("Cache-Control", "no-store")], file.read_bytes())

    def do_POST(self):
        body = self.body()
        self.answer(200, [], b"")
        if self.path == "/report":
            self.server.report = json.loads(body)
            self.server.reported.set()


class Door(Server):
    """The way to graphmock: `seen` has the requests to the control plane, with what they came to."""

    def __init__(self, graphmock, without=None, first=None):
        self.graphmock, self.without, self.first = graphmock, without, first
        self.seen, self.changed = [], threading.Condition()
        super().__init__(DoorHandler)

    def wait_for(self, method, path):
        """The status of the first such request."""
        def status():
            return next((one[2] for one in self.seen if one[:2] == (method, path)), None)
        with self.changed:
            if not self.changed.wait_for(status, LONGEST):
                raise AssertionError(f"no {method} {path} came: {self.seen}")
            return status()


class DoorHandler(Handler):
    def serve(self):
        body = self.body()
        door = self.server
        if door.first and self.path == "/":  # what a name leads to before it is bound anew
            return self.answer(200, [("Content-Type", "text/html")], door.first.encode())
        dropped = {"origin": "origin", "site": "sec-fetch-site"}.get(door.without)
        connection = http.client.HTTPConnection("127.0.0.1", door.graphmock.port, timeout=30)
        connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() == dropped:
                continue
            if name.lower() == "host" and door.without == "host":
                value = value.replace("rebound.example", "localhost")
            if name.lower() == "origin" and door.without == "host":
                value = value.replace("rebound.example", "localhost")
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        text = answer.read()
        left_out = FRAMING | (POLICIES if door.without == "policy" else set())
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in left_out]
        connection.close()
        self.answer(answer.status, headers, text)
        if "/__admin" in self.path:
            with door.changed:
                door.seen.append((self.command, self.path, answer.status))
                door.changed.notify_all()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = serve


class Browser:
    """A browser that nobody has used before, and that finds nothing but this machine."""

    def __init__(self, url, *more):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.log = open(pathlib.Path(self.folder.name) / "log", "w+")
        self.process = subprocess.Popen(
            [os.environ["BROWSER_PROGRAM"], "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
             "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--disable-default-apps", "--no-proxy-server",
             "--disable-popup-blocking", f"--user-data-dir={self.folder.name}/profile",
             # What the browser itself keeps from local addresses must not hide what graphmock does.
             "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,OptimizationHints",
             "--host-resolver-rules=MAP attacker.example 127.0.0.1, MAP rebound.example 127.0.0.1, "
             "MAP localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", *more, url],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()
        self.folder.cleanup()

    @staticmethod
    def document(url):
        """What a page looks like when it has been loaded, and its scripts have run."""
        with Browser(url, "--dump-dom") as browser:
            return browser.process.communicate(timeout=LONGEST)[0]
