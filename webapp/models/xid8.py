"""PostgreSQL's 64-bit transaction id, which SQLAlchemy does not know."""

from typing import Any

from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType


class Xid8(UserDefinedType[str]):
    """`xid8`: the driver gives and takes it as text."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


# So that a comparison of models and database recognizes the column.
ischema_names["xid8"] = Xid8
