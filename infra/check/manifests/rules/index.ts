import { data } from './data.ts';
import type { Rule } from './look.ts';
import { network } from './network.ts';
import { pods } from './pods.ts';
import { rollout } from './rollout.ts';

/** The rules for manifests, one function each: what is rendered comes in, a line for each breach comes out. */
export const rules: Record<string, Rule> = { ...pods, ...rollout, ...network, ...data };
