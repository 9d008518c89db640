import * as z from 'zod/mini';
import type { CalendarDate } from '../domain/calendar-date.js';
import type { PaperRecord } from '../domain/paper/paper.js';
import { parsePaperId } from '../domain/paper/paper-id.js';
import { codeUrl, mentionedCode, projectUrl } from './links.js';
import { authorNames, oneLine, parseInstant, textLimits } from './source-text.js';

/** Ornament: absent, `null` and anything of another kind are alike. */
const ornament = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);
const count = z.nullish(z.int().check(z.nonnegative()));
const text = ornament(z.string());
const author = ornament(z.object({ name: text, hidden: ornament(z.boolean()) }));
const account = ornament(z.object({ user: text, name: text, fullname: text }));

/**
 * An item of `GET /api/daily_papers` as recorded from 2024 to 2026. Only the inner `publishedAt` is read: the outer one
 * was first the time of listing, and is local time marked as UTC since 2025-03-11.
 */
const listItem = z.object({
  paper: z.object({
    id: z.string(),
    title: z.string(),
    summary: z.string(),
    authors: z.nullish(z.array(author)),
    publishedAt: z.string(),
    upvotes: count,
    githubStars: count,
    githubRepo: text,
    projectPage: text,
    ai_summary: text,
    ai_keywords: ornament(z.array(z.unknown())),
    organization: account,
    submittedOnDailyBy: account,
    withdrawnAt: text,
  }),
  numComments: count,
  submittedBy: account,
  organization: account,
  submitterOrganization: account,
});
type ListItem = z.infer<typeof listItem>;

/** Reads one item of the list of `listedOn`; answers with the reason when it cannot be read. */
export function readListItem(item: unknown, listedOn: CalendarDate): PaperRecord | { readonly reason: string } {
  const parsed = listItem.safeParse(item);
  if (!parsed.success) return { reason: firstIssue(parsed.error) };
  const { paper } = parsed.data;
  const id = parsePaperId(paper.id)?.id;
  const title = oneLine(paper.title, textLimits.title);
  const abstract = oneLine(paper.summary, textLimits.abstract);
  const publishedAt = parseInstant(paper.publishedAt);
  if (!id) return { reason: 'paper.id is no arXiv id' };
  if (title === '') return { reason: 'paper.title is empty' };
  if (abstract === '') return { reason: 'paper.summary is empty' };
  if (publishedAt === undefined) return { reason: 'paper.publishedAt is no time' };
  const shown = (paper.authors ?? []).filter((author) => !author?.hidden);
  const authors = authorNames(shown.map((author) => author?.name ?? ''));
  const base = { source: 'hugging-face' as const, id, title, abstract, authors, publishedAt, listedOn };
  return { ...base, ...extras(parsed.data), ...withoutAbsent({ mentionedCodeUrl: mentionedCode(abstract) }) };
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
    organisation: short(organisation?.fullname ?? organisation?.name, textLimits.name),
    submitter: short(paper.submittedOnDailyBy?.user ?? item.submittedBy?.name, textLimits.name),
    ...linksOf(paper),
    isWithdrawn: paper.withdrawnAt ? true : undefined,
    counts: withoutAbsent({ upvotes: paper.upvotes, comments: item.numComments, stars: paper.githubStars }),
  });
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
