"""The demonstration: a theatre, a show, an organizer and a buyer to try everything with; and an arena to fill."""

from webapp.services.demo.demonstration import BUYER, ORGANIZER, DemoAccount, create_once, create_stadium_once

__all__ = ["BUYER", "ORGANIZER", "DemoAccount", "create_once", "create_stadium_once"]
