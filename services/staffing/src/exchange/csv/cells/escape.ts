/**
 * What a spreadsheet may take for a formula, at the beginning of a cell or behind what one may take for the end of a cell or a line: which
 * separator it reads by depends on the machine. An apostrophe before it makes it text; one that stands there already gets another, so
 * that reading takes off exactly what writing put there.
 */
const before = /(?<=^|[,;\t\r\n])(?=[\s\u200b]*['=+\-@＝＋－＠])/gu;
const put = /(?<=^|[,;\t\r\n])'(?=[\s\u200b]*['=+\-@＝＋－＠])/gu;

export const escaped = (text: string): string => text.replaceAll(before, "'");
export const unescaped = (text: string): string => text.replaceAll(put, '');

/** A text as every spreadsheet hands it back: line ends of one kind, and nothing that UTF-8 cannot hold. */
export const likewise = (text: string): string => wellFormed(text.replaceAll(/\r\n?/g, '\n'));

/** Halves of a character, as a cut leaves them, are U+FFFD. */
export const wellFormed = (text: string): string => Buffer.from(text).toString();
