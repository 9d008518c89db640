/** A filter that shows how filters are joined. */
export const filterExample = '"flow matching" OR audio NOT speech';

/** Every form, with what it finds. */
export const filterForms: readonly (readonly [form: string, finds: string])[] = [
  ['agent', 'the word in any form'],
  ['"language model"', 'words side by side'],
  ['"efficient inference"~3', 'words near each other'],
  ['=serving', 'this form alone'],
  ['robot*', 'how words begin'],
  ['title:audio', 'in one text: title, abstract, keyword'],
  ['author:hinton org:deepmind', 'who wrote it'],
  ['cat:cs.CL source:arxiv', 'where it stands'],
  ['has:code stars>=10 upvotes>=5', 'what is known of it'],
  ['score>=2 age<=7', 'how it rises, and its days'],
  ['a b', 'both'],
  ['a OR b', 'either'],
  ['NOT a, -a', 'without it'],
  ['(a OR b) c', 'brackets'],
];

/** The whole filter language, folded away. */
export function FilterHelp() {
  return (
    <details class="help">
      <summary>All that a filter can say</summary>
      <dl>
        {filterForms.map(([form, finds]) => (
          <div>
            <dt>
              <code>{form}</code>
            </dt>
            <dd>{finds}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
