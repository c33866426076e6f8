"""What admins see: all shows and accounts with search, figures, and what admins did."""

from tests.scenes import PASSWORD, Scene
from webapp.services import accounts, admins, shows


def test_all_shows_are_listed_drafts_too_the_last_first(scene: Scene) -> None:
    admin, olga, rita = scene.admin(), scene.user("Olga"), scene.user("Rita")
    tempest, draft, cancelled, begun = (
        scene.show(who, title=title, seats="")
        for who, title in ((olga, "The Tempest"), (rita, "Lear"), (rita, "Hamlet"), (rita, "Macbeth"))
    )
    scene.unpublish(draft)
    shows.cancel(rita, cancelled.id)
    scene.begin(begun)
    found = admins.shows(admin, limit=10)
    assert [(show.title, show.organizer, show.closed) for show in found] == [
        ("Macbeth", "Rita", "begun"),
        ("Hamlet", "Rita", "cancelled"),
        ("Lear", "Rita", "draft"),
        ("The Tempest", "Olga", None),
    ]
    assert [show.id for show in admins.shows(admin, limit=2)] == [begun.id, cancelled.id]
    assert [show.id for show in admins.shows(admin, limit=2, before=cancelled.id)] == [draft.id, tempest.id]
    for search in ("tempest", "OLGA", "tEMp"):
        assert [show.id for show in admins.shows(admin, search=search, limit=9)] == [tempest.id]
    assert len(admins.shows(admin, search="The Lantern", limit=9)) == 4
    for nothing in ("%", "_", "\\", "' OR 1=1 --", "Lear Hamlet"):
        assert admins.shows(admin, search=nothing, limit=9) == []


def test_all_accounts_are_listed_without_guests_and_those_who_left(scene: Scene) -> None:
    admin, olga, left = scene.admin("Ada"), scene.user("Olga"), scene.user("Lost")
    scene.guest()
    accounts.delete_account(left, password=PASSWORD)
    mona = scene.manager(scene.show(olga), "Mona")
    found = admins.accounts(admin, limit=10)
    assert [(one.name, one.email, one.is_admin, one.organizes, one.manages) for one in found] == [
        ("Mona", mona.email, False, 0, 1),
        ("Olga", olga.email, False, 1, 0),
        ("Ada", admin.email, True, 0, 0),
    ]
    assert [one.id for one in admins.accounts(admin, search=olga.email.upper(), limit=9)] == [olga.id]
    assert [one.id for one in admins.accounts(admin, limit=1, before=olga.id)] == [admin.id]
    assert admins.accounts(admin, search="100%", limit=9) == []


def test_the_overview_counts_what_there_is(scene: Scene) -> None:
    admin, buyer = scene.admin(), scene.user()
    show = scene.show()
    scene.unpublish(scene.show(seats=""))
    scene.hold(buyer, show, "A1", "A3")
    scene.hold(scene.guest(), show, "A5")
    seen = admins.overview(admin)
    assert (seen.accounts, seen.guests, seen.admins) == (4, 1, 1)
    assert (seen.shows_ahead, seen.drafts, seen.shows) == (1, 1, 2)
    assert (seen.sold, seen.held, seen.blocked, seen.lapsed) == (0, 3, 0, 0)
    assert (seen.lapsed_for, seen.is_swept) == (0, True)


def test_holds_that_nobody_marked_show_that_the_sweeper_stands_still(scene: Scene) -> None:
    admin = scene.admin()
    scene.lapse(*scene.hold(scene.user(), scene.show(), "A1", "A3"))
    seen = admins.overview(admin)
    assert (seen.held, seen.lapsed, seen.is_swept) == (0, 2, False)
    assert 2_900 < seen.lapsed_for < 3_100


def test_what_admins_did_is_told_with_its_show(scene: Scene) -> None:
    ada = scene.user("Ada", through="command")
    admins.promote(ada)
    theirs, own = scene.show(title="Lear"), scene.show(ada, title="Own")
    for show in (theirs, own):
        shows.change(ada, show.id, 1, lonely_seats="warn")
    told = [(deed.act.user_name, deed.act.act, deed.title, deed.show_id) for deed in admins.deeds(ada, limit=9)]
    assert told == [("Ada", "change details", "Lear", theirs.id), ("Ada", "become admin", None, None)]
    [first] = admins.deeds(ada, limit=1)
    assert [deed.act.act for deed in admins.deeds(ada, limit=9, before=first.act.id)] == ["become admin"]
