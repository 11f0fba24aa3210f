/**
 * Kinds of test by suffix: unit (no I/O), int (one service with stand-ins, over HTTP), e2e (real servers, a real browser).
 * `.test.tsx` runs in jsdom.
 */
const rootDir = new URL('../..', import.meta.url).pathname;
const base = {
  rootDir,
  roots: ['<rootDir>/packages', '<rootDir>/services', '<rootDir>/infra'],
  globalSetup: '<rootDir>/infra/jest/global-setup.mjs',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  modulePathIgnorePatterns: ['/dist/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons'] },
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { target: 'es2023', parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
const node = (kind) => ({ ...base, displayName: kind, testMatch: [`**/*.${kind}.test.ts`] });

export default {
  rootDir,
  workerIdleMemoryLimit: '300MB',
  maxWorkers: 2,
  testSequencer: '<rootDir>/infra/jest/longest-first.mjs',
  testTimeout: 120_000,
  reporters: ['default', '<rootDir>/infra/jest/closing-line.mjs'],
  coverageProvider: 'v8',
  projects: [
    node('unit'),
    node('int'),
    node('e2e'),
    {
      ...base,
      displayName: 'web',
      testMatch: ['**/*.test.tsx'],
      testEnvironment: '<rootDir>/infra/jest/jsdom.mjs',
      testEnvironmentOptions: { customExportConditions: ['browser'] },
      moduleNameMapper: { '\\.css$': '<rootDir>/infra/jest/no-css.mjs' },
    },
  ],
};
