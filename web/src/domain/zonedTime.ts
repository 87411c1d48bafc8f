/** Wall clocks of any time zone: what a field of type datetime-local shows there, and which instant that is. */

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string): Intl.DateTimeFormat {
  let made = formats.get(zone);
  if (!made) {
    made = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
    formats.set(zone, made);
  }
  return made;
}

/** Such as `2026-11-23T09:00`: what a clock there shows at this instant. */
export function toZonedField(instant: number, zone: string): string {
  const parts = Object.fromEntries(
    wallClock(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts["year"]}-${parts["month"]}-${parts["day"]}T${parts["hour"]}:${parts["minute"]}`;
}

/** The instant at which a clock there shows this; null where it is no time. A time that is skipped is the one after it. */
export function fromZonedField(value: string, zone: string): number | null {
  const asUtc = Date.parse(`${value}Z`);
  if (Number.isNaN(asUtc)) return null;
  let instant = asUtc - offsetAt(asUtc, zone);
  instant = asUtc - offsetAt(instant, zone);
  return instant;
}

/** Milliseconds that a clock there is ahead of UTC. */
export function offsetAt(instant: number, zone: string): number {
  const minute = Math.floor(instant / 60_000) * 60_000;
  return Date.parse(`${toZonedField(minute, zone)}Z`) - minute;
}

/** The same time of day, so many days later. */
export function onDay(instant: number, zone: string, days: number, clock: string): number {
  const day = new Date(Date.parse(`${toZonedField(instant, zone).slice(0, 10)}T00:00Z`) + days * 86_400_000);
  return fromZonedField(`${day.toISOString().slice(0, 10)}T${clock}`, zone) ?? instant;
}

/** What the zone is called, such as "Eastern Time". */
export function zoneName(zone: string, locale?: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "longGeneric" }).formatToParts(0);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}
