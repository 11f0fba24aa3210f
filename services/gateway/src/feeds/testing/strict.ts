import ICAL from 'ical.js';

/** What RFC 5545 asks of an event that programs subscribe to, each at most once. */
const once = ['UID', 'DTSTAMP', 'LAST-MODIFIED', 'SEQUENCE', 'DTSTART', 'DTEND', 'SUMMARY', 'DESCRIPTION', 'STATUS', 'TRANSP'];
const needed = ['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY'];

/** The events of a calendar as ical.js reads it. Throws for all that RFC 5545 forbids and ical.js lets through. */
export function strictly(text: string): { name: string; events: ICAL.Event[] } {
  const bytes = Buffer.from(text);
  if (!text.endsWith('\r\n')) throw new Error('does not end with a line break');
  for (const line of text.slice(0, -2).split('\r\n')) {
    if (/[\r\n]/.test(line)) throw new Error(`a line break that is none: ${JSON.stringify(line)}`);
    if (Buffer.byteLength(line) > 75) throw new Error(`more than 75 octets: ${line}`);
    if (Buffer.from(line).toString() !== line) throw new Error(`a letter cut apart: ${line}`);
  }
  if (bytes.toString() !== text) throw new Error('no UTF-8');
  const lines = text.replaceAll('\r\n ', '').slice(0, -2).split('\r\n');
  const open: string[] = [];
  let names: string[] = [];
  const uids = new Set<string>();
  for (const line of lines) {
    const [, name = '', parameters = '', value = ''] = /^([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`no content line: ${line}`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a calendar may not hold
    if (/[\u0000-\u001f\u007f]/.test(value)) throw new Error(`a sign of control: ${line}`);
    if (name === 'BEGIN') {
      open.push(value);
      names = [];
    } else if (name === 'END') {
      if (open.pop() !== value) throw new Error(`ends what did not begin: ${value}`);
      if (value === 'VEVENT') for (const one of needed) if (!names.includes(one)) throw new Error(`an event without ${one}`);
    } else {
      if (open.length === 0) throw new Error(`outside of everything: ${line}`);
      if (open.at(-1) === 'VEVENT' && once.includes(name) && names.includes(name)) throw new Error(`twice: ${name}`);
      names.push(name);
    }
    if (name === 'UID' && uids.has(value)) throw new Error(`two events are ${value}`);
    if (name === 'UID') uids.add(value);
    if (/^DT(?:START|END)$/.test(name) && open.at(-1) === 'VEVENT' && !(parameters === ';VALUE=DATE' && /^\d{8}$/.test(value)))
      throw new Error(`no day: ${line}`);
    if (/^(?:DTSTAMP|LAST-MODIFIED)$/.test(name) && !/^\d{8}T\d{6}Z$/.test(value)) throw new Error(`no instant: ${line}`);
    if (/^(?:SUMMARY|DESCRIPTION|NAME)$/.test(name) && /(?<!\\)(?:\\\\)*(?:[;,]|\\[^nN;,\\])/.test(value))
      throw new Error(`not escaped: ${line}`);
  }
  if (open.length > 0) throw new Error(`does not end: ${open}`);
  const calendar = new ICAL.Component(ICAL.parse(text));
  if (calendar.getAllSubcomponents().length === 0) throw new Error('a calendar without a component');
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  for (const { startDate, endDate } of events) if (startDate.compare(endDate) >= 0) throw new Error('ends before it begins');
  return { name: String(calendar.getFirstPropertyValue('name')), events };
}
