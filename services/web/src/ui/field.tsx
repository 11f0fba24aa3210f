import type { InputHTMLAttributes, ReactNode } from 'react';
import { useId } from 'react';
import { Icon } from './icons.tsx';

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  help?: ReactNode;
  /** What is wrong, in words. */
  error?: string | undefined;
}

/** A labelled input: help and error stand below it and are read with it. */
export function Field({ label, help, error, id, ...rest }: Props) {
  const own = useId();
  const input = id ?? own;
  return (
    <div className="fd">
      <label htmlFor={input}>{label}</label>
      <input
        {...rest}
        id={input}
        aria-invalid={error ? true : undefined}
        aria-describedby={[help && `${input}-help`, error && `${input}-error`].filter(Boolean).join(' ') || undefined}
      />
      {help && (
        <p className="xs" id={`${input}-help`}>
          {help}
        </p>
      )}
      <FieldError id={`${input}-error`} error={error} />
    </div>
  );
}

/** The sentence below a field; `id` is what the field's `aria-describedby` names. */
export function FieldError({ id, error }: { id?: string; error: string | null | undefined }) {
  if (!error) return null;
  return (
    <p className="fe" id={id} role="alert">
      <Icon name="warn" />
      {error}
    </p>
  );
}
