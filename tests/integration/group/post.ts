/** One update as Telegram posts it. */
export interface Post {
  readonly kind: string;
  readonly body: Buffer;
  /** Where the raw bucket must hold it: at a key, wherever the time of its arrival says, or nowhere. */
  readonly stored: { readonly key: string } | 'by arrival' | 'nowhere';
}

/** Named fields of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** The local day of all messages, in São Paulo, where it is three hours behind UTC. */
export const day = '2026-11-22';
export const timeZone = 'America/Sao_Paulo';
export const firstSecond = Date.UTC(2026, 10, 22, 3) / 1000;

export const group = { id: -1001234567890, title: 'Curso de Dados', type: 'supergroup', is_forum: true };
export const channel = { id: -1001234567891, title: 'Avisos do Curso', type: 'channel' };

/** The chats of these posts, as the setting `TELEGRAM_CHAT_ID` names them. */
export const chatIds: ReadonlySet<number> = new Set([group.id, channel.id]);

export const people = [
  { id: 111222333, is_bot: false, first_name: 'Ana', username: 'ana_souza', language_code: 'pt-br' },
  { id: 444555666, is_bot: false, first_name: 'João "Jota" D\'Ávila 🎓', language_code: 'pt-br' },
  { id: 4503599627370495, is_bot: false, first_name: 'عمر' },
  { id: 7000000001, is_bot: true, first_name: 'Turma Bot', username: 'turma_lake_bot' },
] as const;

/** What Telegram posts of an update, and where it belongs: by the time of its date, if it has one. */
export function post(updateId: number, kind: string, payload: Fields, date: number): Post {
  const time = new Date((date - 3 * 3600) * 1000).toISOString().slice(0, 19);
  const name = `${time.replaceAll(/[-T:]/g, '')}-${String(updateId).padStart(12, '0')}.json`;
  return {
    kind,
    body: Buffer.from(`{"update_id":${updateId},\n"${kind}":${ascii(JSON.stringify(payload))}}`),
    stored: { key: `telegram/context_date=${time.slice(0, 10)}/${name}` },
  };
}

/** Telegram escapes whatever is not ASCII, surrogates one by one. */
function ascii(json: string): string {
  return json.replaceAll(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
