/** What is wrong with a cell, and what to do, in words; the caller knows where it stands. */
export class Fault extends Error {
  override readonly name = 'Fault';
}
