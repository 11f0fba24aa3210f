import { describe, expect, test } from '@jest/globals';
import { judge, type PlayedPlan } from './plan-file.ts';

const proven = (...vector: number[]): PlayedPlan => ({ id: 'c', status: 'proven', plan: [], vector, seconds: 1 });
const bounded = (vector: number[], bound: (number | null)[]): PlayedPlan => ({
  id: 'c',
  status: 'bound',
  plan: [],
  vector,
  bound,
  seconds: 1,
});
const certain = { vector: [16, 0.5, -3, 0.2] };

describe('an answer beside what a file expects', () => {
  test('is as expected when every certain goal is met, however much of it is proven', () => {
    expect(judge(proven(16, 0.5, -3, 0.2), certain)).toBe('equal');
    expect(judge(bounded([16, 0.5, -3, 0.2], [16, 0.5, 4, null]), certain)).toBe('equal');
    expect(judge({ id: 'c', error: 'P5' }, { error: 'P5' })).toBe('equal');
    expect(judge(proven(16, 0.5, -3, 0.2), undefined)).toBeNull();
  });

  test('is bounded when a goal is worse and its bound does not exclude the optimum', () => {
    expect(judge(bounded([12, 0.4, 0, 0.1], [16, null, null, null]), certain)).toBe('bounded');
    expect(judge(bounded([16, 0.6, -3, 0.2], [16, 0.45, null, null]), certain)).toBe('bounded');
    expect(judge(bounded([16, 0.5, -6, 0.2], [16, 0.5, -3, null]), certain)).toBe('bounded');
  });

  test('is different when it claims too much, finds what cannot be, or names another rule', () => {
    expect(judge(proven(12, 0.4, 0, 0.1), certain)).toBe('different');
    expect(judge(bounded([12, 0.4, 0, 0.1], [15, null, null, null]), certain)).toBe('different');
    expect(judge(bounded([12, 0.4, 0, 0.1], [12, 0.3, null, null]), certain)).toBe('different');
    expect(judge(proven(20, 0.5, -3, 0.2), certain)).toBe('different');
    expect(judge(bounded([16, 0.4, -3, 0.2], [16, 0.3, null, null]), certain)).toBe('different');
    expect(judge({ id: 'c', error: 'P5' }, { error: 'P6' })).toBe('different');
    expect(judge({ id: 'c', error: 'P5' }, certain)).toBe('different');
    expect(judge(proven(0, 0, 0, 0), { error: 'P5' })).toBe('different');
  });

  test('may be better than the best that is known where that is not certain, but not than what is excluded', () => {
    const best = { vector: [16, 0.5, 39, 0.2], proven: 2, bound: [16, 0.5, 76, null] };
    expect(judge(proven(16, 0.5, 60, 0.3), best)).toBe('equal');
    expect(judge(bounded([16, 0.5, 20, 0.3], [16, 0.5, 70, null]), best)).toBe('equal');
    expect(judge(proven(16, 0.5, 20, 0.3), best)).toBe('different');
    expect(judge(proven(16, 0.5, 77, 0.3), best)).toBe('different');
  });
});
