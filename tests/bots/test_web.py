"""The web pages, through the real desk on the shipped corpus; what browsers do is in stories/test_web_chromium.py."""

import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.desk import Desk
from assistant.errors import CannotWrite, YingdaError
from assistant.models import load_embedder
from assistant.search import Index, build, load
from assistant.store import Store, Turn, open_engine
from bots.web.app import create_app
from bots.web.guard import MOST_BYTES
from bots.web.links import anchor
from tests.world import NOON

ASKED = {"text": "村里一年要演练几回", "nonce": "a" * 32}
FETCH = {"X-Requested-With": "fetch"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TAG = re.compile(r"<[^>]*>")


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    return create_app(desk, lambda: NOON)


@pytest.fixture
def browser(app: FastAPI) -> Iterator[TestClient]:
    """A browser that has been here before and lives in Yunnan."""
    with TestClient(app, raise_server_exceptions=False) as client:
        client.get("/")
        client.post("/profile", data={"region": "云南省", "asker": "cadre"})
        yield client


def turns(browser: TestClient, desk: Desk) -> list[Turn]:
    return desk.history("web", browser.cookies["yingda"])


# The conversation


def test_an_empty_chat_shows_examples_and_emergency_numbers(browser: TestClient) -> None:
    page = browser.get("/").text
    assert all(f'href="tel:{number}"' in page for number in (119, 110, 120))
    assert page.count('name="text" value="') >= 4
    assert '<html lang="zh-CN"' in page


def test_a_form_leads_back_to_the_page_which_shows_the_answer(browser: TestClient) -> None:
    sent = browser.post("/chat", data=ASKED, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/#newest")
    page = browser.get("/").text
    assert "乡镇（街道）和村（社区）每年至少组织1次综合演练" in page
    assert re.search(r'<a href="/d/yunnan-2025\?q=[0-9,-]+#u-17"><span><b>《云南实施意见》（十七）</b>', page)
    assert page.index("《云南实施意见》（十七）") < page.index("上位依据") < page.index("《中央意见》（十三）")
    assert "7月1日 12:00" in page


def test_the_script_gets_the_new_exchange_alone(browser: TestClient) -> None:
    answer = browser.post("/chat", data=ASKED, headers=FETCH)
    assert answer.status_code == 200
    assert answer.text.startswith('<article class="exchange" id="newest">')
    assert "<html" not in answer.text


def test_the_same_form_sent_twice_is_one_message(browser: TestClient, desk: Desk) -> None:
    first = browser.post("/chat", data=ASKED, headers=FETCH).text
    second = browser.post("/chat", data=ASKED, headers=FETCH).text
    nonce = re.compile(r'name="nonce" value="\w+"')
    assert nonce.sub("", first) == nonce.sub("", second)
    assert len(turns(browser, desk)) == 1


def test_the_same_form_sent_eight_times_at_once_is_one_message(browser: TestClient, desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda _: browser.post("/chat", data=ASKED, headers=FETCH).status_code, range(8)))
    assert sent == [200] * 8
    assert len(turns(browser, desk)) == 1


def test_an_old_page_that_sends_something_else_is_not_a_repetition(browser: TestClient, desk: Desk) -> None:
    browser.post("/chat", data=ASKED)
    browser.post("/chat", data={**ASKED, "text": "出处"})
    assert [turn.text for turn in turns(browser, desk)] == ["村里一年要演练几回", "出处"]


def test_another_persons_nonce_does_not_open_his_reply(app: FastAPI, browser: TestClient, desk: Desk) -> None:
    browser.post("/chat", data=ASKED)
    stranger = TestClient(app)
    stranger.get("/")
    answer = stranger.post("/chat", data=ASKED, headers=FETCH).text
    assert "yunnan-2025" not in answer  # the stranger has no region, the first reply had one
    assert len(turns(stranger, desk)) == 1


def test_a_browser_that_keeps_no_cookies_reads_its_answer_at_once(app: FastAPI) -> None:
    answer = TestClient(app).post("/chat", data=ASKED, follow_redirects=False)
    assert answer.status_code == 200
    assert "《中央意见》（十三）" in answer.text


def test_a_message_without_text_is_not_sent(browser: TestClient, desk: Desk) -> None:
    for text in ("", "  \r\n ", "\x00\x1b"):
        assert browser.post("/chat", data={"text": text}, follow_redirects=False).status_code == 303
    assert turns(browser, desk) == []


def test_what_a_person_writes_is_only_text(browser: TestClient) -> None:
    browser.post("/chat", data={"text": "<script>alert(1)</script><b>&amp;"})
    page = browser.get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;&amp;amp;" in page


def test_region_and_role_are_kept(browser: TestClient) -> None:
    browser.post("/profile", data={"region": "北京市", "asker": "trainer"})
    page = browser.get("/").text
    assert '<option value="北京市" selected>' in page
    assert 'value="trainer" checked' in page
    browser.post("/chat", data={"text": "一年演练几次"})
    assert "《北京实施意见》" in browser.get("/").text


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"region": "月球", "asker": "cadre"}, "没有“月球”这个地区"),
        ({"region": "云南省", "asker": "emperor"}, "写得不完整"),
        ({"asker": "cadre"}, "写得不完整"),
    ],
)
def test_a_profile_that_cannot_be_is_refused_with_a_sentence(
    browser: TestClient, form: dict[str, str], says: str
) -> None:
    answer = browser.post("/profile", data=form)
    assert answer.status_code == 400
    assert says in answer.text
    assert '<option value="云南省" selected>' in browser.get("/").text


# The duty desk


def handed_over(browser: TestClient) -> None:
    """Ask what no document answers, and for a person."""
    browser.post("/chat", data={"text": "明天猪肉多少钱一斤"})
    browser.post("/chat", data={"text": "转人工"})


def test_the_reply_of_the_duty_desk_stands_in_the_conversation_once_and_stays(
    browser: TestClient, database_url: str
) -> None:
    handed_over(browser)
    duty = Store(open_engine(database_url))
    assert "data-awaits-reply" in browser.get("/").text
    duty.hand_overs.answer(1, "请问<市场监管所>。", "示例甲", NOON)
    for _ in range(2):
        page = browser.get("/").text
        assert page.count("请问&lt;市场监管所&gt;") == 1
        assert 'aria-label="值班人员的答复"' in page and "data-awaits-reply" not in page
        assert page.count('<div class="ask">') == 3  # two questions, and the template of the next


def test_the_page_can_look_for_the_reply_as_often_as_it_likes(browser: TestClient, database_url: str) -> None:
    handed_over(browser)
    waiting = browser.get("/news").text
    assert "data-awaits-reply" in waiting and "exchange" not in waiting
    Store(open_engine(database_url)).hand_overs.answer(1, "请问市场监管所。", "示例甲", NOON)
    seen = [browser.get("/news").text for _ in range(2)]
    assert all("请问市场监管所" in news and "data-awaits-reply" not in news for news in seen)
    assert re.findall(r"data-turn=\"\d+\"", seen[0]) == re.findall(r"data-turn=\"\d+\"", seen[1]) != []


def test_a_stranger_sees_nothing_of_it(app: FastAPI, browser: TestClient, database_url: str) -> None:
    handed_over(browser)
    Store(open_engine(database_url)).hand_overs.answer(1, "请问市场监管所。", "示例甲", NOON)
    stranger = TestClient(app)
    assert "市场监管所" not in stranger.get("/").text + stranger.get("/news").text
    assert "市场监管所" in browser.get("/news").text


# Who is asking


def test_the_cookie_is_random_and_out_of_reach_of_scripts(app: FastAPI) -> None:
    cookies = [TestClient(app).get("/").headers["set-cookie"] for _ in range(2)]
    ids = {re.match(r"yingda=([0-9a-f]{32});", cookie)[1] for cookie in cookies}
    assert len(ids) == 2
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" not in cookie for cookie in cookies)
    secure = TestClient(app, base_url="https://yingda.test").get("/").headers["set-cookie"]
    assert "Secure" in secure


def test_a_forwarded_scheme_is_believed_only_where_the_server_was_told_to(app: FastAPI) -> None:
    cookie = TestClient(app).get("/", headers={"X-Forwarded-Proto": "https"}).headers["set-cookie"]
    assert "Secure" not in cookie


@pytest.mark.parametrize("cookie", ["", "x", "../../etc/passwd", "A" * 32, "a" * 31, "a" * 4000])
def test_a_malformed_session_is_replaced(app: FastAPI, cookie: str) -> None:
    answer = TestClient(app).get("/", headers={"Cookie": f"yingda={cookie}"})
    assert answer.status_code == 200
    assert cookie == "" or f"yingda={cookie};" not in answer.headers["set-cookie"]


# What is kept out


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # no browser: it sends neither header, and has no cookie of ours by accident
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 200),
        ({"Origin": "http://testserver"}, 200),  # over plain http in a village network there is no Sec-Fetch-Site
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://evil.test"}, 403),
        ({"Origin": "http://testserver.evil.test"}, 403),
        ({"Origin": "http://testserver:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
    ],
)
def test_posts_from_other_sites_are_refused(
    browser: TestClient, desk: Desk, headers: dict[str, str], status: int
) -> None:
    answer = browser.post("/chat", data=ASKED, headers=headers)
    assert answer.status_code == status
    assert len(turns(browser, desk)) == (status == 200)
    assert status == 200 or "不是从应答的页面发出的" in answer.text


def test_behind_a_proxy_the_public_address_is_our_own_page(desk: Desk) -> None:
    proxied = TestClient(create_app(desk, lambda: NOON, public_url="https://yingda.test/"))
    assert proxied.post("/chat", data=ASKED, headers={"Origin": "https://yingda.test"}).status_code == 200
    assert proxied.post("/chat", data=ASKED, headers={"Origin": "https://other.test"}).status_code == 403


def chunks(size: int) -> Iterator[bytes]:
    yield b"text="
    for _ in range(size // 1024):
        yield b"a" * 1024


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 900_000, 3_000_000])
def test_a_large_body_is_refused_before_it_is_read(browser: TestClient, desk: Desk, size: int) -> None:
    declared = browser.post("/chat", content=b"text=" + b"a" * size, headers=FORM)
    streamed = browser.post("/chat", content=chunks(size), headers=FORM)
    for answer in (declared, streamed):
        assert answer.status_code == 413
        assert "内容太长" in answer.text
    assert turns(browser, desk) == []


def test_a_body_at_the_limit_is_read(browser: TestClient) -> None:
    text = b"text=" + b"a" * (MOST_BYTES - 5)
    assert browser.post("/chat", content=text, headers=FORM).status_code == 200


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999", "９"])
def test_a_strange_content_length_is_refused(browser: TestClient, length: str) -> None:
    headers = {**FORM, "Content-Length": length.encode()}
    assert browser.post("/chat", content=b"text=a", headers=headers).status_code == 413


def test_random_bodies_never_break_a_page(browser: TestClient) -> None:
    seeded = random.Random(20260701)
    kinds = [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "multipart/form-data; boundary=x; charset=nonsense",
        "application/json",
        "text/plain; charset=utf-16",
    ]
    starts = [b"text=", b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\n", b"region=%ff&asker=", b"%", b""]
    for _ in range(300):
        body = seeded.choice(starts) + seeded.randbytes(seeded.randrange(60)) + seeded.choice([b"", b"\r\n--x--\r\n"])
        path = seeded.choice(["/chat", "/profile"])
        answer = browser.post(
            path, content=body, headers={"Content-Type": seeded.choice(kinds)}, follow_redirects=False
        )
        assert answer.status_code in (200, 303, 400), (path, body)


PAGES = [
    "/",
    "/documents",
    "/d/yunnan-2025",
    "/d/nothing",
    "/nothing",
    "/static/page.css",
    "/static/nothing",
    "/healthz",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_response_carries_the_strict_headers(browser: TestClient, path: str) -> None:
    headers = browser.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("public, max-age=31536000, immutable" if path.endswith(".css") else "no-store")


@pytest.mark.parametrize("path", ["/", "/documents", "/d/sample-town-comprehensive-2025?q=5-90", "/d/nothing"])
def test_a_page_has_no_inline_script_or_style_and_asks_nobody_else(browser: TestClient, path: str) -> None:
    browser.post("/chat", data=ASKED)
    page = browser.get(path).text
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page)
    addresses = re.findall(r'(?:src|href|action)="([^"]*)"', page)
    assert addresses
    assert all(re.match(r"/(?!/)|#|tel:1", unescape(address)) for address in addresses)


def test_the_generated_pages_of_the_framework_are_switched_off(browser: TestClient) -> None:
    assert {browser.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")} == {404}


# The library


def test_every_document_is_listed_highest_level_first(browser: TestClient, desk: Desk) -> None:
    page = browser.get("/documents").text
    listed = re.findall(r'href="/d/([^"]+)"', page)
    assert sorted(listed) == sorted(document.id for document in desk.documents())
    assert listed[0] == "central-2024"
    assert page.index("中央") < page.index("省级") < page.index("乡镇级") < page.index("村级")


def test_every_unit_of_every_document_has_its_own_anchor(browser: TestClient, index: Index) -> None:
    for document_id, outline in index.outlines.items():
        ids = re.findall(r' id="(u-[^"]+)"', browser.get(f"/d/{document_id}").text)
        assert sorted(ids) == sorted(anchor(unit.address) for unit in outline.units), document_id


def test_a_page_shows_every_character_of_its_document(browser: TestClient, index: Index) -> None:
    for document in index.catalogue.values():
        page = browser.get(f"/d/{document.id}").text
        heading = page[page.index("<h1") : page.index("</h1>")]
        article = page[page.index('<article class="text">') : page.index("</article>")]
        shown = re.sub(r"\s", "", unescape(TAG.sub("", heading + article)))
        marks = re.compile(r"^#+|^[|:\-\s]+$|\||\s", re.MULTILINE)
        assert shown == marks.sub("", document.text), document.id


def test_a_clause_leads_to_its_counterparts(browser: TestClient) -> None:
    page = browser.get("/d/yunnan-2025").text
    clause = page[page.index('id="u-17"') : page.index('id="u-18"')]
    assert '<a href="/d/central-2024#u-13" aria-label="上位依据：《中央意见》（十三）"></a>' in clause
    assert 'aria-label="同级：《北京实施意见》（十）"' in clause


def test_tables_are_tables(browser: TestClient) -> None:
    page = browser.get("/d/sample-town-comprehensive-2025").text
    assert page.count("<table>") >= 4
    assert "| ---" not in page
    assert re.search(r'<th scope="col">电话</th>', page)
    assert '<td class="figure">123-0000-0100</td>' in page


def test_a_citation_opens_its_clause_with_exactly_the_quotes_marked(browser: TestClient, index: Index) -> None:
    page = browser.post("/chat", data=ASKED).text
    path = unescape(re.search(r'href="(/d/yunnan-2025[^"]+)"', page)[1])
    spans = re.findall(r"(\d+)-(\d+)", path.partition("?q=")[2].partition("#")[0])
    text = index.catalogue["yunnan-2025"].text
    marked = "".join(re.findall(r"<mark>(.*?)</mark>", browser.get(path).text)[1:])  # the first one is the legend
    quoted = "".join(text[int(start) : int(end)] for start, end in spans)
    assert marked == re.sub(r"\n+(?:#+ )?", "", quoted)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "5",
        "-",
        "9-5",
        "5-5",
        "-3-9",
        "5-99999999",
        "99999999999-3",
        "٣-٩",
        "1-2-3",
        "a-b",
        "%00",
        "%ff",
        "1,2",
        "," * 9000,
    ],
)
def test_spans_that_are_none_are_ignored(browser: TestClient, query: str) -> None:
    answer = browser.get(f"/d/central-2024?q={query}")
    assert answer.status_code == 200
    assert "<mark>" not in answer.text


@pytest.mark.parametrize(
    "path", ["/d/nothing", "/d/..%2f..%2fetc", "/d/%00", "/d/central-2024%0d%0aX:1", "/d/", "/nothing"]
)
def test_a_page_that_does_not_exist_says_so_and_leads_back(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "没有" in answer.text
    assert 'href="/"' in answer.text
    assert 'href="/documents"' in answer.text


DESCRIBED = """id = "{id}"
title = "某县规定"
level = "county"
region = "云南省/示例州/示例县"
issued = 2020-01-01
{more}
"""


@pytest.mark.parametrize(
    ("document_id", "more", "says"),
    [
        ("scanned", "unchecked = true", "未校对"),
        ("sample", "sample = true", "示例文本"),
        ("old", 'repealed = 2026-06-30\nsuperseded_by = "new-2026"', "已废止：本文件自2026年6月30日起不再有效"),
        ("coming", "effective = 2026-07-02", "尚未施行：本文件自2026年7月2日起施行"),
        ("today", "effective = 2026-07-01\nrepealed = 2026-07-02", None),
    ],
)
def test_what_a_reader_must_know_of_a_document_stands_above_it(
    tmp_path: Path, document_id: str, more: str, says: str | None
) -> None:
    folder = tmp_path / "corpus" / document_id
    folder.mkdir(parents=True)
    (folder / "document.toml").write_text(DESCRIBED.format(id=document_id, more=more), encoding="utf-8")
    (folder / "text.md").write_text("# 某县规定\n\n第一条　每年演练1次。\n", encoding="utf-8")
    embedder = load_embedder("bundled")
    build(tmp_path / "corpus", tmp_path / "index", embedder)
    store = Store(open_engine(f"sqlite:///{tmp_path / 'db.sqlite3'}"))
    desk = Desk(load(tmp_path / "corpus", tmp_path / "index", embedder), store)
    page = TestClient(create_app(desk, lambda: NOON)).get(f"/d/{document_id}").text
    banners = re.findall(r'<p class="banner">(.*?)</p>', page)
    assert len(banners) == (says is not None)
    assert not says or says in banners[0]
    assert ('href="/d/new-2026"' in page) == (document_id == "old")


# When something is wrong


class FailingDesk(Desk):
    """A desk whose database is gone."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def profile(self, channel: str, sender: str) -> None:
        raise self._error

    def health(self) -> dict[str, object]:
        if isinstance(self._error, YingdaError):
            raise self._error
        return {"ok": False, "database": False}


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (CannotWrite(path="/full/yingda.sqlite3", reason="磁盘已满"), 503, "磁盘已满"),
        (RuntimeError("secret detail"), 500, "程序出了差错"),
    ],
)
def test_a_failure_is_a_sentence_and_health_tells_of_it(error: Exception, status: int, says: str) -> None:
    broken = TestClient(create_app(FailingDesk(error), lambda: NOON), raise_server_exceptions=False)
    page = broken.get("/")
    assert page.status_code == status
    assert says in page.text
    assert "secret detail" not in page.text
    assert "content-security-policy" in page.headers
    health = broken.get("/healthz")
    assert (health.status_code, health.json()["ok"]) == (503, False)


def test_health_is_ok_where_all_is_well(browser: TestClient) -> None:
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.json()["ok"]) == (200, True)


def test_a_wrong_method_is_refused_with_a_sentence(browser: TestClient) -> None:
    answer = browser.get("/chat")
    assert answer.status_code == 405
    assert "不能这样打开" in answer.text
    assert browser.post("/?" + urlencode(ASKED)).status_code == 405
