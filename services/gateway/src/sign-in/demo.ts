import type { IncomingMessage } from 'node:http';
import type { AuthOptions } from '@sidekick/contracts';
import { fromThisMachine } from '../access/origin.ts';
import { type Account, Persona } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';

export interface Demo {
  /** Whether demo personas may act for this request, as far as the request decides. */
  here(req: IncomingMessage): boolean;
  /** Whether they may sign in: here, and while no real account exists. */
  on(req: IncomingMessage): Promise<boolean>;
  personas(req: IncomingMessage): Promise<AuthOptions['demo']>;
  /** Whether the first account still has to be made, by the link that the start printed. */
  unclaimed(): Promise<boolean>;
  /** Creates the accounts of the personas that are not there yet. `person` is the staffing record each is linked to. */
  seed(personas: PersonaSeed): Promise<Record<Persona, string>>;
}

export type PersonaSeed = Record<Persona, { name: string; person: string | null }>;

interface DemoDeps {
  accounts: Accounts;
  /** Whether personas may be offered at all, and the address that the portal listens on. */
  config: { demo: boolean; bindHost: string };
}

export function demoOf({ accounts, config }: DemoDeps): Demo {
  const here = (req: IncomingMessage) => config.demo && fromThisMachine(config.bindHost, req);
  const on = async (req: IncomingMessage) => here(req) && !(await accounts.anyReal());
  const enabled = async (): Promise<Account[]> => {
    const found = await Promise.all(Persona.options.map((persona) => accounts.persona(persona)));
    return found.filter((account) => account !== null).filter(({ disabled }) => !disabled);
  };
  return {
    here,
    on,
    unclaimed: async () => !(await accounts.anyReal()),
    personas: async (req) => {
      if (!(await on(req))) return [];
      return (await enabled()).flatMap(({ persona, private: { name } }) => (persona ? [{ persona, name }] : []));
    },
    seed: async ({ manager, engineer, ops }) => ({
      manager: await seedOne(accounts, 'manager', manager),
      engineer: await seedOne(accounts, 'engineer', engineer),
      ops: await seedOne(accounts, 'ops', ops),
    }),
  };
}

async function seedOne(accounts: Accounts, persona: Persona, { name, person }: PersonaSeed[Persona]): Promise<string> {
  const there = await accounts.persona(persona);
  if (there) return there._id;
  const nobody = { invitation: null, passwordHash: null };
  const account = { kind: 'sample', roles: [persona], persona, person, private: { name, email: null }, ...nobody } as const;
  return (await accounts.create({ ...account, roles: [persona] }))._id;
}
