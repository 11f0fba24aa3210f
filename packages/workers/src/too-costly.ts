/** The work took longer, or more memory, than it may: its process was ended, nothing else was harmed. */
export class TooCostly extends Error {
  readonly why: 'time' | 'memory';
  constructor(why: 'time' | 'memory', message: string) {
    super(message);
    this.name = 'TooCostly';
    this.why = why;
  }
}
/** As much work waits as may: try again in a moment. */
export class TooBusy extends Error {}
