"""The away switch (H1): while it is on, customers whose conversation one looks after get one's own answer (H2)."""

from chalicelib.domain.absences import Absence, check

from .access import MESSAGING, signed_in
from .ports import Deps


def show_absence(associate_id: str, deps: Deps) -> Absence | None:
    """One's own, as long as it lasts."""
    signed_in(associate_id, deps)
    absence = deps.absences.find(associate_id)
    return absence if absence is not None and absence.lasts(deps.clock.now()) else None


def go_away(associate_id: str, answer: str, until: int | None, deps: Deps) -> Absence:
    """From now on, in all of one's stores; an absence that lasts already is changed. Raises InvalidInput."""
    associate, now = signed_in(associate_id, deps), deps.clock.now()
    check(answer, until, now)
    absence = Absence(
        associate_id=associate.id,
        merchant_id=associate.merchant_id,
        store_ids=tuple(sorted(store for store in associate.stores if associate.may(MESSAGING, store))),
        answer=answer.strip(),
        since=now,
        until=until,
    )
    deps.absences.put(absence)
    return absence


def come_back(associate_id: str, deps: Deps) -> None:
    """Safe to repeat."""
    absence = show_absence(associate_id, deps)
    if absence is not None:
        deps.absences.put(absence.ended(deps.clock.now()))
