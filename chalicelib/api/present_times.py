"""Quiet hours and customers' clocks as they go over HTTP: as present.py."""

from chalicelib.usecases.show_quiet_hours import CustomerClock, QuietTable

from . import time_schemas


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
