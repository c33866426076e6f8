"""A clock that is set by hand, in place of the database's."""

from datetime import datetime, timedelta

from psycopg import connect

from tests.connections import hang_up
from tests.scenes import Scene
from webapp.extensions import db


class Clock:
    """What time it is in the scene's database, which must be one of its own: seconds since the clock was made.

    All SQL of the product asks `clock_timestamp()` without naming the schema, and finds this one first.
    """

    def __init__(self, scene: Scene) -> None:
        with scene.connected() as connection:
            connection.execute(
                f"""
                CREATE TABLE hands (moment timestamptz NOT NULL);
                INSERT INTO hands VALUES (now());
                CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
                AS 'SELECT moment FROM public.hands';
                ALTER DATABASE {scene.database.name} SET search_path = public, pg_catalog
                """
            )
        db.engine.dispose()
        hang_up(scene.database.url)
        self.begin: datetime = scene.rows("SELECT moment FROM hands")[0]["moment"]
        self._setting = connect(scene.database.superuser_url, autocommit=True)

    def at(self, seconds: float) -> datetime:
        """The moment so many seconds after the beginning."""
        return self.begin + timedelta(seconds=seconds)

    def since_begin(self, moment: datetime) -> float:
        """The seconds from the beginning to the moment."""
        return (moment - self.begin).total_seconds()

    def set(self, seconds: float) -> None:
        """Let it be so many seconds after the beginning."""
        self._setting.execute("UPDATE public.hands SET moment = %s", (self.at(seconds),))

    def stop(self) -> None:
        """Touch the clock no more."""
        self._setting.close()
