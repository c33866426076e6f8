"""What each route answers to whom: the table, and how a row of it is read.

A new route needs one row in `ANSWERS`: what its five people (`WHO`) get, by browser and by client; and where it takes a
form or a body, that in `World.body`. More follows from the row by itself (test_routes_of_a_show.py): a manager of the
show and an admin get what the organizer gets, and a draft is not there for strangers. Where a manager and an admin get
something else, the row goes on with their two answers: "404 404 404 404 404 404 200" is for admins alone.
"""

from collections.abc import Mapping

WHO = ("nobody", "buyer", "other buyer", "organizer", "other organizer")
COLLEAGUES = ("manager", "admin")
BROWSER, CLIENT = 0, 1
ANYBODY_SEES = "200 200 200 200 200"
NOTHING_HERE = "404 404 404 404 404"
FOR_ADMINS = "404 404 404 404 404 404 200"
SIGNED_IN_GO_ON = "sign-in 303 303 303 303"
SIGNED_IN_SEE = "sign-in 200 200 200 200"
ORGANIZER_GOES_ON = "sign-in 403 403 303 403"
RUN_BY_SEE = "sign-in 403 403 200 403"
OWNER_GOES_ON = "sign-in 404 404 303 404"
KEEPER_SEES = "sign-in 404 404 200 404 404 200"
KEEPER_ANSWERED = "401 404 404 200 404 404 200"
KEEPER_GOES_ON = "sign-in 404 404 303 404 404 303"

# What a browser with a session gets, and what a client with a token gets, in the order of WHO. The buyer has the
# reservation in the path, the organizer the show. "sign-in" is a redirect to there.
ANSWERS: Mapping[str, tuple[str, str]] = {
    "GET home.index": ("303 303 303 303 303", "303 303 303 303 303"),
    "GET static": (ANYBODY_SEES, ANYBODY_SEES),
    "GET health.healthz": (ANYBODY_SEES, ANYBODY_SEES),
    "GET health.readyz": (ANYBODY_SEES, ANYBODY_SEES),
    # For whoever has the METRICS_TOKEN.
    "GET metrics.show": (NOTHING_HERE, NOTHING_HERE),
    "GET status.show": (ANYBODY_SEES, ANYBODY_SEES),
    "GET problems.show": (ANYBODY_SEES, ANYBODY_SEES),
    "GET problems.index": (ANYBODY_SEES, ANYBODY_SEES),
    "GET docs.page": (ANYBODY_SEES, ANYBODY_SEES),
    "GET docs.guide": (ANYBODY_SEES, ANYBODY_SEES),
    "GET docs.example": (ANYBODY_SEES, ANYBODY_SEES),
    "GET openapi.document": (NOTHING_HERE, ANYBODY_SEES),
    "GET shows.index": (ANYBODY_SEES, ANYBODY_SEES),
    "POST shows.create": (NOTHING_HERE, "401 201 201 201 201"),
    "GET shows.show": (ANYBODY_SEES, ANYBODY_SEES),
    "GET seat_maps.section": (ANYBODY_SEES, NOTHING_HERE),
    "GET seat_maps.stylesheet": (ANYBODY_SEES, ANYBODY_SEES),
    "GET shows.seats": (NOTHING_HERE, ANYBODY_SEES),
    "POST shows.add_seats": (NOTHING_HERE, "401 403 403 201 403"),
    "GET shows.availability": (NOTHING_HERE, ANYBODY_SEES),
    "GET house_seats.index": ("sign-in 403 403 200 403", NOTHING_HERE),
    "GET house_seats.section": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST house_seats.choose": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST house_seats.preview_block": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST house_seats.block": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST house_seats.preview_release": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST house_seats.release": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET house_blocks.index": (NOTHING_HERE, "401 403 403 200 403"),
    "POST house_blocks.block": (NOTHING_HERE, "401 403 403 201 403"),
    "POST house_blocks.release": (NOTHING_HERE, "401 403 403 200 403"),
    "GET changes.changes": (NOTHING_HERE, ANYBODY_SEES),
    "GET live.follow": (ANYBODY_SEES, ANYBODY_SEES),
    "POST shows.hold": ("303 303 303 303 303", "401 201 201 201 201"),
    "POST offers.hold_best": ("303 303 303 303 303", "401 201 201 201 201"),
    "GET baskets.show": ("303 303 303 303 303", "401 200 200 200 200"),
    "POST baskets.extend": (SIGNED_IN_GO_ON, "401 200 200 200 200"),
    "POST baskets.confirm": ("sign-in 303 404 404 404", "401 200 404 404 404"),
    # Of a guest's basket, for whoever has the link.
    "GET basket_links.show": (ANYBODY_SEES, NOTHING_HERE),
    "POST basket_links.go_on": ("303 303 409 409 409", NOTHING_HERE),
    "GET basket_links.code": (ANYBODY_SEES, ANYBODY_SEES),
    "GET reservations.index": (SIGNED_IN_SEE, "401 200 200 200 200"),
    "GET reservations.show": ("sign-in 200 404 404 404", "401 200 404 404 404"),
    "POST reservations.hold": (NOTHING_HERE, "401 201 403 403 403"),
    "POST reservations.confirm": ("sign-in 303 404 404 404", "401 200 404 404 404"),
    "POST reservations.release": ("sign-in 303 404 404 404", "401 200 404 404 404"),
    "GET reservations.history": (NOTHING_HERE, "401 200 404 404 404"),
    "POST users.sign_up": (NOTHING_HERE, "201 201 201 201 201"),
    "POST users.login": (NOTHING_HERE, ANYBODY_SEES),
    "GET users.me": (NOTHING_HERE, "401 200 200 200 200"),
    # Only an organizer here has a key, which is the one in the path.
    "GET api_keys.index": (NOTHING_HERE, "401 200 200 200 200"),
    "POST api_keys.make": (NOTHING_HERE, "401 201 201 201 201"),
    "DELETE api_keys.revoke": (NOTHING_HERE, "401 404 404 204 404 404 404"),
    "GET account_keys.index": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST account_keys.make": (SIGNED_IN_GO_ON, NOTHING_HERE),
    "POST account_keys.revoke": ("sign-in 404 404 303 404 404 404", NOTHING_HERE),
    "POST account_keys.revoke_all": (SIGNED_IN_GO_ON, NOTHING_HERE),
    "GET accounts.sign_up": (ANYBODY_SEES, NOTHING_HERE),
    "POST accounts.make_account": ("303 303 303 303 303", NOTHING_HERE),
    "GET accounts.sign_in": (ANYBODY_SEES, NOTHING_HERE),
    "POST accounts.begin": ("303 303 303 303 303", NOTHING_HERE),
    "POST accounts.sign_out": ("303 303 303 303 303", NOTHING_HERE),
    "GET accounts.account": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST accounts.change_password": (SIGNED_IN_GO_ON, NOTHING_HERE),
    "POST accounts.sign_out_elsewhere": (SIGNED_IN_GO_ON, NOTHING_HERE),
    # Everybody here has one.
    "POST accounts.set_first_password": ("sign-in 401 401 401 401", NOTHING_HERE),
    # Who has shows ahead has to answer for them.
    "POST accounts.delete_account": ("sign-in 303 303 409 409 303 303", NOTHING_HERE),
    "GET organizers.index": (SIGNED_IN_SEE, NOTHING_HERE),
    "GET organizers.new_show": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST organizers.create_show": (SIGNED_IN_GO_ON, NOTHING_HERE),
    "GET organizers.show": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST organizers.add_seats": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.set_prices": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.settle": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.cancel_show": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET organizers.details": (RUN_BY_SEE, NOTHING_HERE),
    "POST organizers.change_details": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.publish": (ORGANIZER_GOES_ON, NOTHING_HERE),
    # The show has a buyer.
    "POST organizers.unpublish": ("sign-in 403 403 409 403", NOTHING_HERE),
    "GET organizers.drafts": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST organizers.publish_drafts": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.set_picture": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.remove_picture": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET organizers.dates": (RUN_BY_SEE, NOTHING_HERE),
    "POST organizers.preview_dates": (RUN_BY_SEE, NOTHING_HERE),
    "POST organizers.copy_to_dates": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET pictures.picture": (ANYBODY_SEES, ANYBODY_SEES),
    "GET running.own": (NOTHING_HERE, "401 200 200 200 200"),
    "PATCH running.change": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.set_prices": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.set_picture": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.remove_picture": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.publish": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.publish_several": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.unpublish": (NOTHING_HERE, "401 403 403 409 403"),
    "POST running.cancel": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.duplicate": (NOTHING_HERE, "401 403 403 201 403"),
    "GET plan_drafts.index": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST plan_drafts.begin": (SIGNED_IN_GO_ON, NOTHING_HERE),
    # To all but admins there is nothing.
    "GET admin.index": (FOR_ADMINS, NOTHING_HERE),
    "GET admin.shows": (FOR_ADMINS, NOTHING_HERE),
    "GET admin.accounts": (FOR_ADMINS, NOTHING_HERE),
    "GET admin.acts": (FOR_ADMINS, NOTHING_HERE),
    "GET people.show": (RUN_BY_SEE, NOTHING_HERE),
    "GET people.file": (RUN_BY_SEE, NOTHING_HERE),
    # Who may come in is for the organizer to say, and for admins.
    "POST people.invite": ("sign-in 403 403 303 403 403 303", NOTHING_HERE),
    "POST people.revoke": ("sign-in 403 403 303 403 403 303", NOTHING_HERE),
    # The manager in the path; who leaves by it.
    "POST people.remove": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET managers.index": (NOTHING_HERE, "401 403 403 200 403"),
    "DELETE managers.remove": (NOTHING_HERE, "401 403 403 204 403"),
    "GET managers.invitations": (NOTHING_HERE, "401 403 403 200 403 403 200"),
    "POST managers.invite": (NOTHING_HERE, "401 403 403 201 403 403 201"),
    "DELETE managers.revoke": (NOTHING_HERE, "401 403 403 204 403 403 204"),
    # For whoever has the token; good once.
    "GET managers.invitation": (ANYBODY_SEES, ANYBODY_SEES),
    "POST managers.accept": ("sign-in 303 409 409 409 409 303", "401 200 409 409 409 409 200"),
    "GET acts.index": (NOTHING_HERE, "401 403 403 200 403"),
    "GET dashboards.show": (RUN_BY_SEE, NOTHING_HERE),
    "GET dashboards.now": (RUN_BY_SEE, NOTHING_HERE),
    "GET dashboards.file": (RUN_BY_SEE, NOTHING_HERE),
    "GET figures.index": (NOTHING_HERE, "401 403 403 200 403"),
    "GET figures.show": (NOTHING_HERE, "401 403 403 200 403"),
    "GET box_office.index": (RUN_BY_SEE, NOTHING_HERE),
    "GET box_office.export": (RUN_BY_SEE, NOTHING_HERE),
    # Nothing is marked: back to the list.
    "GET box_office.chosen": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST box_office.cancel_several": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET box_office.show": (RUN_BY_SEE, NOTHING_HERE),
    "POST box_office.cancel": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET box_office.choose": (RUN_BY_SEE, NOTHING_HERE),
    "POST box_office.move": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET box_office_calls.index": (NOTHING_HERE, "401 403 403 200 403"),
    "GET box_office_calls.counts": (NOTHING_HERE, "401 403 403 200 403"),
    "POST box_office_calls.cancel_several": (NOTHING_HERE, "401 403 403 200 403"),
    "GET box_office_calls.show": (NOTHING_HERE, "401 403 403 200 403"),
    "GET box_office_calls.history": (NOTHING_HERE, "401 403 403 200 403"),
    "POST box_office_calls.move": (NOTHING_HERE, "401 403 403 200 403"),
    "POST box_office_calls.cancel": (NOTHING_HERE, "401 403 403 200 403"),
    # A plan in the making is its owner's alone.
    "GET plan_builder.edit": ("sign-in 404 404 200 404", NOTHING_HERE),
    "POST plan_builder.add": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_builder.change": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_builder.undo": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_builder.redo": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_drafts.discard": (OWNER_GOES_ON, NOTHING_HERE),
    "GET plan_drafts.finish": ("sign-in 404 404 200 404", NOTHING_HERE),
    "POST plan_drafts.save": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_drafts.draw_on": (OWNER_GOES_ON, NOTHING_HERE),
    "GET venues.index": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST venues.create": (SIGNED_IN_GO_ON, NOTHING_HERE),
    # A venue is its owner's, and an admin's.
    "GET venues.show": (KEEPER_SEES, NOTHING_HERE),
    "POST venues.change": (KEEPER_GOES_ON, NOTHING_HERE),
    "GET venues.plan": (KEEPER_SEES, NOTHING_HERE),
    "GET venues.editor_file": (KEEPER_SEES, NOTHING_HERE),
    "GET venues.ranges_file": (KEEPER_SEES, NOTHING_HERE),
    "POST venues.rename_plan": (KEEPER_GOES_ON, NOTHING_HERE),
    "GET plans.venues_index": (NOTHING_HERE, "401 200 200 200 200"),
    "POST plans.create_venue": (NOTHING_HERE, "401 201 201 201 201"),
    "PATCH plans.change_venue": (NOTHING_HERE, KEEPER_ANSWERED),
    "PATCH plans.rename": (NOTHING_HERE, KEEPER_ANSWERED),
    "GET plans.index": (NOTHING_HERE, KEEPER_ANSWERED),
    "POST plans.create": (NOTHING_HERE, "401 404 404 201 404 404 201"),
    "GET plans.versions": (NOTHING_HERE, KEEPER_ANSWERED),
    "POST plans.save_version": (NOTHING_HERE, "401 404 404 201 404 404 201"),
    "GET plans.version": (NOTHING_HERE, KEEPER_ANSWERED),
    "GET plans.of_show": (NOTHING_HERE, "401 403 403 200 403"),
    "POST plans.change": (NOTHING_HERE, "401 403 403 200 403"),
    "GET plan_changes.show": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST plan_changes.apply": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET plan_imports.index": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST plan_imports.begin": (SIGNED_IN_GO_ON, NOTHING_HERE),
    "GET plan_imports.show": ("sign-in 404 404 200 404", NOTHING_HERE),
    "GET plan_imports.changed": ("sign-in 404 404 200 404", NOTHING_HERE),
    "POST plan_imports.keep": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_imports.discard": (OWNER_GOES_ON, NOTHING_HERE),
}


def expected(row: str, tongue: int) -> dict[str, str]:
    """What everybody gets for the row, by browser or by client."""
    said = ANSWERS[row][tongue].split()
    if len(said) == len(WHO):
        said += [said[WHO.index("organizer")]] * len(COLLEAGUES)
    return dict(zip([*WHO, *COLLEAGUES], said, strict=True))


def of_the_five(row: str, tongue: int) -> dict[str, str]:
    """The same of those whose answers each row says."""
    return {who: answer for who, answer in expected(row, tongue).items() if who in WHO}
