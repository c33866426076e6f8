"""The part of the round through every verb (tests/services/every_verb.py) in which programs get keys and lose them."""

from webapp.services import api_keys
from webapp.services.asker import Asker


def give_keys_to_programs(user: Asker, password: str) -> None:
    """Make keys, ask with one, and revoke them."""
    made, key = api_keys.make(user, name="Till", scopes=["holding", "reading"], expires_in_days=30)
    for _ in range(2):
        assert api_keys.asker(key).api_key_id == made.id
    api_keys.make_with_password(user, password=password, name="Screen", scopes=["reading"], expires_in_days=None)
    assert len(api_keys.listed(user)) == 2
    assert len(api_keys.everybodys()) >= 2
    api_keys.revoke(user, made.id)
    api_keys.revoke_anybodys(made.id)
    assert api_keys.revoke_all(user) == 1
