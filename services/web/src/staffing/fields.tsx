import './staffing.css';
import { type ReactNode, useId } from 'react';
import { FieldError } from '../ui/field.tsx';

interface FieldProps {
  label: ReactNode;
  help?: ReactNode;
  error?: string | null | undefined;
  children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }) => ReactNode;
}

/** A label above, help below, and the error of the field in words. */
export function Field({ label, help, error, children }: FieldProps) {
  const id = useId();
  const describedBy = error ? `${id}-error` : help ? `${id}-help` : undefined;
  return (
    <div className="fd">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
      <FieldError id={`${id}-error`} error={error} />
      {help && !error ? (
        <p className="xs" id={`${id}-help`}>
          {help}
        </p>
      ) : null}
    </div>
  );
}

interface TextProps {
  label: ReactNode;
  value: string;
  onChange: (value: string) => void;
  help?: ReactNode;
  error?: string | null | undefined;
  type?: 'text' | 'email' | 'number';
  list?: string;
  autoFocus?: boolean;
  unit?: string;
}

export function TextField({ label, value, onChange, help, error, type = 'text', list, autoFocus }: TextProps) {
  return (
    <Field label={label} help={help} error={error}>
      {(ids) => (
        <input
          {...ids}
          type={type === 'number' ? 'text' : type}
          inputMode={type === 'number' ? 'decimal' : undefined}
          value={value}
          list={list}
          data-autofocus={autoFocus || undefined}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export function TextArea({ label, value, onChange, help, error, autoFocus }: TextProps) {
  return (
    <Field label={label} help={help} error={error}>
      {(ids) => (
        <textarea
          {...ids}
          rows={3}
          value={value}
          data-autofocus={autoFocus || undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface SelectProps<T extends string> {
  label: ReactNode;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string }[];
  help?: ReactNode;
  error?: string | null | undefined;
  disabled?: boolean;
}

export function SelectField<T extends string>({ label, value, onChange, options, help, error, disabled }: SelectProps<T>) {
  return (
    <Field label={label} help={help} error={error}>
      {(ids) => (
        <select {...ids} value={value} disabled={disabled} onChange={(event) => onChange(event.currentTarget.value as T)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A few choices side by side. */
export function Choice<T extends string>({ label, value, onChange, options }: Omit<SelectProps<T>, 'help' | 'error' | 'disabled'>) {
  return (
    <fieldset>
      <legend>{label}</legend>
      <div className="seg">
        {options.map((option) => (
          <button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => onChange(option.value)}>
            {option.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
