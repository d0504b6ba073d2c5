import type { Webhook, WebhookOutcome } from '../../../src/ingest/webhook.ts';
import type { Post } from '../group/post.ts';

/** The webhook secret of these tests. */
export const secretToken = 'secret-of-the-tests';

/** Posts updates as Telegram does, over several connections at a time, and gives the outcomes in the posts' order. */
export async function postAll(
  webhook: Webhook,
  posts: readonly Post[],
  connections = 40,
): Promise<WebhookOutcome[]> {
  const outcomes: WebhookOutcome[] = [];
  let next = 0;
  const connection = async () => {
    for (let i = next++; i < posts.length; i = next++) {
      outcomes[i] = await webhook.receive({ secretToken, body: posts[i]?.body ?? Buffer.alloc(0) });
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return outcomes;
}
