/** Errors that domain code throws. They know a stable code and words for a person; `problems.ts` alone knows their HTTP status. */
export class DomainError extends Error {
  readonly code: string;
  /** Extra members of the problem document, e.g. the broken rules or the current state. */
  readonly details: Record<string, unknown>;
  constructor(code: string, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }
}

export interface FieldError {
  /** JSON path such as `commands.0.record.name`; empty for the whole. */
  path: string;
  message: string;
}

/** The request can never be right as it is. */
export class InvalidInput extends DomainError {
  readonly errors: FieldError[];
  constructor(code: string, message: string, errors: FieldError[] = []) {
    super(code, message, errors.length > 0 ? { errors } : {});
    this.errors = errors;
  }
}
/** Also what somebody may not know to exist. */
export class NotFound extends DomainError {}
/** `details.allow` holds the methods that the address takes. */
export class NotAllowed extends DomainError {
  constructor(allow: readonly string[]) {
    super('method-not-allowed', `This address takes ${allow.join(', ')} alone`, { allow });
  }
}
/** Refused by what is stored now. */
export class Conflict extends DomainError {}
/** Somebody else wrote first; `details.current` holds what is stored now. */
export class Stale extends DomainError {}
export class Forbidden extends DomainError {}
export class Unauthorised extends DomainError {}
/** A change without the version that was read (`If-Match`). */
export class PreconditionRequired extends DomainError {}
export class TooLarge extends DomainError {}
/** The body is of a kind that is not taken here. */
export class UnsupportedMedia extends DomainError {}
/** Try again after `details.retryAfter` seconds. */
export class TooMany extends DomainError {}
/** A part this needs is away; try again after `details.retryAfter` seconds. */
export class Unavailable extends DomainError {}
