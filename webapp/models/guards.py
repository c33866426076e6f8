"""The triggers that keep what no constraint can say: on which table each is, and the function that it runs.

They are made by migrations; whether a database has them all, and turned on, is asked by the readiness of a server.
"""

Guard = tuple[str, str, str]

GUARDS: frozenset[Guard] = frozenset(
    {
        ("reservations", "guard_insert", "guard_reservation_insert"),
        ("reservations", "guard_update", "guard_reservation_update"),
        ("reservations", "guard_others_first", "guard_others_first"),
        ("reservations", "note_moments", "note_moments"),
        ("reservations", "record_birth", "record_reservation_change"),
        ("reservations", "record_change", "record_reservation_change"),
        ("reservations", "guard_deletion", "refuse_loss"),
        ("reservations", "guard_lonely_seats", "guard_lonely_seats"),
        ("reservations", "guard_seat_in_plan", "guard_seat_in_plan"),
        ("all_seats", "guard_removal", "guard_removal"),
        ("reservation_changes", "guard_history", "refuse_loss"),
        ("shows", "raise_own_plan_version", "raise_own_plan_version"),
        ("shows", "refuse_guest_organizer", "refuse_guest_organizer"),
        ("users", "refuse_account_as_guest", "refuse_account_as_guest"),
        ("acts", "guard_acts", "refuse_loss"),
        ("plan_versions", "guard_versions", "refuse_loss"),
    }
    | {
        (table, f"raise_plan_version_on_{statement}", "raise_plan_version")
        for table in ("all_seats", "categories")
        for statement in ("insert", "update", "delete")
    }
)
