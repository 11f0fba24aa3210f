import { nameKey, typedKey } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { newCalendar } from './calendar.ts';

export interface Region {
  /** Country, then state and area as the published calendars name them: `PT`, `GB-ENG`, `US-CA`. */
  readonly code: string;
  readonly name: string;
  /** Whether published calendars know its holidays; those of other countries are entered by hand. */
  readonly calendar: boolean;
}

/** What `Intl` calls a region and is none of a country that stands today. */
const noCountry = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

function countries(): Region[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return letters.flatMap((first) =>
    letters.flatMap((second): Region[] => {
      const code = first + second;
      const name = names.of(code);
      const stands = name !== undefined && !noCountry.has(code) && new Intl.Locale(`und-${code}`).region === code;
      return stands ? [{ code, name, calendar: false }] : [];
    }),
  );
}

function published(): Region[] {
  const calendar = newCalendar();
  return Object.entries(calendar.getCountries('en') ?? {}).flatMap(([country, countryName]) => [
    { code: country, name: countryName, calendar: true },
    ...Object.entries(calendar.getStates(country, 'en') ?? {}).flatMap(([state, stateName]) => [
      { code: `${country}-${state}`, name: `${countryName}, ${stateName}`, calendar: true },
      ...Object.entries(calendar.getRegions(country, state, 'en') ?? {}).map(([area, areaName]) => ({
        code: `${country}-${state}-${area}`,
        name: `${countryName}, ${stateName}, ${areaName}`,
        calendar: true,
      })),
    ]),
  ]);
}

interface Known {
  readonly list: readonly Region[];
  readonly byKey: ReadonlyMap<string, Region>;
}
let known: Known | undefined;

/** Made when first asked for: some hundred milliseconds of reading calendars. */
function regions(): Known {
  known ??= (() => {
    const all = new Map([...countries(), ...published()].map((region) => [region.code, region]));
    const list = [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return { list, byKey: new Map(list.map((region) => [nameKey(region.code), region])) };
  })();
  return known;
}

/** What the region of a person or holiday may be: every country, and every part of one that published calendars know; by name. */
export const knownRegions = (): readonly Region[] => regions().list;

/** The region of a code in any case, or undefined. */
export const regionOf = (code: string): Region | undefined => regions().byKey.get(nameKey(code));

/** The code as it is kept: as published where it is known, else as it is. */
export const regionCode = (code: string): string => regionOf(code)?.code ?? code;

/** Regions that somebody may have meant, nearest first: of this name (ours or their own), in this country, or a letter away; at most three. */
function nearestRegions(typed: string): Region[] {
  const key = typedKey(typed.replaceAll(/[_/]/g, '-'));
  const country = standing(key.split('-')[0] ?? '');
  const own = nameKey(ownNames().get(key) ?? '');
  const score = ({ code, name }: Region): number => {
    const [codeKey, words] = [nameKey(code), typedKey(name)];
    if (words === key || codeKey === key || codeKey === own) return 0;
    if (codeKey === country) return 1;
    if (words.startsWith(key)) return 2;
    if (key.length > 2 && words.includes(key)) return 3;
    return 4 + distance(key, key.length > 5 ? words : codeKey);
  };
  const scored = knownRegions().map((region) => ({ region, score: score(region) }));
  // What is a letter or two away is a guess: it is made only where nothing of that name or country is known.
  const furthest = scored.some((one) => one.score < 4) ? 3 : 6;
  const near = scored.filter((one) => one.score <= furthest).sort((a, b) => a.score - b.score || (a.region.code < b.region.code ? -1 : 1));
  return near.slice(0, 3).map(({ region }) => region);
}

/** A region that was kept before regions were a choice stays until it is changed; the home page tells of it. */
export function unknownRegion(before: string | null | undefined, region: string | null, path = 'region'): FieldError[] {
  if (region === null || region === before || regionOf(region)) return [];
  const near = nearestRegions(region).map(({ code, name }) => `${code} (${name})`);
  const advice = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'choose one of the list, e.g. PT or DE-BY';
  return [{ path, message: `No region is called ${region}: ${advice}` }];
}

/** What countries call themselves, e.g. `deutschland`, to their codes. */
const ownNames = (): ReadonlyMap<string, string> =>
  new Map(Object.entries(newCalendar().getCountries() ?? {}).map(([code, name]) => [typedKey(name), code]));

/** The key of the code that a country has today: `gb` for `uk`. */
const standing = (country: string): string =>
  /^[a-z]{2}$/.test(country) ? nameKey(new Intl.Locale(`und-${country}`).region ?? country) : country;

/** Edits from one word to the other (Levenshtein, by rows). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let at = 1; at <= a.length; at++) {
    const next = [at];
    for (let to = 1; to <= b.length; to++) {
      const change = (row[to - 1] ?? 0) + (a[at - 1] === b[to - 1] ? 0 : 1);
      next.push(Math.min(change, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
