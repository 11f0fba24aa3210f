import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Envelope, events, parseForPublish, parseOnReceipt, topology, UnknownEventType } from './index.ts';

const folder = new URL('../samples/', import.meta.url);
const samples = readdirSync(folder).map(
  (file) => [file.replace('.json', ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))] as const,
);

/** A later release's shape of the same event stands beside the first: `<name>@2`. */
const typeOf = (name: string) => name.replace(/@\d+$/, '');

describe('events', () => {
  test('every released event has a golden sample', () => {
    expect([...new Set(samples.map(([name]) => typeOf(name)))].sort()).toEqual(Object.keys(events).sort());
  });

  test.each(samples.filter(([name]) => name.endsWith('@2')))(
    '%s parses with the schema of the release before, which knew no request id',
    (_, newest) => {
      const { requestid: _requestid, ...before } = Envelope.shape;
      const { requestid: _dropped, ...read } = newest;
      expect(z.object(before).parse(newest)).toEqual(read);
    },
  );

  test.each(samples)('the golden sample of %s parses for ever, unchanged', (_name, sample) => {
    expect(parseForPublish(sample)).toEqual(sample);
    expect(parseOnReceipt(sample)).toEqual(sample);
  });

  test.each(samples)('%s with fields of a newer release is refused on publish and read without them on receipt', (_name, sample) => {
    const newer = { ...sample, extra: 1, data: { ...sample.data, later: true, state: { ...sample.data.state, later: { a: 1 } } } };
    expect(() => parseForPublish(newer)).toThrow();
    expect(parseOnReceipt(newer)).toEqual(sample);
  });

  test('drops unknown fields inside lists and choices too', () => {
    const [, timeOff] = samples.find(([name]) => name.includes('time-off')) as (typeof samples)[0];
    const [, page] = samples.find(([name]) => name.includes('page')) as (typeof samples)[0];
    const amount = { ...timeOff, data: { ...timeOff.data, state: { ...timeOff.data.state, amount: { portion: 0.5, unit: 'day' } } } };
    expect(parseOnReceipt(amount)).toEqual(timeOff);
    const section = {
      ...page,
      data: { ...page.data, state: { ...page.data.state, sections: [{ ...page.data.state.sections[0], depth: 3 }] } },
    };
    expect(parseOnReceipt(section)).toEqual(page);
  });

  test('what is missing or of a wrong kind is refused on receipt', () => {
    const [, person] = samples.find(([name]) => name.includes('person')) as (typeof samples)[0];
    expect(() => parseOnReceipt({ ...person, sequence: 0 })).toThrow();
    expect(() => parseOnReceipt({ ...person, data: { ...person.data, deleted: 'no' } })).toThrow();
    expect(() => parseOnReceipt({ ...person, type: 'staffing.person.moved.v1' })).toThrow(UnknownEventType);
    expect(() => parseOnReceipt({ ...person, type: '__proto__' })).toThrow(UnknownEventType);
  });

  test('a person event holds neither mail address nor note', () => {
    const [, person] = samples.find(([name]) => name.includes('person')) as (typeof samples)[0];
    const told = {
      ...person,
      data: { ...person.data, state: { ...person.data.state, private: { name: 'Ana', email: 'a@b.example', note: 'x' } } },
    };
    expect(() => parseForPublish(told)).toThrow();
  });

  test('the topology names released events alone', () => {
    for (const queue of Object.values(topology)) for (const type of queue.events) expect(Object.keys(events)).toContain(type);
  });
});
