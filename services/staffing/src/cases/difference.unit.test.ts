import { describe, expect, test } from '@jest/globals';
import { compare } from './difference.ts';

describe('a comparison with a file', () => {
  test('counts each value of a list and takes numbers within 0.0001', () => {
    expect(compare([1, 2, 'none'], [1.00005, 2.0002, 'none'])).toEqual({ equal: 2, different: [{ at: 1, expected: 2, got: 2.0002 }] });
    expect(compare(null, null)).toEqual({ equal: 1, different: [] });
    expect(compare({ lost: 1, changed: [] }, { lost: 1, changed: [] })).toEqual({ equal: 1, different: [] });
    expect(compare(0, null).different).toHaveLength(1);
  });

  test('notices lists that are too short or too long', () => {
    expect(compare([1, 2], [1])).toEqual({ equal: 1, different: [{ at: 1, expected: 2, got: undefined }] });
    expect(compare([], [1]).different).toHaveLength(1);
    expect(compare([1], undefined).different).toHaveLength(1);
  });
});
