"""The contract of v1 as a document for programs, and as a page where each call can be tried."""

import json
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from webapp.blueprints.clients import clients_only
from webapp.contract import Call
from webapp.contract.document import written

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
