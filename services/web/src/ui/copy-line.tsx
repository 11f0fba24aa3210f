import { useRef, useState } from 'react';
import { Button } from './button.tsx';

/** A secret or a link that is shown once, ready to be copied. */
export function CopyLine({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const copy = async () => {
    input.current?.select();
    await navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="copyline">
      <input ref={input} aria-label={label} readOnly value={value} onFocus={({ target }) => target.select()} className="mono" />
      <Button icon="copy" onClick={() => void copy()}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
