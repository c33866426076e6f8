"""What v1 promises, in the words of OpenAPI: made of the routes, of what stands beside each handler, and of the schemas
that read and write."""

from webapp.contract.calls import Call

__all__ = ["Call"]
