import type { Child } from 'hono/jsx';

/** What is wrong, by field; `form` is about the whole form. */
export type FieldErrors = Readonly<Record<string, string>>;

const inFormOrder = [
  'form',
  'address',
  'topic',
  'papers',
  'authors',
  'organisations',
  'category',
  'filter',
  'days',
  'hour',
  'timezone',
  'maxPapers',
  'aiSummaries',
  'quietDays',
];

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly errors: FieldErrors;
  readonly hint?: Child;
  /** The control, with `ariaOf` the same id. */
  readonly children: Child;
}

/** A label, a hint and what is wrong, above the control. */
export function Field({ id, label, errors, hint, children }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint ? <Hint of={id}>{hint}</Hint> : null}
      <FieldError of={id} errors={errors} />
      {children}
    </div>
  );
}

/**
 * Ids of what describes a field, for `aria-describedby`: the hint's and, where there is one, the error's and that of
 * its place in what was typed.
 */
export function describedBy(id: string, errors: FieldErrors, hasHint: boolean, hasPlace = false): string | undefined {
  const ids = [
    ...(hasHint ? [`${id}-hint`] : []),
    ...(errors[id] === undefined ? [] : [`${id}-error`]),
    ...(hasPlace ? [`${id}-place`] : []),
  ];
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** Attributes that tie a control to its hint and its error, and to the error's place where a page marks it. */
export function ariaOf(id: string, errors: FieldErrors, hasHint = false, hasPlace = false) {
  return {
    'aria-describedby': describedBy(id, errors, hasHint, hasPlace),
    'aria-invalid': errors[id] ? 'true' : undefined,
  };
}

export function Hint({ of, children }: { of: string; children: Child }) {
  return (
    <span class="hint" id={`${of}-hint`}>
      {children}
    </span>
  );
}

export function FieldError({ of, errors }: { of: string; errors: FieldErrors }) {
  return errors[of] === undefined ? null : (
    <span class="error" id={`${of}-error`}>
      {errors[of]}
    </span>
  );
}

/** All problems of a form in the form's order, each with a link to its field. */
export function ErrorSummary({ errors }: { errors: FieldErrors }) {
  const place = (field: string) => inFormOrder.indexOf(field.replace(/-\d+$/, ''));
  const problems = Object.entries(errors).sort(([one], [other]) => place(one) - place(other));
  if (problems.length === 0) return null;
  return (
    <div class="problems" role="alert" tabindex={-1} autofocus aria-labelledby="problems">
      <h2 id="problems">Please fix the following</h2>
      <ul>
        {problems.map(([field, message]) => (
          <li>{field === 'form' ? message : <a href={`#${field}`}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  );
}
