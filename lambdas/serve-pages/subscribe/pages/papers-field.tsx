import { ariaOf, Field, type FieldErrors } from '../../frame/pages/field-parts.js';

interface PapersFieldProps {
  readonly papers: string;
  readonly errors: FieldErrors;
  readonly label: string;
}

/** Papers to learn a topic from, as text; the script reads a file into it. */
export function PapersField({ papers, errors, label }: PapersFieldProps) {
  const hint = 'One to 200: arXiv ids or links, or titles, one a line. Or the text of a BibTeX, RIS or CSL file.';
  return (
    <Field id="papers" label={label} errors={errors} hint={hint}>
      <textarea
        id="papers"
        name="papers"
        rows={4}
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        {...ariaOf('papers', errors, true)}
      >
        {papers}
      </textarea>
      <input
        type="file"
        class="into"
        data-into="papers"
        aria-label="Read the papers from a file"
        accept=".bib,.ris,.json,.txt,text/plain"
        hidden
      />
    </Field>
  );
}
