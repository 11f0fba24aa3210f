import { Link } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { Empty } from '../../ui/empty.tsx';
import { SignInForm } from '../sign-in/index.ts';
import { Breadcrumb } from './article.tsx';

/** No page for this reader. To an anonymous one it is the same for a page that does not exist and one that is internal. */
export function Missing({ path, anonymous, empty }: { path: string; anonymous: boolean; empty: boolean }) {
  useTitle(anonymous ? 'Not found' : 'No such page');
  if (anonymous) return <ForAnonymous />;
  if (empty) return <EmptyHandbook />;
  return (
    <>
      <Breadcrumb crumbs={[]} />
      <Empty
        icon="page"
        title="No page lives here"
        action={
          <>
            <Link className="btn primary" to={`/new?path=${encodeURIComponent(path)}`}>
              Write it
            </Link>
            <Link className="btn" to={`/search?q=${encodeURIComponent(path.split('/').at(-1)?.replace(/[-_]+/g, ' ') ?? '')}`}>
              Search for it
            </Link>
          </>
        }
      >
        <span className="mono">/p/{path}</span> was never written, or it was archived.
      </Empty>
    </>
  );
}

function ForAnonymous() {
  return (
    <section className="nothere">
      <h1>Nothing to read here</h1>
      <p className="mid">There is no public page at this address. It may be for people with an account.</p>
      <SignInForm />
    </section>
  );
}

function EmptyHandbook() {
  return (
    <Empty
      icon="book"
      title="The handbook is empty"
      action={
        <>
          <Link className="btn primary" to="/imports">
            Import your handbook
          </Link>
          <Link className="btn" to="/new">
            Write the first page
          </Link>
        </>
      }
    >
      Practices live here: how the group releases, migrates, reviews, hires. Bring the Markdown you have, with its links and images.
    </Empty>
  );
}
