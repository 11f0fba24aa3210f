import { z } from 'zod';
import { Instant, nameOf, Role, Ulid } from '../common.ts';
import { Scope, withReading } from './scopes.ts';

/** What somebody or something is called. */
const Called = nameOf(120);

/** The one form of an e-mail address: what is typed in any case, or with blanks around it, is the same one. */
export const tidyEmail = (email: string): string => email.trim().toLowerCase();
export const Email = z.string().overwrite(tidyEmail).check(z.email()).max(200);
export const Password = z.string().min(10, 'At least 10 characters').max(200);
export const Roles = z.array(Role).min(1).max(3);

/** Such as `de-DE`, in the form that Intl has for it. */
const Language = z
  .string()
  .max(35)
  .refine((language) => canonical(language) === language, 'Not a language and region such as de-DE');
const canonical = (language: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
};

/** `PUT /me/reading`: how dates and numbers are written for the own account, whose words stay English; null: as the browser has it. */
export const Reading = z.strictObject({
  language: Language.nullable(),
  /** Of a week in a calendar; weeks with a number stay those of ISO. */
  firstDay: z.enum(['monday', 'saturday', 'sunday']).nullable(),
});
export type Reading = z.infer<typeof Reading>;

/** Who is signed in, as `GET /me` answers; null fields for anonymous readers are not used: they get 401. */
export const Me = z.strictObject({
  account: Ulid,
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(Role),
  /** The staffing record this account is linked to. */
  person: Ulid.nullable(),
  sample: z.boolean(),
  /** Missing while everything is as the browser has it. */
  reading: Reading.optional(),
});
export type Me = z.infer<typeof Me>;

export const SignIn = z.strictObject({ email: Email, password: z.string().min(1).max(200) });
/** `POST /auth/demo`: one click as a persona of the sample group. */
export const DemoSignIn = z.strictObject({ persona: z.enum(['manager', 'engineer', 'ops']) });
/** `POST /auth/accept`: redeems a first-manager or invitation link. */
export const AcceptInvitation = z.strictObject({
  token: z.string().min(20).max(200),
  name: Called,
  email: Email,
  password: Password,
});

/** `GET /auth/options`: what the sign-in form offers. */
export const AuthOptions = z.strictObject({
  local: z.boolean(),
  /** No account exists yet: the first is made through the link that the start printed. */
  unclaimed: z.boolean().optional(),
  demo: z.array(z.strictObject({ persona: z.enum(['manager', 'engineer', 'ops']), name: z.string() })),
});
export type AuthOptions = z.infer<typeof AuthOptions>;

export const AccountView = z.strictObject({
  id: Ulid,
  version: z.number().int().min(1),
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(Role),
  person: Ulid.nullable(),
  disabled: z.boolean(),
  createdAt: Instant,
  lastSignInAt: Instant.nullable(),
  sample: z.boolean(),
});
export type AccountView = z.infer<typeof AccountView>;
export const AccountPatch = z.strictObject({
  name: Called.optional(),
  roles: Roles.optional(),
  person: Ulid.nullable().optional(),
  disabled: z.boolean().optional(),
  email: Email.optional(),
});

export const InvitationCreate = z.strictObject({
  roles: Roles,
  person: Ulid.nullable().default(null),
  note: nameOf(200, 0).default(''),
  /** Whose link it is: one that an account signs in with is refused at once, and the form is filled in. */
  email: Email.nullable().default(null),
});
/** The link is shown once, to be copied. */
export const InvitationAnswer = z.strictObject({ id: Ulid, url: z.string(), expiresAt: Instant });

/** `POST /tokens`. `expiresAt` is null for a token that has no end. */
export const TokenCreate = z.strictObject({
  name: Called,
  scopes: z.array(Scope).min(1, 'Choose what the token may be used for').max(Scope.options.length).overwrite(withReading),
  expiresAt: Instant.nullable(),
});
export const TokenView = z.strictObject({
  id: Ulid,
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  /** Null: made before tokens had scopes, it may do all that its account may. */
  scopes: z.array(Scope).nullable(),
  /** From then on it is refused; null: it has no end. */
  expiresAt: Instant.nullable(),
});
/** `secret` is shown once. */
export const TokenAnswer = TokenView.extend({ secret: z.string() });

/** First-run steps of the installation: a step done or skipped is gone for everyone. */
export const SetupView = z.strictObject({
  version: z.number().int(),
  /** Whether sample pages, records or accounts are still there. */
  sample: z.boolean(),
  skipped: z.array(z.enum(['handbook', 'people', 'project'])),
});
export type SetupView = z.infer<typeof SetupView>;
export const SetupPatch = z.strictObject({ skipped: z.array(z.enum(['handbook', 'people', 'project'])) });

/** What an SSE client is told: refetch what you show of this. */
export const LiveEvent = z.strictObject({ type: z.string(), id: z.string(), version: z.number().int() });
export type LiveEvent = z.infer<typeof LiveEvent>;

/** One attempt to sign in, kept for 90 days. */
export const SignInAttempt = z.strictObject({
  id: Ulid,
  at: Instant,
  /** Null when the e-mail belongs to no account, or the account is gone. */
  account: z.strictObject({ id: Ulid, name: z.string() }).nullable(),
  by: z.enum(['password', 'demo', 'invitation', 'recovery']),
  /** `limited`: not looked at, since too many wrong ones came before. */
  outcome: z.enum(['ok', 'refused', 'limited']),
  /** Where it came from, as the gateway saw it. */
  address: z.string(),
});
export type SignInAttempt = z.infer<typeof SignInAttempt>;

/** The signed identity that the gateway passes to a service in `sidekick-identity` (JWT, Ed25519, 60 s). */
export const Identity = z.strictObject({
  account: Ulid,
  name: z.string(),
  roles: z.array(Role),
  person: Ulid.nullable(),
  /** Of the API token that asks: it may do no more than these. Missing where the roles alone decide. */
  scopes: z.array(Scope).optional(),
});
export type Identity = z.infer<typeof Identity>;

/** `GET /auth/invitations/{token}`: what a link offers before it is redeemed. */
export const InvitationView = z.strictObject({
  roles: z.array(Role),
  note: z.string(),
  first: z.boolean(),
  /** Whom it was made for; null: whoever has it. */
  email: z.string().nullable().optional(),
});
export type InvitationView = z.infer<typeof InvitationView>;
