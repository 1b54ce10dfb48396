"""A library in a process of its own, which may fail, hang or be killed alone."""

import json
import os
import select
import subprocess
import sys
import tempfile
import time


class Failure(Exception):
    """Why there is no figure, as a sentence."""


class TimeIsOver(Failure):
    """There is no figure because there was no time for it."""


class WorkerProcess:
    """`cuda_worker.py` with one library. What fails there is a `Failure` here; the next request starts it anew."""

    def __init__(self, title, library, platform):
        self.title, self.library, self.platform = title, library, platform
        self.process = None
        self.start()

    def start(self):
        # Otherwise JAX takes three quarters of the device's memory, which the others need.
        environment = dict(os.environ, XLA_PYTHON_CLIENT_PREALLOCATE="false")
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cuda_worker.py")
        self.errors = tempfile.TemporaryFile()
        self.rest = b""
        self.process = subprocess.Popen([sys.executable, program, self.library, self.platform], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.errors, env=environment)

    def begin(self, limit):
        """What the library tells of itself once it is loaded."""
        answer = self.answer(limit)
        if "missing" in answer:
            raise Failure(answer["missing"])
        return answer["ready"]

    def ask(self, request, limit):
        """The answer to a request, within `limit` seconds."""
        start = time.monotonic()
        if self.process is None:
            self.start()
            self.begin(limit)
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
        except OSError:
            pass  # `answer` finds out why
        answer = self.answer(limit - (time.monotonic() - start))
        if "error" in answer:
            raise Failure(answer["error"])
        return answer

    def answer(self, limit):
        end = time.monotonic() + limit
        output = self.process.stdout.fileno()
        while b"\n" not in self.rest:
            readable, _, _ = select.select([output], [], [], max(0, end - time.monotonic()))
            if not readable:
                self.end()
                raise TimeIsOver(f"{self.title} took longer than {limit:.0f} s")
            read = os.read(output, 1 << 16)
            if not read:
                self.errors.seek(0)
                lines = self.errors.read().decode(errors="replace").strip().splitlines() or ["no message"]
                code = self.process.wait()
                self.end()
                raise Failure(f"{self.title} ended with code {code}: {lines[-1]}"[:300])
            self.rest += read
        line, self.rest = self.rest.split(b"\n", 1)
        return json.loads(line.decode())

    def forget(self):
        """Lets go of a network's memory on the device."""
        if self.process is not None:
            try:
                self.ask({"do": "forget"}, 10)
            except Failure:
                pass

    def end(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
            self.errors.close()
