"""Quiet hours, customers' clocks and changes of hands as they go over HTTP: as present.py."""

from chalicelib.domain.assignments import Handover
from chalicelib.usecases.show_quiet_hours import CustomerClock, QuietTable

from . import schemas, time_schemas


def clock(of: CustomerClock) -> time_schemas.ClockView:
    return time_schemas.ClockView(
        zone=of.zone,
        guessed=of.guessed,
        quiet_from=None if of.night is None else of.night.begins,
        quiet_until=None if of.night is None else of.night.ends,
        answers_until=of.answers_until,
    )


def quiet_table(of: QuietTable) -> time_schemas.QuietTable:
    own = of.store.quiet_hours
    return time_schemas.QuietTable(
        active=own.active,
        earliest=own.earliest,
        latest=own.latest,
        zone=of.store.timezone,
        quiet_from=None if of.here is None else of.here.begins,
        quiet_until=None if of.here is None else of.here.ends,
        rules=[
            time_schemas.QuietRule(
                place=rule.place,
                weekdays=rule.weekdays,
                saturday=rule.saturday,
                sunday=rule.sunday,
                source=rule.source,
                clocks=list(rule.clocks),
                state=rule.state,
            )
            for rule in of.rules
        ],
    )


def handover(of: Handover) -> schemas.HandoverView:
    return schemas.HandoverView(
        id=of.id,
        kind=of.kind,
        at=of.at,
        by_id=of.by_id,
        by_name=of.by_name,
        to_id=of.to_id,
        to_name=of.to_name,
        from_id=of.from_id,
        from_name=of.from_name,
    )
