import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of this run: workers inherit its name. What was found or missing goes there; servers start on first need. */
export default function setUp() {
  process.env.SIDEKICK_TEST_RUN = mkdtempSync(join(tmpdir(), 'sidekick-test-'));
}
