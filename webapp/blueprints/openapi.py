"""The contract of v1: as a document for programs, as a page where each call can be tried, and in words."""

import json
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from webapp.blueprints.clients import clients_only
from webapp.contract import Call
from webapp.contract.document import written
from webapp.contract.guide import EXAMPLES
from webapp.contract.guide import guide as read_guide
from webapp.services.refusals import NotFound

bp = Blueprint("openapi", __name__)
docs = Blueprint("docs", __name__)


@bp.get("/openapi.json")
@Call("get_contract", who="anyone", gives={200: dict[str, Any]}, revalidates=True)
@clients_only
def document() -> Response:
    """This document, OpenAPI 3.1."""
    response = Response(written(request.root_path), mimetype="application/json")
    response.add_etag()
    response.make_conditional(request)
    return response


@docs.get("/docs")
def page() -> Response:
    """The calls of v1, to read and to try."""
    calls = json.loads(written(request.root_path))["paths"]
    return Response(render_template("docs/page.html", calls=calls, document=url_for("v1.openapi.document")))


@docs.get("/docs/guide")
def guide() -> Response:
    """How v1 works, in words."""
    return Response(render_template("docs/guide.html", guide=read_guide(request.root_path)))


@docs.get("/docs/examples/<filename>")
def example(filename: str) -> Response:
    """A client to copy."""
    if filename not in EXAMPLES:
        raise NotFound("There is no such example. The guide names them.")
    return Response(EXAMPLES[filename].read_bytes(), mimetype="text/plain")
