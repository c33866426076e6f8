"""What there is in the database."""

from tests.scenes import Scene


def everything(scene: Scene) -> list[dict[str, object]]:
    """All that a form could have changed."""
    return [
        dict(row)
        for table in ("users", "shows", "categories", "seats", "reservations")
        for row in scene.rows(f"SELECT '{table}' AS of, t.* FROM {table} AS t ORDER BY id")
    ]
