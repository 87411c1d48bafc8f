/** Times for people, in the store's time zone. `locale` is the browser's unless given. */
export interface Zone {
  timeZone: string;
  locale?: string | undefined;
}

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are costly to make, so each is made once. */
function format(zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([zone.locale, zone.timeZone, options]);
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(zone.locale, { ...options, timeZone: zone.timeZone });
    formats.set(key, made);
  }
  return made;
}

/** The calendar day in that zone, such as `2026-11-22`. */
export function dayOf(at: number, zone: Zone): string {
  return format({ timeZone: zone.timeZone, locale: "en-CA" }, { dateStyle: "short" }).format(at);
}

export function clockTime(at: number, zone: Zone): string {
  return format(zone, { timeStyle: "short" }).format(at);
}

export function dateAndTime(at: number, zone: Zone): string {
  return format(zone, { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** For lists of recent things: Today, Yesterday, a weekday or a date, and the time. */
export function dayAndTime(at: number, now: number, zone: Zone, words: DayWords): string {
  return `${dayLabel(at, now, zone, words)}, ${clockTime(at, zone)}`;
}

export interface DayWords {
  today: string;
  yesterday: string;
}

/** Separator between days: Today, Yesterday, a weekday in the last week, else the date. */
export function dayLabel(at: number, now: number, zone: Zone, words: DayWords): string {
  const day = dayOf(at, zone);
  if (day === dayOf(now, zone)) return words.today;
  if (day === dayOf(now - DAY_MS, zone)) return words.yesterday;
  return weekdayOrDate(at, now, zone, now - at < 6 * DAY_MS && at < now);
}

/** The weekday where that is plain, else the date, with the year where it is another one. */
function weekdayOrDate(at: number, now: number, zone: Zone, near: boolean): string {
  if (near) return format(zone, { weekday: "long" }).format(at);
  const sameYear = dayOf(at, zone).slice(0, 4) === dayOf(now, zone).slice(0, 4);
  return format(zone, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }).format(at);
}

/** Of something to come: today, tomorrow, a weekday of the next days or a date, and the time. */
export function comingDayAndTime(at: number, now: number, zone: Zone, words: ComingWords): string {
  return `${comingDay(at, now, zone, words)}, ${clockTime(at, zone)}`;
}

export interface ComingWords {
  today: string;
  tomorrow: string;
}

function comingDay(at: number, now: number, zone: Zone, words: ComingWords): string {
  const day = dayOf(at, zone);
  if (day === dayOf(now, zone)) return words.today.toLowerCase();
  if (day === dayOf(now + DAY_MS, zone)) return words.tomorrow.toLowerCase();
  return weekdayOrDate(at, now, zone, at - now < 6 * DAY_MS);
}

/** The short form for list rows: the time today, then Yesterday, a weekday, a date. */
export function listTime(at: number, now: number, zone: Zone, words: DayWords): string {
  const day = dayOf(at, zone);
  if (day === dayOf(now, zone)) return clockTime(at, zone);
  if (day === dayOf(now - DAY_MS, zone)) return words.yesterday;
  if (now - at < 6 * DAY_MS && at < now) return format(zone, { weekday: "short" }).format(at);
  const sameYear = day.slice(0, 4) === dayOf(now, zone).slice(0, 4);
  return format(zone, sameYear ? { day: "numeric", month: "short" } : { dateStyle: "short" }).format(at);
}
