/** Time as an argument. Days are those of the installation's one time zone. */
export interface Clock {
  now(): Date;
  /** Today as an ISO day. */
  today(): string;
  readonly timeZone: string;
}

/** The ISO day of an instant in a time zone. */
export function dayIn(timeZone: string, instant: Date): string {
  return dayFormat(timeZone).format(instant);
}

/** Making one costs a hundred times what formatting does; an installation asks for one zone. */
const formats = new Map<string, Intl.DateTimeFormat>();
function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, made);
  return made;
}

/** The system's clock; with `today` it is moved by whole days so that it starts on that day (demos, tests). */
export function systemClock(options: { timeZone: string; today?: string | undefined }): Clock {
  const { timeZone } = options;
  const shift = options.today ? Date.parse(options.today) - Date.parse(dayIn(timeZone, new Date())) : 0;
  const now = () => new Date(Date.now() + shift);
  return { now, today: () => dayIn(timeZone, now()), timeZone };
}
