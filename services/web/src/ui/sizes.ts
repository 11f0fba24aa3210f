const KIB = 1024;

/** Bytes as a person reads them, in steps of 1,024: `12 kB`, `3.4 MB`. */
export const sizeOf = (bytes: number): string =>
  bytes < KIB * KIB ? `${Math.max(1, Math.round(bytes / KIB))} kB` : `${Math.round((bytes / (KIB * KIB)) * 10) / 10} MB`;
