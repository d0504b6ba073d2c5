import type { ChatMember } from '@grammyjs/types';
import { type Chats, idsOf } from '../../lake/chats.ts';
import type { BotApi } from '../../telegram/bot-api.ts';
import { BotApiError } from '../../telegram/bot-api-error.ts';
import { type Finding, fine, note, problem, warning } from './finding.ts';
import { maximumDescriptionLength, storageNotices, warnsOfStorage } from './storage-notice.ts';

/** What getMe returns about the bot. */
type Me = Awaited<ReturnType<BotApi['getMe']>>;

/**
 * Whether a bot can feed a lake: can it read its groups, and which; and for each group given, what Telegram lets it
 * see there.
 *
 * @throws BotApiError when Telegram does not answer, or does not know the token
 */
export async function* checkBot(api: BotApi, chats: Chats): AsyncGenerator<Finding> {
  const me = await api.getMe();
  yield fine(`@${me.username} answers; its id is ${me.id}`);
  yield privacy(me);
  yield me.can_join_groups
    ? warning(
        chats.has('all')
          ? 'anyone can add it to their own groups, and the lake then stores those, too: it keeps all chats'
          : 'anyone can add it to their own groups (the lake stores only the chats that you name)',
        `When it is in yours, in @BotFather: /mybots, @${me.username}, Bot Settings, Allow Groups?, Turn groups off`,
      )
    : fine('it cannot be added to further groups');
  if (chats.has('private') || chats.has('all')) yield privateChats;
  for (const chatId of idsOf(chats)) yield* checkGroup(api, me, chatId);
  yield otherBots(me);
}

/** Nothing else informs people there. */
const privateChats = warning(
  'the lake keeps private chats with the bot',
  'People should know: say in the answer to /start, and in the description of the bot (/setdescription in @BotFather), that messages are stored',
);

/** getMe has no field for it. */
function otherBots({ username }: Me): Finding {
  return note(
    'Telegram does not say whether it hears other bots, and it never hears itself (docs/bots.md)',
    `To have what other bots write in the group: in @BotFather, /mybots, @${username}, Bot Settings, Bot-to-Bot Communication ` +
      'Mode, turn it on; it must be administrator there, and its privacy mode off',
  );
}

function privacy({ can_read_all_group_messages, username }: Me): Finding {
  return can_read_all_group_messages
    ? fine('it reads all messages of its groups (privacy mode is off)')
    : warning(
        'it reads all messages only of groups where it is administrator (privacy mode is on)',
        `Make it administrator of the group (it needs no particular right). Or, in @BotFather: /mybots, @${username}, ` +
          'Bot Settings, Group Privacy, Turn off; then remove it from the group and add it again',
      );
}

async function* checkGroup(api: BotApi, me: Me, chatId: number): AsyncGenerator<Finding> {
  try {
    const chat = await api.getChat(chatId);
    if (chat.type === 'private') {
      yield fine(`${chatId} is a private chat with the bot`);
      return;
    }
    yield fine(`${chatId} is the ${chat.type} "${chat.title ?? ''}"`);
    yield membership(await api.getChatMember(chatId, me.id), me);
    yield* administrators(await api.getChatAdministrators(chatId));
    yield description(chat.description ?? '');
  } catch (error) {
    if (!(error instanceof BotApiError) || error.transient || error.errorCode === 401) throw error;
    yield noGroup(chatId, error);
  }
}

function noGroup(chatId: number, { migrateToChatId, message }: BotApiError): Finding {
  if (migrateToChatId !== undefined) {
    return problem(
      `${chatId} has become a supergroup, with the id ${migrateToChatId}`,
      'Use the new id (and keep the old one beside it, should its messages still be to come)',
    );
  }
  const shape = chatId > 0 ? ' A group has a negative id, a supergroup one that begins with -100.' : '';
  return problem(
    `${chatId} cannot be looked at: ${message}`,
    `Add the bot to the group and write something there; npx telegram-lake bot chats then lists its id.${shape}`,
  );
}

function membership(member: ChatMember, me: Me): Finding {
  if (member.status === 'restricted' && !member.is_member) return notInGroup(member);
  switch (member.status) {
    case 'creator':
    case 'administrator':
      return fine('it is administrator there: it gets all messages, reactions and member changes');
    case 'member':
    case 'restricted':
      return me.can_read_all_group_messages
        ? warning(
            'it gets all messages there, but reactions and member changes only as administrator',
            'Make it administrator; it needs no particular right. (If it was in the group before privacy mode was ' +
              'turned off, remove it and add it again: else it goes on seeing commands only.)',
          )
        : problem(
            'it gets only commands and replies to itself there: it is no administrator, and its privacy mode is on',
            'Make it administrator of the group; it needs no particular right',
          );
    default:
      return notInGroup(member);
  }
}

function notInGroup({ status }: ChatMember): Finding {
  return problem(`it is not in the group (${status})`, 'Add it to the group');
}

function* administrators(members: readonly ChatMember[]): Generator<Finding> {
  const names = members.map(({ user, status }) => {
    const name = user.username ? `@${user.username}` : user.first_name;
    return status === 'creator' ? `${name} (owner)` : name;
  });
  yield fine(`its administrators: ${names.join(', ')}`);
  if (members.some((member) => 'is_anonymous' in member && member.is_anonymous)) {
    yield warning(
      'some of them post anonymously: such messages have the group as sender_chat_id, and one user_id for all',
    );
  }
}

function description(text: string): Finding {
  if (warnsOfStorage(text)) return fine('its description says that messages are stored');
  const room = maximumDescriptionLength - text.length;
  return warning(
    'its description does not say that messages are stored',
    [
      `Members should know. Paste one of these (there is room for ${room} characters):`,
      ...storageNotices,
    ].join('\n  '),
  );
}
