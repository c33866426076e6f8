"""Guests: somebody who holds seats before they have said who they are, and how they become an account."""

from sqlalchemy import Connection, text

from webapp.services.accounts.passwords import hash_password
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.refusals import NotSignedIn, SeatLimitReached
from webapp.services.reservations.locks import BUYER_NAMESPACE, lock_buyers

NAME = "Guest"
# How long a guest is remembered who holds nothing any more.
DAYS_REMEMBERED = 1
# For how long the first calls of a browser count as made at once.
SECONDS_AT_ONCE = 10
# How many guests one round forgets at most, so that its transaction stays short.
ROUND = 200


def begin_guest(*, address: str, browser: str) -> tuple[Asker, int]:
    """The guest of this browser, made at its first call, and the guest's token version.

    `address` and `browser` are keyed hashes (webapp.services.accounts.addresses). Of two first calls at once for one
    browser, both get the same guest; one that comes later, with a session from before the first, gets a guest of its
    own: it may be a copy in other hands.
    """
    with autocommitted() as connection:
        connection.execute(
            text("""
                UPDATE users
                SET guest_browser = NULL
                WHERE guest_browser = :browser
                  AND created_at < clock_timestamp() - make_interval(secs => :at_once)
            """),
            {"browser": browser, "at_once": SECONDS_AT_ONCE},
        )
        row = connection.execute(
            text("""
                INSERT INTO users (name, is_guest, guest_address, guest_browser)
                VALUES (:name, true, :address, :browser)
                ON CONFLICT (guest_browser) DO UPDATE SET name = EXCLUDED.name
                RETURNING id, token_version
            """),
            {"name": NAME, "address": address, "browser": browser},
        ).one()
    return Asker(row.id, NAME, None, None, "page", is_guest=True), row.token_version


def become_account(
    guest: Asker, *, name: str, email: str, phone_number: str, password: str | None = None
) -> tuple[Asker, int]:
    """Make the guest an account, which keeps all the guest holds; its token version, for this browser alone.

    Other browsers that carry the guest's basket are the guest no more. Raises `AlreadyInUse`, and `NotSignedIn` when
    the guest became an account meanwhile.
    """
    hashed = hash_password(password) if password else None
    with transaction() as connection:
        lock_buyers(connection, guest.id)
        token_version = connection.execute(
            text("""
                UPDATE users
                SET name = :name,
                    email = :email,
                    phone_number = :phone_number,
                    password = :password,
                    is_guest = false,
                    guest_address = NULL,
                    guest_browser = NULL,
                    token_version = token_version + 1
                WHERE id = :user_id
                  AND is_guest
                  AND deleted_at IS NULL
                RETURNING token_version
            """),
            {
                "user_id": guest.id,
                "name": name,
                "email": email,
                "phone_number": phone_number,
                "password": hashed,
            },
        ).scalar_one_or_none()
        if token_version is None:
            raise _no_guest_any_more()
        connection.commit()
    return Asker(guest.id, name, email, phone_number, guest.through), token_version


def take_over(guest: Asker, account: Asker) -> None:
    """Give all that the guest holds to the account, and forget the guest.

    Raises `SeatLimitReached` when the account would have more seats in a show than one buyer may, and `NotSignedIn`
    when the guest became an account meanwhile; then nothing changed.
    """
    with transaction() as connection:
        lock_buyers(connection, guest.id, account.id)
        _refuse_former_guest(connection, guest)
        _hand_over(connection, guest, account)
        _forget(connection, [guest.id])
        connection.commit()


def leave_browser(guest: Asker) -> None:
    """Have the guest's browser be theirs no more; what they hold stays held until its time is over.

    Else whoever sits at that browser later would be this guest again by the token in its forms.
    """
    with autocommitted() as connection:
        connection.execute(
            text("UPDATE users SET guest_browser = NULL WHERE id = :guest_id AND is_guest"), {"guest_id": guest.id}
        )


def forget_guests() -> int:
    """Forget guests of yesterday who hold nothing any more; how many (at most `ROUND`).

    One who holds a seat just now, or is about to, is left for another time.
    """
    with transaction() as connection:
        found = list(
            connection.execute(
                text("""
                    SELECT id
                    FROM (
                        SELECT id
                        FROM users
                        WHERE is_guest
                          AND deleted_at IS NULL
                          AND created_at < now() - make_interval(days => :days)
                        ORDER BY created_at
                        LIMIT :round
                    ) AS guests
                    WHERE pg_try_advisory_xact_lock(:namespace, id)
                """),
                {"days": DAYS_REMEMBERED, "round": ROUND, "namespace": BUYER_NAMESPACE},
            ).scalars()
        )
        forgotten = _forget(connection, found)
        connection.commit()
    return forgotten


def _refuse_former_guest(connection: Connection, guest: Asker) -> None:
    """Let only one pass who is a guest still, now that nobody else can change that."""
    still = connection.execute(
        text("SELECT FROM users WHERE id = :guest_id AND is_guest AND deleted_at IS NULL"), {"guest_id": guest.id}
    ).one_or_none()
    if still is None:
        raise _no_guest_any_more()


def _hand_over(connection: Connection, guest: Asker, account: Asker) -> None:
    """Make the guest's holds the account's, in the order of their seats; the guards look at each."""
    held = connection.execute(
        text("""
            SELECT id
            FROM reservations
            WHERE user_id = :guest_id
              AND status = 'HELD'
            ORDER BY seat_id, id
            FOR NO KEY UPDATE
        """),
        {"guest_id": guest.id},
    ).scalars()
    try:
        connection.execute(
            text("""
                UPDATE reservations
                SET user_id = :account_id, changed_by = :account_id, changed_through = :through
                WHERE id = ANY(:ids)
                  AND status = 'HELD'
            """),
            {"account_id": account.id, "through": account.through, "ids": list(held)},
        )
    except SeatLimitReached as refusal:
        limit = refusal.facts["limit"]
        raise SeatLimitReached(
            f"Your account has seats in this show already: with those you hold now they would be more than {limit}, "
            "the most for one buyer. Nothing is lost: release some of those you hold, then sign in.",
            limit=limit,
        ) from refusal


def _forget(connection: Connection, guest_ids: list[int]) -> int:
    """Forget those of these guests who hold nothing live; how many. What they once held stays on record."""
    return connection.execute(
        text("""
            UPDATE users
            SET guest_address = NULL,
                guest_browser = NULL,
                token_version = token_version + 1,
                deleted_at = now()
            WHERE id = ANY(:guest_ids)
              AND is_guest
              AND deleted_at IS NULL
              AND NOT EXISTS (
                  SELECT FROM reservations
                  WHERE reservations.user_id = users.id
                    AND reservations.status = 'HELD'
                    AND reservations.hold_expiry > clock_timestamp()
              )
        """),
        {"guest_ids": guest_ids},
    ).rowcount


def _no_guest_any_more() -> NotSignedIn:
    return NotSignedIn("You have said who you are in another tab. Sign in to go on.")
