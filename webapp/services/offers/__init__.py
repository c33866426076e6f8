"""Seats that one click holds: the best that are free, and what comes close to those that are not."""

from webapp.services.offers import best_available, chosen
from webapp.services.offers.choices import Choices, choices
from webapp.services.offers.chosen import Held
from webapp.services.offers.lonely import Advice
from webapp.services.offers.offer import Offer
from webapp.services.offers.wanted import Wanted

__all__ = ["Advice", "Choices", "Held", "Offer", "Wanted", "best_available", "choices", "chosen"]
