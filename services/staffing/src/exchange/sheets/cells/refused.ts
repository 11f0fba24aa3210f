import type { SheetRefusal } from '@sidekick/contracts';

/** The whole sheet is refused, under a code of its own; a worker's error keeps the code on its way home. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: SheetRefusal;
  constructor(code: SheetRefusal) {
    super(code);
    this.code = code;
  }
}
