import { CopyLine } from '../../ui/copy-line.tsx';

/** What the receiver checks signatures with; shown once. */
export const Secret = ({ name, secret }: { name: string; secret: string }) => (
  <>
    <p>
      <b>Copy the secret of “{name}” now.</b> It is not shown again. With it the receiver checks that a delivery comes from here, by any
      library of Standard Webhooks: <code>webhook-id</code>, <code>webhook-timestamp</code>, <code>webhook-signature</code>.
    </p>
    <CopyLine label="Secret" value={secret} />
  </>
);
