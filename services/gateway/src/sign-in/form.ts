import { SignIn } from '@sidekick/contracts';
import { DomainError, Forbidden, TooMany } from '@sidekick/service-kit';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { sameSite } from '../access/origin.ts';
import { type Callers, noteCaller } from '../sessions/callers.ts';
import { noteVisitor, visitorOf } from '../sessions/visitor.ts';
import type { AuthDeps } from './auth.routes.ts';

const Form = SignIn.extend({ next: z.string().max(2_000).default('/') });

/** A place of our own to go on to; anything that could lead away is the home screen. */
export const nextOf = (next: string): string => (/^\/(?![/\\])[^\\\s]*$/.test(next) ? next : '/');

/** `POST /sign-in`: the form of a page that is not for everybody, which works without script. */
export function signInForm(
  deps: Pick<AuthDeps, 'signing' | 'startSession'> & { callers: Callers; publicUrl: URL; proxyHops: number },
): RequestHandler[] {
  const handle = async (req: Request, res: Response) => {
    if (!sameSite(deps.publicUrl, req, true)) throw new Forbidden('cross-site', 'This request does not come from a page of the portal');
    const caller = await deps.callers.of(req);
    if (caller) noteCaller(req, caller);
    noteVisitor(req, deps.proxyHops);
    const form = Form.safeParse(req.body);
    const next = nextOf(form.data?.next ?? '/');
    res.setHeader('cache-control', 'no-store');
    try {
      const account = await deps.signing.withPassword(form.success ? form.data : Form.parse(req.body), visitorOf(req));
      res.setHeader('set-cookie', await deps.startSession(req, account));
      res.redirect(303, next);
    } catch (error) {
      if (!(error instanceof DomainError) && !(error instanceof z.ZodError)) throw error;
      const code = error instanceof DomainError ? error.code : 'wrong-credentials';
      const wait = error instanceof TooMany ? { wait: String(error.details['retryAfter']) } : {};
      res.redirect(303, `/sign-in?${new URLSearchParams({ next, problem: code, ...wait })}`);
    }
  };
  return [express.urlencoded({ extended: false, limit: 10_000 }), handle];
}
