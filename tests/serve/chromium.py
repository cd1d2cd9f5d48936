"""A real browser, spoken to through a pipe (Chrome DevTools Protocol); no further package."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("google-chrome") or ""
PATIENCE = 60.0  # seconds: a busy machine is no fault of the code
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--mute-audio",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
]


class Chromium:
    """One browser process; ``tab`` opens pages."""

    def __init__(self, profile: Path) -> None:
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()

        def arrange() -> None:
            # Through free numbers, since each pipe may have the number that the other shall get.
            ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 5) for end in (to_read, to_write)]
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self.process = subprocess.Popen(
            [PROGRAM, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=arrange,  # noqa: PLW1509 - the browser wants its pipes as 3 and 4
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._number = 0
        self._rest = b""
        self.events: list[dict[str, Any]] = []

    def send(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next(PATIENCE)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def _next(self, seconds: float) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while b"\0" not in self._rest:
            if not select.select([self._read], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError
            part = os.read(self._read, 1 << 20)
            if not part:
                raise EOFError
            self._rest += part
        one, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(one)
        return message

    def wait_event(self, method: str, session: str, seconds: float = PATIENCE) -> dict[str, Any]:
        """Take the next event of a kind, those that came meanwhile included."""
        end = time.monotonic() + seconds
        while True:
            for event in self.events:
                if event.get("method") == method and event.get("sessionId") == session:
                    self.events.remove(event)
                    found: dict[str, Any] = event["params"]
                    return found
            self.events.append(self._next(end - time.monotonic()))

    def tab(self, url: str) -> Tab:
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session)
        self.send("Page.enable", session)
        self.send("Runtime.enable", session)
        tab.go(url)
        return tab

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._read)
        os.close(self._write)


class Tab:
    """A page in a browser."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self.browser, self.session = browser, session

    def go(self, url: str) -> None:
        self.browser.send("Page.navigate", self.session, url=url)
        self.until("document.readyState === 'complete'")

    def run(self, code: str) -> Any:
        """Evaluate JavaScript; promises are awaited."""
        answer = self.browser.send(
            "Runtime.evaluate",
            self.session,
            expression=code,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in answer:
            return None
        return answer["result"].get("value")

    def until(self, code: str, seconds: float = PATIENCE) -> float:
        """Wait until an expression is true; give the seconds it took."""
        start = time.monotonic()
        while True:
            try:
                if self.run(code):
                    return time.monotonic() - start
            except RuntimeError:  # the page is just being replaced
                pass
            assert time.monotonic() - start < seconds, code
            time.sleep(0.004)
