"""What one buyer has in one show, and the link that carries a guest's basket to another device."""

from webapp.services.baskets.contents import Basket, BasketSeat, LapsedSeat, basket, seats_in_the_news
from webapp.services.baskets.links import BasketLink, read_token, token_of

__all__ = ["Basket", "BasketLink", "BasketSeat", "LapsedSeat", "basket", "read_token", "seats_in_the_news", "token_of"]
