import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { usePeople, useProjects } from '../../staffing/queries.ts';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { PersonRates } from './person-rates.tsx';
import { ProjectMoney } from './project-money.tsx';

/** `/projects/<id>/money`. */
export function ProjectMoneyScreen() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useProjects();
  const project = data?.find((one) => one.id === id);
  useTitle(project ? `Money of ${project.name}` : 'Money');
  return (
    <Screen
      of={project && { name: project.name, at: `/projects/${id}` }}
      list="/projects"
      {...{ loaded: data !== undefined, error, refetch }}
    >
      {project && <ProjectMoney project={project} />}
    </Screen>
  );
}

/** `/people/<id>/rates`. */
export function PersonRatesScreen() {
  const { id = '' } = useParams();
  const { data, error, refetch } = usePeople();
  const person = data?.find((one) => one.id === id);
  useTitle(person ? `Rates of ${person.private.name}` : 'Rates');
  return (
    <Screen
      of={person && { name: person.private.name, at: `/people/${id}` }}
      list="/people"
      {...{ loaded: data !== undefined, error, refetch }}
    >
      {person && <PersonRates person={person} />}
    </Screen>
  );
}

interface ScreenProps {
  of: { name: string; at: string } | undefined;
  list: string;
  loaded: boolean;
  error: Error | null;
  refetch: () => unknown;
  children: ReactNode;
}

function Screen({ of, list, loaded, error, refetch, children }: ScreenProps) {
  return (
    <main className="wrap">
      {error && <ProblemNote error={error} retry={() => void refetch()} what="This did not load" />}
      {!loaded && !error && <Lines count={6} />}
      {loaded && !of && (
        <Empty
          icon="search"
          title="This is not here any more"
          action={
            <Link className="btn" to={list}>
              Show all
            </Link>
          }
        >
          Somebody may have removed it; Undo in the history brings it back.
        </Empty>
      )}
      {of && (
        <div className="lsth">
          <h1>
            <Link to={of.at}>
              <bdi>{of.name}</bdi>
            </Link>
          </h1>
        </div>
      )}
      {children}
    </main>
  );
}
