import type { PlanView } from '@sidekick/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { atMinute } from '../../ui/instants.ts';

/** What stands above a plan: where it belongs, its weeks, and what can be done. */
export function Head({ view, title, children }: { view: PlanView; title: string; children?: ReactNode }) {
  return (
    <div className="hh">
      <div>
        <nav className="bc" aria-label="Breadcrumb">
          <Link to="/plan">Plans</Link>
          <span aria-hidden="true">/</span>
          <span>{atMinute(view.askedAt)}</span>
        </nav>
        <h1>{title}</h1>
      </div>
      <span className="grow" />
      <span className="hacts">{children}</span>
    </div>
  );
}
