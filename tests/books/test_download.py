from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from chartcode.books import download, install, installed
from chartcode.books.catalogue import Source, System, systems
from chartcode.books.files import Unsuitable, Wish


def silent(_what, _done, _total):
    pass


class Publisher(BaseHTTPRequestHandler):
    """A publisher's server: ``pages`` are (status, type, content) by path; ``asked`` is what was asked for."""

    def do_GET(self):
        server = self.server
        server.asked.append((self.path, self.headers.get("User-Agent")))
        path = self.path.partition("//")[2].partition("/")[2] if "//" in self.path else self.path.lstrip("/")
        status, kind, content = server.pages.get(path, (404, "text/html", b"no"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) + server.missing))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def publisher(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    server.pages, server.asked, server.missing = {}, [], 0
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def catalogued(publisher, monkeypatch):
    """Let the catalogue name our publisher for the order file: two candidates and a listing."""
    file = {
        "what": "order file",
        "urls": [f"{publisher.url}/{{year}}-first.zip", f"{publisher.url}/{{year}}-second.zip"],
        "listing": f"{publisher.url}/list/{{year}}/",
        "pattern": "descriptions.*[.]zip$",
    }
    book = System(
        "icd10cm", "t", ("icd10cm",), "year", "FY2030-10-01", by_hand=False, page="the page", files=(file,), known={}
    )
    monkeypatch.setattr(install, "system", lambda _name: book)
    return book


@pytest.fixture
def order_zip(invented):
    return invented.zipped({"icd10cm_order_2030.txt": invented.order_text()})


@pytest.mark.usefixtures("catalogued")
def test_the_second_candidate_is_taken_where_the_first_is_gone(tmp_path, publisher, order_zip):
    publisher.pages["2030-second.zip"] = (200, "application/zip", order_zip)
    told = []
    outcomes = install.install_release(tmp_path, "icd10cm", Wish(year=2030), lambda *step: told.append(step))
    assert [o.release.version for o in outcomes] == ["FY2030-10-01"]
    assert outcomes[0].release.source == "2030-second.zip/icd10cm_order_2030.txt"
    assert [path for path, _ in publisher.asked] == ["/2030-first.zip", "/2030-second.zip"]
    assert all(agent.startswith("Mozilla/5.0") for _, agent in publisher.asked)
    assert ("fetching 2030-second.zip", len(order_zip), len(order_zip)) in told


@pytest.mark.usefixtures("catalogued")
def test_a_web_page_in_the_place_of_a_file_is_passed_over_for_the_listing(tmp_path, publisher, order_zip):
    publisher.pages["2030-first.zip"] = (200, "text/html; charset=utf-8", b"<html>moved</html>")
    links = b'<a href="/list/2030/Code-Descriptions%20v1.zip"><A HREF="Code-Descriptions%20v2.zip"><a href="x.pdf">'
    publisher.pages["list/2030/"] = (200, "text/html", links)
    publisher.pages["list/2030/Code-Descriptions%20v2.zip"] = (200, "application/zip", order_zip)
    outcomes = install.install_release(tmp_path, "icd10cm", Wish(year=2030), silent)
    assert outcomes[0].release.source == "Code-Descriptions v2.zip/icd10cm_order_2030.txt"


@pytest.mark.usefixtures("catalogued")
def test_a_file_that_is_nowhere_is_named_with_what_to_do(tmp_path, publisher):
    publisher.pages["list/2030/"] = (200, "text/html", b"<a href='nothing.zip'>")
    told = r"fetch http.*/2030-first\.zip by hand \(or from the page\) and run: .* icd10cm --from 2030-first\.zip"
    with pytest.raises(LookupError, match=told):
        install.install_release(tmp_path, "icd10cm", Wish(year=2030), silent)


@pytest.mark.usefixtures("catalogued")
def test_without_a_network_the_file_and_the_command_are_named(tmp_path, publisher):
    publisher.shutdown()
    publisher.server_close()
    with pytest.raises(OSError, match=r"cannot be reached .*; fetch http.*/2030-first\.zip by hand .* --from 2030-f"):
        install.install_release(tmp_path, "icd10cm", Wish(year=2030), silent)
    assert installed.systems(tmp_path) == ()


def test_a_download_that_breaks_off_is_tried_again_and_then_told(tmp_path, publisher, order_zip, monkeypatch):
    monkeypatch.setattr(download.time, "sleep", lambda _seconds: None)
    publisher.pages["a.zip"] = (200, "application/zip", order_zip)
    publisher.missing = 10
    source = Source("order file", (f"{publisher.url}/a.zip",), "", "", optional=False)
    with pytest.raises(download.Unreachable, match="broke off"):
        download.fetch(source, tmp_path, silent)
    assert len(publisher.asked) == 3


def test_a_server_that_fails_is_told(tmp_path, publisher):
    publisher.pages["a.zip"] = (500, "text/plain", b"oops")
    source = Source("order file", (f"{publisher.url}/a.zip",), "", "", optional=False)
    with pytest.raises(download.Unreachable, match="answers 500"):
        download.fetch(source, tmp_path, silent)


def test_the_proxy_of_the_environment_is_asked(tmp_path, publisher, order_zip, monkeypatch):
    monkeypatch.setenv("http_proxy", publisher.url)
    publisher.pages["order.zip"] = (200, "application/zip", order_zip)
    source = Source("order file", ("http://publisher.invalid/order.zip",), "", "", optional=False)
    path = download.fetch(source, tmp_path, silent)
    assert path.read_bytes() == order_zip
    assert publisher.asked[0][0] == "http://publisher.invalid/order.zip"


def test_only_web_addresses_are_opened(tmp_path):
    with pytest.raises(Unsuitable, match="not a web address"):
        download.fetch(Source("x", ("file:///etc/passwd",), "", "", optional=False), tmp_path, silent)


def test_a_file_that_needs_a_licence_is_not_fetched(tmp_path):
    with pytest.raises(LookupError, match=r"cannot be fetched for you.*https://www\.cms\.gov.*--from FILE"):
        install.install_release(tmp_path, "ncci-ptp", Wish(release="2026Q3"), silent)


@pytest.mark.parametrize(
    ("name", "release", "url"),
    [
        ("icd10cm", "FY2026", "https://www.cms.gov/files/zip/2026-code-descriptions-tabular-order.zip"),
        ("icd10cm", "2027", "https://www.cms.gov/files/zip/2027-code-descriptions-tabular-order.zip"),
        ("icd10cm", "FY2026-04-01", "https://www.cms.gov/files/zip/april-1-2026-code-descriptions-tabular-order.zip"),
        ("hcpcs", "2026Q3", "https://www.cms.gov/files/zip/july-2026-alpha-numeric-hcpcs-file.zip"),
        (
            "icd10pcs",
            "2026",
            "https://www.cms.gov/files/zip/2026-icd-10-pcs-order-file-long-and-abbreviated-titles.zip",
        ),
    ],
)
def test_the_catalogue_fills_in_the_release(name, release, url):
    assert systems()[name].sources(release)[0].urls[0] == url


def test_a_quarterly_book_wants_its_quarter():
    with pytest.raises(LookupError, match="'2026' names no release of hcpcs; write it like 2026Q3"):
        systems()["hcpcs"].sources("2026")


def test_every_book_of_the_catalogue_has_its_parts_and_somewhere_to_look():
    for book in systems().values():
        assert set(book.parts) <= set(systems())
        assert book.page
        assert book.by_hand or book.files or any(book.name in other.parts for other in systems().values())


def test_every_part_of_every_book_has_a_builder():
    for part in {part for book in systems().values() for part in book.parts}:
        assert callable(install.builder(part))
    with pytest.raises(LookupError, match="cannot compile icd11"):
        install.builder("icd11")
