/** An all-day event; days are ISO days, `to` included. */
export interface IcsEvent {
  /** Unique in the world, and the same as long as it is the same event. */
  uid: string;
  from: string;
  to: string;
  summary: string;
  description: string;
  tentative: boolean;
  /** Whether the days count as busy. */
  busy: boolean;
  /** UTC, ISO 8601. */
  changedAt: string;
  /** Never falls while the event is the same. */
  sequence: number;
}

export interface IcsCalendar {
  name: string;
  /** How often programs are asked to look again. */
  refreshHours: number;
  events: readonly IcsEvent[];
}

const mostOctets = 75;

/** A calendar as RFC 5545 has it, with what programs take for its name and how often to look (RFC 7986). */
export function icsOf({ name, refreshHours, events }: IcsCalendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sidekick//Calendar feeds//EN',
    'CALSCALE:GREGORIAN',
    `NAME:${textOf(name)}`,
    `X-WR-CALNAME:${textOf(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:PT${refreshHours}H`,
    `X-PUBLISHED-TTL:PT${refreshHours}H`,
    ...(events.length === 0 ? utc : events.flatMap(linesOf)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** A calendar has at least one component. */
const utc = [
  ...['BEGIN:VTIMEZONE', 'TZID:Etc/UTC', 'BEGIN:STANDARD', 'DTSTART:19700101T000000'],
  ...['TZOFFSETFROM:+0000', 'TZOFFSETTO:+0000', 'END:STANDARD', 'END:VTIMEZONE'],
];

const linesOf = ({ uid, from, to, summary, description, tentative, busy, changedAt, sequence }: IcsEvent): string[] => [
  'BEGIN:VEVENT',
  `UID:${textOf(uid)}`,
  `DTSTAMP:${instantOf(changedAt)}`,
  `LAST-MODIFIED:${instantOf(changedAt)}`,
  `SEQUENCE:${sequence}`,
  `DTSTART;VALUE=DATE:${dayOf(from)}`,
  // The end of an event is the first day that is no more of it.
  `DTEND;VALUE=DATE:${dayOf(new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString())}`,
  `SUMMARY:${textOf(summary)}`,
  ...(description ? [`DESCRIPTION:${textOf(description)}`] : []),
  `STATUS:${tentative ? 'TENTATIVE' : 'CONFIRMED'}`,
  `TRANSP:${busy ? 'OPAQUE' : 'TRANSPARENT'}`,
  'END:VEVENT',
];

const dayOf = (iso: string): string => iso.slice(0, 10).replaceAll('-', '');
const instantOf = (iso: string): string => `${iso.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** Words of users as a TEXT value: no sign of control in it, and nothing that ends it. */
const textOf = (words: string): string =>
  words
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a calendar may not hold
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n');

/** A line of more than 75 octets goes on after a blank in the next; no letter is cut apart. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= mostOctets) return line;
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const letter of line) {
    const own = Buffer.byteLength(letter);
    // The blank that begins every line but the first is one of its octets.
    if (octets + own > mostOctets - (parts.length > 0 ? 1 : 0)) {
      parts.push(part);
      part = '';
      octets = 0;
    }
    part += letter;
    octets += own;
  }
  return [...parts, part].join('\r\n ');
}
