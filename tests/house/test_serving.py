"""How do.py keeps the two processes of ``serve``: they start together and end together."""

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from house import serving


class Page(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(302)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


def child(code: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", code])


def test_exit_code_of_the_child_that_ends_first_is_given_and_the_other_ended() -> None:
    children = [child("import time; time.sleep(60)"), child("raise SystemExit(7)")]

    code = serving.watch(children, "127.0.0.1", 1, [])
    serving.end(children)

    assert code == 7
    assert children[0].poll() is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without signals")
def test_killed_child_is_told_as_shells_tell_it() -> None:
    killed = child("import time; time.sleep(60)")
    killed.kill()
    killed.wait()

    assert serving.watch([killed], "127.0.0.1", 1, []) == 128 + 9


def test_signal_ends_the_watch_without_an_error() -> None:
    waiting = child("import time; time.sleep(60)")

    assert serving.watch([waiting], "127.0.0.1", 1, [15]) == 0

    serving.end([waiting])


@pytest.mark.enable_socket
def test_address_is_printed_once_a_page_answers(capsys: pytest.CaptureFixture[str]) -> None:
    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_port
    short = child("import time; time.sleep(0.5)")

    serving.watch([short], "127.0.0.1", port, [])
    server.shutdown()
    server.server_close()

    assert capsys.readouterr().out == f"Побратим: http://127.0.0.1:{port}/\n"
