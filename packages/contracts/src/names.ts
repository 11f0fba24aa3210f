/**
 * One form for names. What people call things (skills, regions, tags, titles, link targets, anchors, owners) is typed in several
 * forms: composed or not, in other cases, with other blanks. Keys compare by these functions and by nothing else.
 */

/** As it is stored and shown: composed (Unicode NFC), blanks collapsed, none at the ends. */
export const tidyName = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();

/** What a reader never sees, such as soft hyphens, joiners and marks of direction: pasted texts are full of it. */
const ignored = /\p{Default_Ignorable_Code_Point}/gu;
const plainForm = (text: string): string => tidyName(text.normalize('NFKC').replaceAll(ignored, ''));

/** Letters of ASCII alone, most names by far: they have one form, and one small letter each. */
export const isPlain = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/**
 * The form by which two names are the same: tidy, in one case (`Straße`, `STRASSE` and `strasse` are one name; `React` is `react`), in
 * one width (`Ｒｅａｃｔ`) and without what nobody sees, as Unicode's NFKC_Casefold has it. Case is folded by way of capitals and back,
 * since some letters meet only there (ß and SS).
 */
export const nameKey = (text: string): string =>
  isPlain(text) ? tidyName(text).toLowerCase() : plainForm(plainForm(text).toLowerCase().toUpperCase().toLowerCase());

/** The names as they are stored, each once by its key: of two spellings the first stays. */
export function distinctNames(names: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const name of names) if (!byKey.has(nameKey(name))) byKey.set(nameKey(name), tidyName(name));
  return [...byKey.values()];
}

/** Letters of Latin script that no decomposition takes apart. */
const plainLetters = new Map(
  Object.entries({ ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ı: 'i', ŋ: 'n', ß: 'ss' }),
);

/**
 * The form by which people look for a name: as its key, without accents (`alv` begins `Álvarez`) and with plain apostrophes.
 * Marks of scripts that cannot be read without them (Arabic, Hindi, Thai) stay.
 */
export const typedKey = (text: string): string =>
  tidyName(
    nameKey(text)
      .normalize('NFD')
      .replaceAll(/[\u0300-\u036f]/g, ''),
  )
    .replaceAll(/[øæœłđðþħŧıŋß]/g, (letter) => plainLetters.get(letter) ?? letter)
    .replaceAll(/[’‘ʼ`´]/g, "'");

/** Characters that cannot be seen and change how others read: controls, overrides of direction, zero-width spaces. */
export const unseen = /[\p{Cc}\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

/** Whether there is anything to read in a name: fillers and the empty pattern of Braille look like nothing. */
export const isSeen = (name: string): boolean => /[^\p{Default_Ignorable_Code_Point}\s\u2800]/u.test(name);
