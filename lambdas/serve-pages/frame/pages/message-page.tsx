import type { Child } from 'hono/jsx';
import { Layout } from './layout.js';

/** A page that only says something: not found, a link that no longer opens, a failure, a farewell. */
export function MessagePage({ title, children }: { title: string; children: Child }) {
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      {children}
    </Layout>
  );
}

/** A page that says what went wrong and what to do, and leads back to the form. */
export function AdvicePage({ title, advice }: { title: string; advice: string }) {
  return (
    <MessagePage title={title}>
      <p>{advice}</p>
      <p>
        <a class="button" href="/">
          To the front page
        </a>
      </p>
    </MessagePage>
  );
}
