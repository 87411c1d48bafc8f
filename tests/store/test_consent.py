"""Contract of ports.ConsentStore."""

from msgspec.structs import replace

from chalicelib.domain.consent import Consent, ConsentState
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import consent_change, id_at

STOP = consent_change(ConsentState.OPTED_OUT, START + 5)


def test_there_is_none_before_the_first_act(stores: Stores) -> None:
    assert stores.consents.state(STOP.key) is None
    assert list(stores.consents.history(STOP.key)) == []


def test_an_act_changes_the_state_and_leaves_a_line(stores: Stores) -> None:
    assert stores.consents.record(STOP)
    assert stores.consents.state(STOP.key) == Consent(key=STOP.key, state=ConsentState.OPTED_OUT, changed_at=START + 5)
    assert list(stores.consents.history(STOP.key)) == [STOP]


def test_an_older_act_changes_nothing(stores: Stores) -> None:
    stores.consents.record(STOP)
    assert not stores.consents.record(consent_change(ConsentState.OPTED_IN, START + 4))
    assert list(stores.consents.history(STOP.key)) == [STOP]


def test_the_ledger_is_oldest_first(stores: Stores) -> None:
    acts = [consent_change(state, START + 10 * n) for n, state in enumerate(ConsentState)]
    for act in acts:
        assert stores.consents.record(act)
    assert list(stores.consents.history(STOP.key)) == acts


def test_the_same_act_again_is_recorded_once(stores: Stores) -> None:
    assert stores.consents.record(STOP)
    assert stores.consents.record(STOP)
    assert list(stores.consents.history(STOP.key)) == [STOP]


def test_scopes_and_addresses_are_apart(stores: Stores) -> None:
    stores.consents.record(STOP)
    for key in (
        replace(STOP.key, scope=id_at(1, 44)),
        replace(STOP.key, address="+15550100003"),
        replace(STOP.key, merchant_id=id_at(1, 45)),
        replace(STOP.key, scope=STOP.key.scope[:-1]),
    ):
        assert stores.consents.state(key) is None
        assert list(stores.consents.history(key)) == []
