import * as z from 'zod/mini';
import { type CalendarDate, parseCalendarDate, startOf } from '../domain/calendar-date.js';
import type { PaperRecord } from '../domain/paper/paper.js';
import { parsePaperId } from '../domain/paper/paper-id.js';
import { authorNames } from './author-names.js';
import { countOf, namesOf } from './hugging-face-fields.js';
import { codeUrl, mentionedCode, projectUrl } from './links.js';
import { oneLine, parseInstant, textLimits } from './source-text.js';

/** Absent, `null` and anything of another kind are alike: one odd field never costs a paper. */
const ornament = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);
const text = ornament(z.string());
const anything = z.optional(z.unknown());
const account = ornament(z.union([z.string(), z.object({ user: text, name: text, fullname: text })]));

const texts = { id: text, title: text, summary: text, publishedAt: anything };

/**
 * An item of `GET /api/daily_papers` as recorded from 2024 to 2026. Texts are in `paper`, and some again outside it; the
 * outer `publishedAt` was at first the time of listing, and since 2025-03-11 is local time marked as UTC.
 */
const listItem = z.object({
  ...texts,
  paper: z.object({
    ...texts,
    authors: anything,
    upvotes: anything,
    githubStars: anything,
    githubRepo: text,
    projectPage: text,
    ai_summary: text,
    ai_keywords: ornament(z.array(z.unknown())),
    organization: account,
    submittedOnDailyBy: account,
    withdrawnAt: anything,
  }),
  authors: anything,
  numComments: anything,
  submittedBy: account,
  organization: account,
  submitterOrganization: account,
});
type ListItem = z.infer<typeof listItem>;

/** Reads one item of the list of `listedOn`; answers with the reason when it cannot be read. */
export function readListItem(item: unknown, listedOn: CalendarDate): PaperRecord | { readonly reason: string } {
  const parsed = listItem.safeParse(withPaper(item));
  if (!parsed.success) return { reason: firstIssue(parsed.error) };
  const { paper, ...outer } = parsed.data;
  const id = (parsePaperId(paper.id ?? '') ?? parsePaperId(outer.id ?? ''))?.id;
  const title = firstText(textLimits.title, paper.title, outer.title);
  const abstract = firstText(textLimits.abstract, paper.summary, outer.summary);
  const publishedAt = instantOf(paper.publishedAt) ?? instantOf(outer.publishedAt);
  if (!id) return { reason: 'paper.id is no arXiv id' };
  if (!title) return { reason: title === undefined ? 'paper.title is no string' : 'paper.title is empty' };
  if (!abstract) return { reason: abstract === undefined ? 'paper.summary is no string' : 'paper.summary is empty' };
  if (publishedAt === undefined) return { reason: 'paper.publishedAt is no time' };
  const authors = authorNames(namesOf(paper.authors ?? outer.authors));
  const base = { source: 'hugging-face' as const, id, title, abstract, authors, publishedAt, listedOn };
  return { ...base, ...extras(parsed.data), ...withoutAbsent({ mentionedCodeUrl: mentionedCode(abstract) }) };
}

/** The item, which stands for its own paper where it has none within. */
function withPaper(item: unknown): unknown {
  const isFlat = typeof item === 'object' && item !== null && 'title' in item && !('paper' in item);
  return isFlat ? { ...item, paper: item } : item;
}

/** The first text that is not empty; an empty one where there is no other. */
function firstText(limit: number, ...texts: readonly (string | undefined)[]): string | undefined {
  const lines = texts.flatMap((given) => (given === undefined ? [] : [oneLine(given, limit)]));
  return lines.find((line) => line !== '') ?? lines[0];
}

/** A time, or the beginning of a day. */
function instantOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const date = parseCalendarDate(value.trim());
  return date ? startOf(date) : parseInstant(value);
}

/** The id an item gives, as far as it gives one, to name it in a log. */
export function idOf(item: unknown): string {
  const named = z.object({ paper: z.object({ id: z.string() }) }).safeParse(item);
  return named.success ? oneLine(named.data.paper.id, 40) : 'no id';
}

function extras({ paper, ...item }: ListItem): Partial<PaperRecord> {
  const organisation = paper.organization ?? item.organization ?? item.submitterOrganization;
  return withoutAbsent({
    aiSummary: short(paper.ai_summary, textLimits.aiSummary),
    keywords: paper.ai_keywords && keywordsOf(paper.ai_keywords),
    organisation: short(nameOf(organisation), textLimits.name),
    submitter: short(userOf(paper.submittedOnDailyBy) ?? userOf(item.submittedBy), textLimits.name),
    ...linksOf(paper),
    isWithdrawn: paper.withdrawnAt ? true : undefined,
    counts: withoutAbsent({
      upvotes: countOf(paper.upvotes),
      comments: countOf(item.numComments),
      stars: countOf(paper.githubStars),
    }),
  });
}

type Account = ListItem['organization'];

function nameOf(account: Account): string | undefined {
  return typeof account === 'string' ? account : (account?.fullname ?? account?.name);
}

function userOf(account: Account): string | undefined {
  return typeof account === 'string' ? account : (account?.user ?? account?.name);
}

/** People type a repository's address into the field for the project page, too. */
function linksOf({ githubRepo, projectPage }: ListItem['paper']): { codeUrl?: string; projectUrl?: string } {
  const stated = githubRepo && codeUrl(githubRepo);
  const misplaced = projectPage && codeUrl(projectPage);
  const code = stated || misplaced || undefined;
  const project = projectPage && !(code && code === misplaced) ? projectUrl(projectPage) : undefined;
  return withoutAbsent({ codeUrl: code, projectUrl: project });
}

function keywordsOf(keywords: readonly unknown[]): string[] {
  const texts = keywords.filter((keyword) => typeof keyword === 'string').slice(0, 100);
  return texts.map((keyword) => oneLine(keyword, textLimits.keyword)).filter((keyword) => keyword !== '');
}

function short(value: string | undefined, limit: number): string | undefined {
  return value === undefined ? undefined : oneLine(value, limit) || undefined;
}

type Present<Fields> = { [Name in keyof Fields]?: NonNullable<Fields[Name]> };

function withoutAbsent<Fields extends object>(fields: Fields): Present<Fields> {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(present) as Present<Fields>;
}

function firstIssue(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.join('.') || 'the record';
  return issue?.code === 'invalid_type' ? `${path} is no ${issue.expected}` : `${path} is out of range`;
}
