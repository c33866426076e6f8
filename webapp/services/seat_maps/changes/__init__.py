"""What has changed among the seats of a show, for programs: asked for once, or followed."""

from webapp.services.seat_maps.changes.news import News, news, no_news
from webapp.services.seat_maps.changes.reading import changes

__all__ = ["News", "changes", "news", "no_news"]
