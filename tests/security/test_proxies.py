"""What stands in front of the site, and by which name it is asked: only what is trusted is believed."""

import pytest
from flask import Flask

from tests.routes.asking import HTML
from tests.scenes import Scene
from tests.v1.shapes import refused


def test_behind_a_proxy_with_https_the_cookie_stays_off_plain_http(behind_a_proxy: Flask) -> None:
    https = behind_a_proxy.test_client().get("/sign-in", headers={**HTML, "X-Forwarded-Proto": "https"})
    assert "Secure" in https.headers["Set-Cookie"]
    assert https.headers["Set-Cookie"].startswith("__Host-holdfast=")
    assert "Path=/" in https.headers["Set-Cookie"].split("; ")
    assert "Domain" not in https.headers["Set-Cookie"]
    assert https.headers["Strict-Transport-Security"].startswith("max-age=")
    plain = behind_a_proxy.test_client().get("/sign-in", headers=HTML)
    assert "Secure" not in plain.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in plain.headers


def test_over_https_a_cookie_that_another_host_could_have_planted_is_nobodys(
    behind_a_proxy: Flask, scene: Scene
) -> None:
    cookie = scene.browser(scene.user()).flask.get_cookie("holdfast")
    assert cookie
    for name, status in (("holdfast", 303), ("__Host-holdfast", 200)):
        flask = behind_a_proxy.test_client()
        flask.set_cookie(name, cookie.value)
        assert flask.get("/account", headers={**HTML, "X-Forwarded-Proto": "https"}).status_code == status


def test_behind_a_proxy_the_site_may_be_mounted_below_a_path(behind_a_proxy: Flask) -> None:
    headers = {**HTML, "X-Forwarded-Prefix": "/tickets"}
    assert 'href="/tickets/sign-in' in behind_a_proxy.test_client().get("/shows/", headers=headers).text
    problem = behind_a_proxy.test_client().get("/v1/nothing", headers={"X-Forwarded-Prefix": "/tickets"}).json
    assert problem
    assert problem["type"] == "/tickets/problems/not-found"


def test_a_proxy_that_is_trusted_may_not_name_any_host(behind_a_proxy: Flask) -> None:
    response = behind_a_proxy.test_client().get("/v1/shows/", headers={"X-Forwarded-Host": "evil.example"})
    refused(response, 400, "unreadable")


def test_nobody_passes_for_a_proxy_where_none_is(scene: Scene) -> None:
    pretended = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-For": "10.0.0.1",
        "Forwarded": "host=evil.example;proto=https",
    }
    response = scene.app.test_client().get("/sign-in", headers={**HTML, **pretended})
    assert response.status_code == 200
    assert "evil" not in response.text
    assert "Secure" not in response.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in response.headers


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "localhost@evil.example", "a b", "é"])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/shows/"), ("GET", "/v1/shows/"), ("POST", "/sign-in"), ("GET", "/nowhere")]
)
def test_a_host_that_is_not_ours_is_refused(scene: Scene, host: str, method: str, path: str) -> None:
    response = scene.app.test_client().open(path, method=method, headers={**HTML, "Host": host})
    refused(response, 400, "unreadable")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "localhost:8001", "127.0.0.1:80"])
def test_the_names_of_this_machine_are_ours(scene: Scene, host: str) -> None:
    assert scene.app.test_client().get("/shows/", headers={"Host": host}).status_code == 200
