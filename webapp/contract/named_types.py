"""Every schema that v1 reads or writes, by its name: written once, and named wherever it is used."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter

from webapp.schemas.examples import EXAMPLES

Json = dict[str, Any]
Mode = Literal["validation", "serialization"]
WHERE = "#/components/schemas/"


class NamedTypes:
    """The schemas of what is read (mode "validation") and written (mode "serialization"), and all that they are of."""

    def __init__(self, read: Iterable[Any], written: Iterable[Any]) -> None:
        wanted: list[tuple[Any, Mode]] = [
            *((one, "validation") for one in read),
            *((one, "serialization") for one in written),
        ]
        found, shared = TypeAdapter.json_schemas(
            [(str(place), mode, TypeAdapter(one)) for place, (one, mode) in enumerate(wanted)],
            ref_template=WHERE + "{model}",
        )
        names = {name: _short(name) for name in shared.get("$defs", {})}
        self._of: dict[str, Json] = {
            _key(one, mode): _tidied(found[(str(place), mode)], names) for place, (one, mode) in enumerate(wanted)
        }
        self.components: Json = {names[name]: _tidied(one, names) for name, one in shared.get("$defs", {}).items()}
        for schema, example in EXAMPLES.items():
            reference = self._of.get(_key(schema, "validation"), {}).get("$ref")
            if reference:
                self.components[reference.removeprefix(WHERE)]["examples"] = [example]

    def read(self, schema: Any) -> Json:
        """The schema of something that is read, by its name."""
        return self._of[_key(schema, "validation")]

    def written(self, schema: Any) -> Json:
        """The schema of something that is written."""
        return self._of[_key(schema, "serialization")]

    def components_but(self, queries: Iterable[type[BaseModel]]) -> Json:
        """All of them but those of queries, whose fields are parameters."""
        told = {self.read(one)["$ref"].removeprefix(WHERE) for one in queries}
        return {name: one for name, one in self.components.items() if name not in told}

    def fields(self, schema: type[BaseModel]) -> Mapping[str, Json]:
        """The fields of something that is read as text, such as a query: what is not told is left out, never null."""
        properties = self.components[self.read(schema)["$ref"].removeprefix(WHERE)]["properties"]
        return {name: _never_null(one) for name, one in properties.items()}


def _key(schema: Any, mode: Mode) -> str:
    return f"{schema!r} {mode}"


def _short(name: str) -> str:
    """`webapp__schemas__box_office__NewSeat`, of which there are two, is `BoxOfficeNewSeat`."""
    *rooms, own = re.sub(r"^webapp__schemas__", "", name).split("__")
    return "".join(word.capitalize() for room in rooms for word in room.split("_")) + own


def _tidied(found: Any, names: Mapping[str, str]) -> Any:
    """The schema without titles that only repeat names, and without defaults that say nothing."""
    if isinstance(found, list):
        return [_tidied(one, names) for one in found]
    if not isinstance(found, dict):
        return found
    if isinstance(found.get("$ref"), str):
        return {**found, "$ref": WHERE + names[found["$ref"].removeprefix(WHERE)]}
    kept: Json = {
        name: {field: _tidied(one, names) for field, one in value.items()}
        if name in {"properties", "$defs"}
        else _tidied(value, names)
        for name, value in found.items()
        if not (name == "title" and isinstance(value, str)) and not (name == "default" and value is None)
    }
    description = kept.get("description")
    if isinstance(description, str):
        kept["description"] = " ".join(description.split())
    return kept


def _never_null(schema: Json) -> Json:
    kinds = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    return {**{name: one for name, one in schema.items() if name != "anyOf"}, **kinds[0]} if len(kinds) == 1 else schema
