"""A fake language-model endpoint on the loopback: a real HTTP server whose answers, and faults, a test scripts."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-secret-4711"
Reply = Callable[["Handler"], None]

ASKED = {
    "村党组织书记": [
        ("villager", "出了大事我们这儿哪个说了算"),
        ("villager", "一年要喊我们练几回往外跑"),
        ("cadre", "演练一年搞几次 哪个牵头"),
        ("trainer", "第一责任人由谁担任？"),
    ],
    "汛期每天": [
        ("villager", "下大雨那阵有没有人天天来瞧后山"),
        ("villager", "听见敲锣是啥意思"),
        ("cadre", "网格员多久查一回"),
        ("trainer", "发现险情后应当怎样示警？"),
    ],
    "镇值班电话": [
        ("villager", "老歪树吱嘎响我先跟哪个讲"),
        ("villager", "半夜出事打哪个号码"),
        ("cadre", "报信先后顺序是怎样"),
        ("trainer", "报告险情的两个对象分别是谁？"),
    ],
}
"""What a good model asks for the three clauses of small_corpus.VILLAGE, by words of the clause."""


def questions(pairs: Sequence[tuple[str, str]]) -> str:
    """Return an answer as the instruction demands it."""
    return json.dumps({"questions": [{"asker": a, "question": q} for a, q in pairs]}, ensure_ascii=False)


def completion(text: object, *, total: object = 700, finish: str = "stop", **message: object) -> bytes:
    """Return a chat completion; total None leaves the usage out."""
    body: dict[str, Any] = {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "fake",
        "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text} | message}],
    }
    if total is not None:
        body["usage"] = {"prompt_tokens": 400, "completion_tokens": 300, "total_tokens": total}
    return json.dumps(body, ensure_ascii=False).encode()


class Handler(BaseHTTPRequestHandler):
    """One request: remembered, then answered by the next reply of the script."""

    protocol_version = "HTTP/1.1"
    endpoint: "FakeEndpoint"
    body: dict[str, Any]

    def do_POST(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.endpoint.requests.append(self.body)
        self.endpoint.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.endpoint.paths.append(self.path)
        reply = self.endpoint.script.pop(0) if self.endpoint.script else self.endpoint.otherwise
        try:
            reply(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client has given up, as it should

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name that the server calls it by)
        """Say nothing."""

    @property
    def matter(self) -> str:
        return str(self.body["messages"][1]["content"])

    def send(self, content: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)


class FakeEndpoint:
    """The server; `script` holds the replies to come, `otherwise` is used when it is empty."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.url = f"http://127.0.0.1:{server.server_port}/v1"
        self.script: list[Reply] = []
        self.otherwise: Reply = asks
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.released = threading.Event()


@contextmanager
def serving() -> Iterator[FakeEndpoint]:
    """Serve a fake endpoint on a free port of the loopback."""
    handler = type("OwnHandler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    endpoint = handler.endpoint = FakeEndpoint(server)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02))
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def asks(handler: Handler) -> None:
    """Answer as a good model does."""
    found = next((pairs for words, pairs in ASKED.items() if words in handler.matter), [])
    handler.send(completion(questions(found)))


def says(text: object, **fields: Any) -> Reply:
    """Answer with this text."""
    return lambda handler: handler.send(completion(text, **fields))


def sends(content: bytes) -> Reply:
    """Answer with this body."""
    return lambda handler: handler.send(content)


def status(code: int, *, again: bool = True, body: object = None, **headers: str) -> Reply:
    """Answer with an error that repeats the key, as some vendors do; retries come at once."""
    error = {"error": {"message": f"Incorrect API key provided: {KEY}"} | (body if isinstance(body, dict) else {})}
    given = {"retry_after_ms": "1", **({} if again else {"x_should_retry": "false"}), **headers}
    return lambda handler: handler.send(json.dumps(error).encode(), code, **given)


def hangs(handler: Handler) -> None:
    """Never answer."""
    handler.endpoint.released.wait(20)
    handler.close_connection = True


def drops(handler: Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def breaks_off(handler: Handler) -> None:
    """Close the connection in the middle of the body."""
    content = completion(questions(ASKED["汛期每天"]))
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[: len(content) // 2])
    handler.close_connection = True


def drips(handler: Handler) -> None:
    """Send a byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not handler.endpoint.released.wait(0.05):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def floods(handler: Handler) -> None:
    """Send twenty megabytes."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(20 * 2**20))
    handler.end_headers()
    for _ in range(20):
        handler.wfile.write(b"a" * 2**20)


def slowly(handler: Handler) -> None:
    """Answer well, after a while."""
    time.sleep(0.3)
    asks(handler)
