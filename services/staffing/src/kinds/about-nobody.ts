/** What a kind says whose records are about nobody: its readers read all of them, and there are no words to take out. */
export const aboutNobody = {
  about: () => null,
  own: null,
  masked: <R>(record: R): R => record,
  hidesReason: false,
  shareable: <R>(record: R): R => record,
  texts: [],
  redacted: <R>(record: R): R => record,
} as const;
