"""The pictures that shows are announced with."""

from webapp.services.pictures.keeping import KeptPicture, describe_with, picture_for, take_away
from webapp.services.pictures.redrawing import LARGEST_FILE, PictureUnusable

__all__ = ["LARGEST_FILE", "KeptPicture", "PictureUnusable", "describe_with", "picture_for", "take_away"]
