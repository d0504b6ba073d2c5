import type { MessageRow } from '../../../src/lake/columns.ts';
import { bareRow } from '../../../tools/fixtures/message-rows.ts';

const ana = {
  user_id: 111222333,
  user_is_bot: false,
  user_first_name: 'Ana',
  user_username: 'ana_souza',
};
const bruno = { user_id: 444555666, user_is_bot: false, user_first_name: 'Bruno' };
const anonymous = {
  user_id: 1087968824,
  user_is_bot: true,
  user_first_name: 'Group',
  user_username: 'GroupAnonymousBot',
};
const group = { chat_id: -1001234567890, chat_type: 'supergroup', chat_title: 'Curso de Dados' };

/** The rows that the messages of events/ become when all of them were posted: read from the files by a person. */
export const sampleRows: readonly MessageRow[] = [
  {
    ...bareRow,
    ...ana,
    ...group,
    message_id: 501,
    update_id: 123456801,
    date: 1795402799,
    edit_date: 1795403220,
    content_type: 'text',
    text: 'Alguém sabe como filtrar por partição no Athena? 🙂',
  },
  {
    ...bareRow,
    ...bruno,
    ...group,
    message_id: 502,
    update_id: 123456790,
    date: 1795399199,
    content_type: 'photo',
    caption: 'O gráfico da aula de hoje 📈',
    media_group_id: '13870000000000001',
  },
  {
    ...bareRow,
    chat_id: -1001234567891,
    chat_type: 'channel',
    chat_title: 'Avisos do Curso',
    chat_username: 'avisos_do_curso',
    kind: 'channel_post',
    sender_chat_id: -1001234567891,
    sender_chat_title: 'Avisos do Curso',
    message_id: 77,
    update_id: 123456791,
    date: 1795395599,
    content_type: 'text',
    text: 'Aula de amanhã às 19h',
  },
  {
    ...bareRow,
    ...anonymous,
    ...group,
    sender_chat_id: -1001234567890,
    sender_chat_title: 'Curso de Dados',
    message_id: 503,
    update_id: 123456797,
    date: 1795402499,
    content_type: 'text',
    text: 'Sim: use a coluna context_date no WHERE.',
  },
  {
    ...bareRow,
    ...ana,
    chat_id: -4012345678,
    chat_type: 'group',
    chat_title: 'Turma de Novembro',
    message_id: 90,
    update_id: 123456795,
    date: 1795397399,
    content_type: 'migrate_to_chat_id',
  },
  {
    ...bareRow,
    ...anonymous,
    chat_id: -1002345678901,
    chat_type: 'supergroup',
    chat_title: 'Turma de Novembro',
    sender_chat_id: -1002345678901,
    sender_chat_title: 'Turma de Novembro',
    message_id: 1,
    update_id: 123456796,
    date: 1795397399,
    content_type: 'migrate_from_chat_id',
  },
];
