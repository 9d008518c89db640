import type { TopicGroup } from '../../../../shared/domain/subscriber/catalogue.js';
import { DigestNow } from '../../digest-now/pages/digest-now.js';
import { ariaOf, describedBy, Field, FieldError, type FieldErrors } from '../../frame/pages/field-parts.js';
import { FilterFields, TryFilters } from '../../search/pages/filter-fields.js';
import type { Challenge } from '../form-stamp.js';
import type { FollowedNote } from '../form-values.js';
import type { FilledField } from '../prefilled.js';
import { honeypot } from '../request-subscription.js';
import { type ChoiceFieldsProps, DeliveryFields } from './choice-fields.js';
import { FollowFields } from './follow-fields.js';
import { PapersField } from './papers-field.js';
import { TopicField } from './topic-field.js';

export interface SignUpFormProps extends ChoiceFieldsProps {
  readonly stamp: string;
  /** What the browser has to work out before the form is sent, and the number where it has done so. */
  readonly work: { readonly challenge: Challenge | undefined; readonly proof: string };
  readonly groups: readonly TopicGroup[];
  /** arXiv categories that are read. */
  readonly categories: readonly string[];
  /** Whether somebody is at what can be adjusted. */
  readonly isAdjusting: boolean;
  readonly filled?: FilledField | undefined;
}

/** Two fields, today's digest for them, and whatever else can be chosen, folded away. */
export function SignUpForm({ stamp, work, groups, isAdjusting, filled, ...choices }: SignUpFormProps) {
  const { values, errors } = choices;
  return (
    <form class="coupon" method="post" action="/subscribe" novalidate>
      <input type="hidden" name="stamp" value={stamp} />
      <ProofField {...work} />
      {filled ? <FilledNote field={filled} /> : null}
      <Field id="address" label="Email address" errors={errors}>
        <input
          id="address"
          name="address"
          type="email"
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
          required
          value={values.address}
          {...ariaOf('address', errors)}
        />
      </Field>
      <div class="trap" aria-hidden="true">
        <label for={honeypot}>Leave this field empty</label>
        <input id={honeypot} name={honeypot} tabindex={-1} autocomplete="off" />
      </div>
      <GroupField groups={groups} chosen={values.followed.groups} errors={errors} />
      <details class="name-papers" open={values.papers !== '' || errors.papers !== undefined}>
        <summary>Or name a few papers that you like</summary>
        <PapersField papers={values.papers} errors={errors} label="Papers like these" />
      </details>
      <button type="submit" class="wide">
        Subscribe
      </button>
      <p class="small soft">
        Every day at 7 a.m. <span id="zone">UTC</span>, at most ten papers, unless you adjust it below. Your first mail
        only asks you to confirm. <noscript>Without JavaScript it comes after ten minutes.</noscript>
      </p>
      <p class="small soft">
        Already subscribed? Enter your address above:{' '}
        <button type="submit" class="plain">
          Get your link
        </button>{' '}
        to your preferences by mail.
      </p>
      <Adjusted {...choices} isOpen={isAdjusting} />
      <DigestNow />
      <p class="small">
        <a class="standalone" href="/privacy">
          What we store about you
        </a>
      </p>
    </form>
  );
}

const filledNames: Readonly<Record<FilledField, string>> = {
  filter: 'Your search',
  authors: 'The author to follow',
  topics: 'The topic',
};

/** It repeats nothing of what the link says, which anybody may have written. */
function FilledNote({ field }: { field: FilledField }) {
  return (
    <p class="note">
      <a href={`#${field}`}>{filledNames[field]}</a> is filled in below. Enter your email address to get new papers that
      match.
    </p>
  );
}

/** For the script, which has a worker find the number and puts it here. */
function ProofField({ challenge, proof }: SignUpFormProps['work']) {
  return (
    <input
      type="hidden"
      name="proof"
      value={proof}
      data-nonce={challenge?.nonce}
      data-salt={challenge?.salt}
      data-prefix={challenge?.keyPrefix}
    />
  );
}

interface GroupFieldProps {
  readonly groups: readonly TopicGroup[];
  readonly chosen: readonly string[];
  readonly errors: FieldErrors;
}

function GroupField({ groups, chosen, errors }: GroupFieldProps) {
  return (
    <fieldset id="topic" tabindex={-1} aria-describedby={describedBy('topic', errors, true)}>
      <legend>
        Topics{' '}
        <span class="hint" id="topic-hint">
          Tick none for everything that rises.
        </span>
      </legend>
      <FieldError of="topic" errors={errors} />
      <div class="chips">
        {groups.map(({ id, name }) => (
          <label>
            <input type="checkbox" name="group" value={id} checked={chosen.includes(id)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type AdjustedProps = Omit<SignUpFormProps, 'stamp' | 'work' | 'groups' | 'isAdjusting' | 'filled'> & {
  readonly isOpen: boolean;
};

function Adjusted({ values, errors, catalogue, figures, categories, isOpen }: AdjustedProps) {
  return (
    <details class="adjust" open={isOpen}>
      <summary>Adjust topics, names, days and time</summary>
      <TopicField id="topics" chosen={new Set(values.topics)} errors={errors} catalogue={catalogue} figures={figures} />
      <FollowFields followed={values.followed} errors={errors} categories={categories} />
      <FilterFields filters={values.filters} errors={errors} notes={figures.filterNotes} />
      <FollowedNotes notes={figures.followedNotes} />
      <TryFilters action="/subscribe/try" />
      <DeliveryFields values={values} errors={errors} />
      <button type="submit" class="wide">
        Subscribe with these choices
      </button>
    </details>
  );
}

/** These stand below the filters, which is where the page opens after a preview, and not at each name's field. */
function FollowedNotes({ notes }: { notes: readonly FollowedNote[] }) {
  return (
    <>
      {notes.map(({ name, note }) => (
        <p class="note">
          <strong>{name}:</strong> {note}
        </p>
      ))}
    </>
  );
}
