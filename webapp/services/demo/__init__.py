"""The demonstration: a theatre, a show, an organizer and a buyer to try everything with."""

from webapp.services.demo.demonstration import BUYER, ORGANIZER, DemoAccount, create_once

__all__ = ["BUYER", "ORGANIZER", "DemoAccount", "create_once"]
