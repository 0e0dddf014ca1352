from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from core.web.headers import CONTENT_POLICY
from core.web.startup import announcement
from tests.core.web.conftest import PAGE


@pytest.mark.parametrize("path", ["/", "/sign-in", "/welcome/x", "/healthz", "/media/x", "/_stcore/metrics"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path, headers=PAGE).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers


def test_pages_are_not_kept_by_caches(owner: TestClient) -> None:
    assert owner.get("/", headers=PAGE).headers["cache-control"] == "no-store"
    assert owner.get("/healthz").headers["cache-control"] == "no-store"


def test_pages_run_only_our_own_scripts_and_load_nothing_from_elsewhere() -> None:
    policy = dict(part.strip().split(" ", 1) for part in CONTENT_POLICY.split(";"))
    assert "unsafe" not in policy["script-src"] and "http" not in CONTENT_POLICY
    assert policy["object-src"] == "'none'"


def test_our_own_pages_run_no_script_at_all(client: TestClient) -> None:
    answer = client.get("/sign-in")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"] and "<script" not in answer.text


@pytest.mark.parametrize(
    ("client_address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("::ffff:127.0.0.1", {}, 200),
        ("10.0.0.7", {}, 404),
        ("127.0.0.1", {"x-forwarded-for": "10.0.0.7"}, 404),
        ("127.0.0.1", {"forwarded": "for=10.0.0.7"}, 404),
    ],
)
def test_the_servers_figures_are_for_this_machine_alone(
    client: TestClient, client_address: str, headers: dict[str, str], status: int
) -> None:
    local = TestClient(client.app, base_url="http://cexun.example", client=(client_address, 5000))
    assert local.get("/_stcore/metrics", headers=headers).status_code == status


def test_the_window_says_where_to_go_in_both_languages() -> None:
    first, later = announcement("http://localhost:8501", "abc"), announcement("http://localhost:8501", None)
    assert "http://localhost:8501/welcome/abc" in first and "只能用一次" in first and "works once" in first
    assert "welcome" not in later and "http://localhost:8501" in later
