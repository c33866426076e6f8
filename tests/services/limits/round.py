"""A round through what is counted: requests, and wrong passwords."""

from webapp.services import accounts, allowances, api_keys
from webapp.services.accounts import guesses
from webapp.services.accounts.guesses import OF_STRANGERS, Guesser
from webapp.services.asker import Asker
from webapp.services.refusals import SignInFailed, SignInSlowed


def ask_and_guess(asker: Asker) -> None:
    """Pay for requests, alone and with others, and be wrong about a password, and right."""
    assert accounts.asker(asker.id, 1, through="api")
    _, key = api_keys.make(asker, name="of the round", scopes=["reading"], expires_in_days=None)
    assert api_keys.asker(key)
    api_keys.revoke_all(asker)
    allowances.take_back(allowances.pay("reading", "network of the round", 6000, units=8))
    allowances.forget()
    for number in range(OF_STRANGERS):
        assert _guess(asker, f"robot {number}", SignInFailed("wrong")) == "wrong"
    assert _guess(asker, "one more robot", SignInFailed("wrong")) == "slowed"
    with guesses.counted(_guesser(asker, "robot 0 of another account", account="another")):
        pass
    guesses.forget()


def _guesser(asker: Asker, network: str, account: str = "") -> Guesser:
    return Guesser(asker.email or "", account or f"account {asker.id}", network)


def _guess(asker: Asker, network: str, wrong: SignInFailed) -> str:
    try:
        with guesses.counted(_guesser(asker, network)):
            raise wrong
    except SignInFailed:
        return "wrong"
    except SignInSlowed:
        return "slowed"
