/**
 * Where a message of Telegram Desktop's export names a person, shows an id, or holds words: of the form that version 7
 * writes into `result.json`, those members.
 *
 * @see https://github.com/telegramdesktop/tdesktop/blob/dev/Telegram/SourceFiles/export/output/export_output_json.cpp
 */
export interface ExportedMessageForm {
  from?: PersonName;
  from_id?: PeerId;
  actor?: PersonName;
  actor_id?: PeerId;
  author?: PersonName;
  members?: PersonName[];
  inviter?: PersonName;
  new_creator?: PersonName;
  bot?: PersonName;
  to?: PersonName;
  to_id?: PeerId;
  peer_name?: PersonName;
  peer_id?: PeerId;
  boost_peer_name?: PersonName;
  boost_peer_id?: PeerId;
  peers?: UserIdList;
  forwarded_from?: PersonName;
  forwarded_from_id?: PeerId;
  saved_from?: PersonName;
  reply_to_peer_id?: PeerId;
  via_bot?: Username;
  contact_information?: ExportedContact;
  giveaway_results?: { winners: UserId[] };
  poll?: { question: ExportedText; answers: { text: ExportedText }[] };
  todo_list?: { title: ExportedText; answers: { text: ExportedText }[] };
  gift_text?: ExportedText;
  text?: ExportedText;
  text_entities?: TextPiece[];
  inline_bot_buttons?: { type: 'url'; text: string; data: LinkToUser }[][];
  reactions?: {
    type: 'emoji';
    emoji: string;
    recent: { from: PersonName; from_id: PeerId; date: string }[];
  }[];
}

/** Named by its two parts. */
export interface ExportedContact {
  first_name: string;
  last_name: string;
  phone_number: string;
}

export type ExportedText = string | (string | TextPiece)[];

export type TextPiece =
  | { type: 'mention_name'; text: string; user_id: UserId }
  | { type: 'mention'; text: Username }
  | { type: 'text_link'; text: string; href: LinkToUser }
  | { type: 'link'; text: LinkToUser };

export type PersonName = string & Marked<'a full name'>;
/** With `@`. */
export type Username = string & Marked<'@username'>;
/** `user123`. */
export type PeerId = string & Marked<'user123'>;
export type UserId = number & Marked<'123'>;
/** A list that is written as a text: `[123, 456]`. */
export type UserIdList = string & Marked<'[123]'>;
export type LinkToUser = string & Marked<'tg://user?id=123'>;

/** Tells apart what is of one type to a program. */
interface Marked<What extends string> {
  readonly holds?: What;
}
