import { ApiProblem, becameOf } from '../api/ask.ts';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';

interface Props {
  error: Error;
  retry?: () => void;
  what?: string;
  /** What `what` says was not done, as done: said to be unknown where it is. */
  done?: string;
}

/** What failed, in its place, with the request id and a way to try again. The rest of the screen goes on. */
export function ProblemNote({ error, retry, what = 'This did not load', done }: Props) {
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div className="problem" role="alert">
      <Icon name="warn" />
      <div>
        <b>{done === undefined ? what : becameOf(error, what, done)}</b>
        <div>{problem ? problem.message : unknownWords(error)}</div>
        {problem?.problem?.errors && (
          <ul>
            {problem.problem.errors.map(({ path, message }) => (
              <li key={`${path} ${message}`}>{path === '' ? message : `${path}: ${message}`}</li>
            ))}
          </ul>
        )}
        {problem?.requestId && <small>Request {problem.requestId}</small>}
      </div>
      {retry && (
        <Button icon="replay" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Code that cannot be fetched: the portal is not there, or an update has replaced it. */
function unknownWords(error: Error): string {
  if (/dynamically imported module|preload CSS/i.test(error.message)) {
    return 'The portal does not answer, or was updated while this tab stood open. Check the connection, then try again.';
  }
  return error.name === 'Error' && error.message !== '' ? error.message : 'Something failed in this page. Reload it, or try again.';
}
