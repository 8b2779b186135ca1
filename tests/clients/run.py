#!/usr/bin/env python3
"""Runs the suites of real clients, each against a server of its own.

A suite is a folder with a script `run`, which installs from its lock file what it needs into
$GRAPHMOCK_BUILD and ends with 0, with 1 where a test failed, or with 77 where its language or its
registry is not there. The server speaks HTTPS and asks for tokens, as the real service does; a suite
that wants another one starts $GRAPHMOCK_PROGRAM.
"""
import argparse
import concurrent.futures
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
LONGEST = 900  # seconds, of one suite


class Server:
    def __init__(self, program, folder):
        self.ca = folder / "ca.pem"
        port_file = folder / "port"
        self.log = open(folder / "log", "wb")
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0", "--tls", "--tls-port", "0", "--tls-dir", folder,
             "--tls-port-file", port_file, "--auth", "required"],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        for _ in range(2):  # it tells of both ports when it is ready
            if not self.process.stdout.readline():
                sys.exit("the server did not start: " + (folder / "log").read_text())
        self.url = f"https://localhost:{port_file.read_text().strip()}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self.log.close()


def run_suite(suite, options):
    build = options.build / suite
    build.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Server(options.program, pathlib.Path(folder)) as server:
        environment = {**os.environ, "GRAPHMOCK_URL": server.url, "GRAPHMOCK_CA": str(server.ca),
                       "GRAPHMOCK_BUILD": str(build.resolve()),
                       "GRAPHMOCK_PROGRAM": str(pathlib.Path(options.program).resolve())}
        done = subprocess.run([HERE / suite / "run"], env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace", timeout=LONGEST)
    return done.returncode, done.stdout, time.monotonic() - began


def main():
    suites = sorted(path.parent.name for path in HERE.glob("*/run"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="the server's")
    parser.add_argument("build", type=pathlib.Path, help="the folder to install and build in")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help="some of " + " ".join(suites))
    options = parser.parse_args()
    unknown = set(options.suites) - set(suites)
    if unknown:
        parser.error(f"no such suite: {' '.join(sorted(unknown))}")
    words = {0: "passed", SKIPPED: "skipped"}
    failed = []
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        running = {}
        for suite in options.suites or suites:
            running[pool.submit(run_suite, suite, options)] = suite
        for one in concurrent.futures.as_completed(running):
            suite = running[one]
            code, output, seconds = one.result()
            print(f"=== {suite}: {words.get(code, 'FAILED')} ({seconds:.0f} s)\n{output.strip()}\n", flush=True)
            if code not in words:
                failed.append(suite)
    print("clients: " + (f"failed: {' '.join(sorted(failed))}" if failed else "none failed"))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
