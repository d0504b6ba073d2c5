import { deepStrictEqual } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { JsonObject } from '../../src/base/json.ts';
import { personOf } from '../../src/erasure/person.ts';
import { lineWithoutPerson } from '../../src/erasure/without-person.ts';
import { fieldsOfEveryMessage } from '../../src/telegram/message-content.ts';
import {
  type Filling,
  filled,
  type JsonValue,
  type Position,
  planted,
  positionsIn,
  reached,
  type Step,
} from '../support/planted.ts';
import { type Form, formsOf } from '../support/typed-form.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const id = 31337001;
const zefirina = { id, is_bot: false, first_name: 'Zefirina', last_name: 'Canarinho', username: 'zefirina' };
const bystander = { id: 77, is_bot: false, first_name: 'Bia', username: 'bia' };
const privateChat = {
  id,
  type: 'private',
  first_name: 'Zefirina',
  last_name: 'Canarinho',
  username: 'zefirina',
};
const group = { id: -1001234567890, type: 'supergroup', title: 'Dados' };
const person = personOf(id, ['Zefirina Canarinho', '@zefirina']);
const trace = /31337001|Zefirina|Canarinho|zefirina|words of theirs/i;

const isUser = (form: Form) => form.kind === 'object' && form.name === 'User';
const isPrivateChat = (form: Form) =>
  form.kind === 'object' && form.name === 'PrivateChat' && form.members.length > 0;
const isChat = (form: Form) =>
  isPrivateChat(form) || (form.kind === 'union' && form.alternatives.some(isPrivateChat));
const isGroup = (form: Form) => form.kind === 'object' && /^(Channel|Group|Supergroup)Chat$/.test(form.name);

const messages = /^(Reply|Inaccessible)?Message$/;
const placeOfMessage = ['message_id', 'message_thread_id', 'chat', 'date'];
/** What a message holds, as distinct from who sent it, where, and as an answer to what. */
const isContent = (name: string) =>
  !fieldsOfEveryMessage.has(name) ||
  ['caption', 'caption_entities', 'entities', 'reply_markup', 'link_preview_options'].includes(name) ||
  /^(show_caption_above_media|has_media_spoiler)$/.test(name);

/**
 * An object that somebody made: how far above the place of the person it is, its members of theirs, and what then is
 * left.
 */
interface Work {
  readonly above: number;
  readonly isTheirs: (member: string) => boolean;
  readonly left: (fields: JsonObject) => JsonObject | undefined;
}

const only = (names: readonly string[]) => (fields: JsonObject) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
const without = (isGone: (name: string) => boolean) => (fields: JsonObject) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !isGone(name)));

const nestedMessage: Work = {
  above: 1,
  isTheirs: (name) => !placeOfMessage.includes(name),
  left: only(placeOfMessage),
};
const forward: Work = {
  above: 2,
  isTheirs: isContent,
  left: (fields) => ({ ...without(isContent)(fields), forward_origin: {} }),
};
const externalReply: Work = {
  above: 2,
  isTheirs: (name) => !['origin', 'chat', 'message_id'].includes(name),
  left: only(['chat', 'message_id']),
};
const all: Work = { above: 1, isTheirs: () => true, left: () => ({}) };
const option: Work = {
  above: 1,
  isTheirs: (name) => ['text', 'text_entities', 'media'].includes(name),
  left: without((name) => ['text', 'text_entities', 'media'].includes(name)),
};
const link: Work = {
  above: 1,
  isTheirs: (name) => name === 'name',
  left: without((name) => name === 'name'),
};
const mention: Work = { above: 1, isTheirs: (name) => name === 'text', left: (fields) => ({ ...fields }) };

/** Whose words stand around a person, by the types of the Bot API. Elsewhere a person is only named. */
function workOf({ parent, member, steps }: Position): Work | undefined {
  const holder = namesOf(steps).at(-2);
  const place = `${parent}.${member}`;
  if (messages.test(parent) && (member === 'from' || member === 'author_signature')) return nestedMessage;
  if (/^MessageOrigin/.test(parent)) return holder === 'forward_origin' ? forward : externalReply;
  if (/^PollOption\.added_by_(user|chat)$/.test(place)) return option;
  if (place === 'ChatInviteLink.creator') return link;
  if (
    /^(DirectMessagesTopic\.(user|topic_id)|Story\.chat|(Contact|SharedUser)\.user_id|ChatShared\.chat_id)$/.test(
      place,
    )
  )
    return all;
  return /^RichText(TextMention\.user|Mention\.username)$/.test(place) ? mention : undefined;
}

/** Whose own an update is, and is deleted: below its kind. */
const own = [
  'from',
  'user',
  'chat',
  'message.chat',
  'old_chat_member.user',
  'new_chat_member.user',
  'source.user',
  'boost.source.user',
  'author_signature',
];

/**
 * Numbers that are ids, but never of a person. One that the Bot API adds fails the test until it is added here or
 * erased.
 */
const otherIds =
  /^(update_id|message_id|message_ids|message_thread_id|ephemeral_message_id|giveaway_message_id|reply_to_checklist_task_id|correct_option_ids|option_ids|marked_as_(not_)?done_task_ids|request_id|draft_id|migrate_(to|from)_chat_id)$/;
const otherIdsOf = /^(Story|ChecklistTask|Community)\.id$/;

/** Texts that are a name of something, or of somebody whose id stands beside it. Others are of a person. */
const otherNames =
  /^(file_name|set_name|theme_name|web_app_name|base_name|bot_username|anchor_name|reference_name|game_short_name|title|new_chat_title)$/;
const otherNamesOf =
  /^(RichTextAnchor|RichTextReference|RichBlockAnchor|Community|ForumTopic(Created|Edited)|UniqueGift(Model|Symbol|Backdrop)?|ChatInviteLink|OrderInfo|SharedUser|ChatShared)\./;

const namesOf = (steps: readonly Step[]) => steps.flatMap((step) => ('member' in step ? [step.member] : []));

const update = formsOf(
  path('../support/telegram-types.tsconfig.json'),
  path('../../node_modules/@grammyjs/types/update.d.ts'),
  ['Update'],
)[0] as Form;

type IsPosition = (form: Form, parent: string, member: string) => boolean;

/**
 * Every place of an update. Messages of all kinds are of one form; so what is in a message inside another is looked for
 * in one kind alone.
 */
function positions(isPosition: IsPosition): Position[] {
  const options = (most: number) => ({
    isPosition: (form: Form, parent: string, member: string) =>
      isPosition(form, parent, member) || isUser(form) || isChat(form) || isGroup(form),
    everywhere: (name: string) => {
      if (messages.test(name)) return { family: 'Message', most };
      return name === 'ExternalReplyInfo' ? { family: name, most: 1 } : undefined;
    },
  });
  const found = [
    ...positionsIn(
      withKinds((kind) => kind === 'message'),
      options(2),
    ),
  ];
  found.push(
    ...positionsIn(
      withKinds((kind) => kind !== 'message'),
      options(1),
    ),
  );
  return found.filter(({ form, parent, member }) => isPosition(form, parent, member));
}

function withKinds(wants: (kind: string) => boolean): Form {
  if (update.kind !== 'object') throw new Error('an update is an object');
  return { ...update, members: update.members.filter(({ name }) => wants(name)) };
}

const byOthers: Filling = {
  value(form) {
    if (isUser(form)) return bystander;
    if (isPrivateChat(form)) return { id: 77, type: 'private', first_name: 'Bia' };
    return isChat(form) || isGroup(form) ? group : undefined;
  },
  text: (parent, member) => `${parent}.${member} of another`,
};

const textsSeen = new Set<string>();
const fullOnce = new Set<string>();

/** An update with the person at a place, their words in all that is theirs, and bystanders in all else. */
function updateWith(position: Position, value: JsonValue): JsonObject {
  const work = workOf(position);
  const isOwnUpdate = own.includes(namesOf(position.steps).slice(1).join('.'));
  const key = `${position.parent}.${position.member} ${work?.above}`;
  const isFirst = !fullOnce.has(key);
  const levels = isFirst ? 9 : 0;
  fullOnce.add(key);
  const depthOfWork = isOwnUpdate ? undefined : work && objectsAbove(position.steps, work.above);
  const result = planted(update, position, value, isOwnUpdate ? theirs : byOthers, (depth) =>
    depth === 0 && isFirst ? 1 : 0,
  ) as JsonObject;
  const steps = isOwnUpdate ? position.steps.slice(0, 1) : position.steps.slice(0, depthOfWork);
  if (depthOfWork === undefined && !isOwnUpdate) return result;
  const fields = reached(result as JsonValue, steps);
  const form = formAt(steps);
  if (form.kind !== 'object') throw new Error('no object');
  for (const each of form.members) {
    const isTheirs = isOwnUpdate || work?.isTheirs(each.name);
    const onTheWay = namesOf(position.steps.slice(steps.length))[0] === each.name;
    if (isTheirs && !onTheWay) fields[each.name] = filled(each.form, theirs, levels, [form.name, each.name]);
  }
  return result;
}

const theirs: Filling = {
  ...byOthers,
  text(parent, member) {
    textsSeen.add(`${parent.replace(messages, 'Message')}.${member}`);
    return 'words of theirs';
  },
};

/** How many steps lead to the object that is a number of objects above a place. */
function objectsAbove(steps: readonly Step[], above: number): number {
  let left = above;
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at];
    if (step && 'member' in step && --left === 0) return at;
  }
  throw new Error('nothing above');
}

function formAt(steps: readonly Step[]): Form {
  let form = update;
  for (const step of steps) {
    if (form.kind === 'union' && !('alternative' in step)) {
      form = form.alternatives.find(({ kind }) => kind === 'array') ?? form;
    }
    if ('alternative' in step) form = step.alternative;
    else if ('item' in step && form.kind === 'array') form = form.item;
    else if ('member' in step && form.kind === 'object') {
      const member = form.members.find(({ name }) => name === step.member);
      if (member) form = member.form;
    }
  }
  if (form.kind === 'union') throw new Error('which alternative?');
  return form;
}

/** What must be left, said a second time: by copying the update without what is the person's. */
function expectedOf(
  before: JsonObject,
  position: Position,
  replaced: (fields: JsonObject, member: string) => void,
) {
  const result = structuredClone(before) as JsonObject;
  const parent = reached(result as JsonValue, position.steps.slice(0, objectsAbove(position.steps, 1)));
  replaced(parent, position.member);
  if (position.parent === 'TextMentionMessageEntity') {
    const list = namesOf(position.steps).at(-2) ?? '';
    const fields = reached(result as JsonValue, position.steps.slice(0, objectsAbove(position.steps, 2)));
    const name = list === 'entities' ? 'text' : list.replace('_entities', '');
    const text = fields[name];
    if (typeof text === 'string') fields[name] = `${text.slice(0, 7)}███████${text.slice(14)}`;
  }
  const work = workOf(position);
  if (!work) return result;
  const steps = position.steps.slice(0, objectsAbove(position.steps, work.above));
  const fields = reached(result as JsonValue, steps);
  const left = work.left(fields) ?? {};
  for (const name of Object.keys(fields)) delete (fields as Record<string, unknown>)[name];
  Object.assign(fields, left);
  if (work === mention) fields.text = 'blocks';
  // What is quoted beside it is of the message that is replied to.
  const holder = namesOf(steps).at(-1);
  if (holder === 'reply_to_message' || holder === 'external_reply') {
    delete (reached(result as JsonValue, steps.slice(0, -1)) as Record<string, unknown>).quote;
  }
  return result;
}

const emptied = (fields: JsonObject, member: string) => {
  const value = fields[member];
  Object.assign(fields, { [member]: Array.isArray(value) ? [{}, ...value.slice(1)] : {} });
};
const removed = (fields: JsonObject, member: string) => {
  delete (fields as Record<string, unknown>)[member];
};

/** Spelled as nobody would, so that what stays is seen to be spelled as it was. */
const oddly = (json: string) => json.replaceAll(' of another', ' of \\u0061nother');

function check(position: Position, value: JsonValue, replaced: typeof emptied, spell = oddly): void {
  const before = updateWith(position, value);
  const line = spell(JSON.stringify(before));
  const where = namesOf(position.steps).join('.');
  expect(line, where).to.match(/31337001|3\.1337001e7|Zefirina|zefirina/);
  const rest = lineWithoutPerson(line, person);
  if (own.includes(where.slice(where.indexOf('.') + 1))) {
    expect(rest, where).to.equal(undefined);
    return;
  }

  expect(rest ?? trace.source, where).to.not.match(trace);
  const left = JSON.parse(rest?.replaceAll(/"█{15,}"/g, '"blocks"') ?? '');
  deepStrictEqual(left, expectedOf(before, position, replaced), where);
  expect(rest?.replaceAll(/"[^"]*█[^"]*"/g, ''), where).to.not.contain('of another');
  expect(lineWithoutPerson(rest ?? '', person), where).to.equal(rest);
}

describe('erasure at every place of an update that the Bot API’s types know', function () {
  this.timeout(60_000);

  it('leaves nothing of a user or private chat, and all that is others’, byte for byte', () => {
    const places = positions((form) => isUser(form) || isChat(form));
    expect(places.length).to.be.above(500);
    for (const place of places) check(place, isUser(place.form) ? zefirina : privateChat, emptied);
  });

  it('leaves nothing of an id, written as a number or as a text', () => {
    const places = positions(
      (form, parent, member) =>
        form.kind === 'number' &&
        /(^|_)ids?$/.test(member) &&
        !otherIds.test(member) &&
        !otherIdsOf.test(`${parent}.${member}`),
    );
    const found = new Set(places.map(({ parent, member }) => `${parent}.${member}`));
    expect([...found].sort()).to.deep.equal([
      'BusinessConnection.user_chat_id',
      'ChatJoinRequest.user_chat_id',
      'ChatShared.chat_id',
      'Contact.user_id',
      'DirectMessagesTopic.topic_id',
      'SharedUser.user_id',
    ]);
    const exponent = (json: string) => oddly(json).replaceAll(':31337001', ':3.1337001e7');
    for (const place of places) {
      check(place, id, removed);
      check(place, String(id), removed);
      check(place, id, removed, exponent);
    }
  });

  it('leaves nothing of a name that stands without an id', () => {
    const places = positions(
      (form, parent, member) =>
        form.kind === 'string' &&
        /(name|signature|title)$/.test(member) &&
        !otherNames.test(member) &&
        !otherNamesOf.test(`${parent}.`),
    );
    const found = new Set(
      places.map(({ parent, member }) => `${parent.replace(messages, 'Message')}.${member}`),
    );
    expect([...found].sort()).to.deep.equal([
      'ChatMemberAdministrator.custom_title',
      'ChatMemberOwner.custom_title',
      'Contact.first_name',
      'Contact.last_name',
      'Message.author_signature',
      'MessageOriginChannel.author_signature',
      'MessageOriginChat.author_signature',
      'MessageOriginHiddenUser.sender_user_name',
      'RichTextMention.username',
    ]);
    for (const place of places) {
      // A member's title is the group's word for them; it goes with their membership.
      if (place.member === 'custom_title') continue;
      if (place.parent === 'Contact') {
        const card = { ...place, steps: place.steps.slice(0, -1), member: 'contact', parent: 'Message' };
        const { first_name, last_name } = zefirina;
        check(card, { first_name, last_name, phone_number: 'words of theirs' }, emptied);
      } else if (place.member === 'username') check(place, 'zefirina', removed);
      else check(place, 'Zefirina Canarinho', removed);
    }
  });

  it('has seen the person’s words in every text that there is', () => {
    const places = positions((form) => form.kind === 'string');
    const texts = new Set(
      places.map(({ parent, member }) => `${parent.replace(messages, 'Message')}.${member}`),
    );
    const unseen = [...texts].filter((text) => !textsSeen.has(text));
    expect(unseen).to.deep.equal([]);
  });
});
