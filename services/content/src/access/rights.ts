/** Removing a source, and archiving what an import no longer finds. */
export const mayRemoveSources = ['manager', 'ops'] as const;
