"""Hold a seat, in FastAPI with SQLAlchemy's ORM: a session for each request, the row of the seat locked before it is
looked at, everything committed before it is answered.

Written as somebody who knows both would from their guides (FastAPI's "SQL Databases" and "OAuth2 with JWT tokens",
SQLAlchemy's "ORM Quick Start"), for the question of Holdfast's endpoint. It has no limits of requests, no history, no
lonely seats, no house seats, and trusts the clock of its own machine.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException, status
from fastapi.security import OAuth2PasswordBearer
from models import Reservation, Seat, User
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import create_engine, func, or_, select
from sqlalchemy.orm import Session, sessionmaker

SECRET_KEY = os.environ["SECRET_KEY"]

engine = create_engine(os.environ["DATABASE_URL"], pool_size=20, max_overflow=0)
SessionLocal = sessionmaker(engine)
app = FastAPI()
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="login")


class NewHold(BaseModel):
    """What is asked."""

    seat_id: int
    hold_minutes: int | None = Field(default=None, ge=1, le=20)


class ReservationAnswer(BaseModel):
    """What is answered."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    user_id: int
    seat_id: int
    show_id: int
    status: str
    hold_expiry: datetime
    created_at: datetime


def get_session() -> Iterator[Session]:
    """The session of a request."""
    with SessionLocal() as session:
        yield session


RequestSession = Annotated[Session, Depends(get_session)]


def get_current_user(token: Annotated[str, Depends(oauth2_scheme)], session: RequestSession) -> User:
    """The user whose token this is."""
    refused = HTTPException(status.HTTP_401_UNAUTHORIZED, "Not signed in", {"WWW-Authenticate": "Bearer"})
    try:
        claims = jwt.decode(token, SECRET_KEY, algorithms=["HS256"], audience="holdfast-v1", issuer="holdfast")
    except jwt.InvalidTokenError:
        raise refused from None
    user = session.get(User, int(claims["sub"]))
    if user is None or user.token_version != claims["ver"]:
        raise refused
    return user


@app.post("/v1/reservations/{user_id}/hold", status_code=201, response_model=ReservationAnswer)
def hold(
    user_id: int, asked: NewHold, session: RequestSession, user: Annotated[User, Depends(get_current_user)]
) -> Reservation:
    """Hold a seat for oneself."""
    if user.id != user_id:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Only for yourself")
    seat = session.scalars(select(Seat).where(Seat.id == asked.seat_id).with_for_update()).one_or_none()
    if seat is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such seat")
    now = datetime.now(UTC)
    lives = or_(Reservation.status == "CONFIRMED", Reservation.hold_expiry > now)
    active = Reservation.status.in_(["HELD", "CONFIRMED"])
    former = session.scalars(select(Reservation).where(Reservation.seat_id == seat.id, active)).one_or_none()
    if former is not None:
        if former.status == "CONFIRMED" or former.hold_expiry > now:
            raise HTTPException(status.HTTP_409_CONFLICT, "Seat taken")
        former.status = "EXPIRED"
        session.flush()
    count = select(func.count(Reservation.id)).where(
        Reservation.user_id == user.id, Reservation.show_id == seat.show_id, active, lives
    )
    if session.scalars(count).one() >= seat.show.seat_limit:
        raise HTTPException(status.HTTP_409_CONFLICT, "Too many seats")
    reservation = Reservation(
        user_id=user.id,
        seat_id=seat.id,
        show_id=seat.show_id,
        status="HELD",
        hold_expiry=now + timedelta(minutes=asked.hold_minutes or seat.show.hold_minutes),
    )
    session.add(reservation)
    session.commit()
    session.refresh(reservation)
    return reservation
