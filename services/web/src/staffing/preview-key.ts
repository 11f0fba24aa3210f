/** Of queries that ask what commands would do. */
export const previewKey = ['staffing', 'preview'] as const;
