import type { Chat, User } from '@grammyjs/types';

/** A member of the demo group. All are invented, and their ids lie above any that Telegram has given so far. */
export interface Member {
  readonly user: User;
  readonly role: 'teacher' | 'monitor' | 'student';
  /** How much the member writes, next to the others. */
  readonly activity: number;
  /** Days of the demo, from 0, on which the member joins and leaves; absent: there before, stays. */
  readonly joinsOnDay?: number;
  readonly leavesOnDay?: number;
}

type Line = [
  id: number,
  firstName: string,
  lastName: string,
  username: string,
  languageCode: string,
  activity: number,
  days?: { joins?: number; leaves?: number },
];

const member =
  (role: Member['role']) =>
  ([id, first_name, last_name, username, language_code, activity, days]: Line): Member => ({
    user: {
      id,
      is_bot: false,
      first_name,
      ...(last_name && { last_name }),
      ...(username && { username }),
      ...(language_code && { language_code }),
    },
    role,
    activity,
    ...(days?.joins !== undefined && { joinsOnDay: days.joins }),
    ...(days?.leaves !== undefined && { leavesOnDay: days.leaves }),
  });

const teachers: Line[] = [
  [75210034811, 'Camila', 'Prof.', 'camila_dados_t7', 'pt-br', 6],
  [71804522907, 'Otávio', '', 'otavio_aulas_t7', 'pt-br', 3.5],
];

const monitors: Line[] = [
  [76033917254, 'Jussara', 'Monitora', 'ju_monitora_t7', 'pt-br', 9],
  [70998127340, 'Davi', '', 'davi_sql_t7', 'pt-br', 8],
  [75577210946, 'Naomi', 'K.', 'naomi_k_t7', 'en', 5],
];

const students: Line[] = [
  [77120045518, 'Bruna', 'S.', 'bruna_py_t7', 'pt-br', 9],
  [77120098123, 'Tiago', '', 'tiagoetl_t7', 'pt-br', 8.5],
  [76890012377, 'Letícia', 'Moura', 'leti_analytics_t7', 'pt-br', 7],
  [75512345098, 'Caio', '', '', 'pt-br', 6.5],
  [76677001122, 'Rafaela', 'N.', 'rafa_dados_t7', 'pt-br', 6],
  [77233419056, 'Iago', '', 'iago_dev_t7', 'pt-br', 5.5],
  [71450098231, 'Marlene', '', '', 'pt-br', 5],
  [75980017643, 'Yuri', 'T.', 'yurit_t7', 'pt-br', 5],
  [76203348871, 'Débora', '', 'debora_bi_t7', 'pt-br', 4.5],
  [77345001928, 'Wesley', '', 'wes_data_t7', 'pt-br', 4.5],
  [70889120347, 'Sônia', 'Regina', '', 'pt-br', 4],
  [76911203845, 'Kauã', '', 'kaua_k8s_t7', 'pt-br', 4],
  [77011992834, 'Priscila', '', 'pri_queries_t7', 'pt-br', 3.5],
  [75739912046, 'Anselmo', '', '', 'pt-br', 3.5],
  [76400912357, 'Lívia', 'Q.', 'liv_q_t7', 'pt-br', 3],
  [77288810023, 'Murilo', '', 'murilo_parquet_t7', 'pt-br', 3],
  [75120033498, 'Noah', '', 'noah_ldn_t7', 'en', 3],
  [76788231901, 'Tainá', '', 'taina_sp_t7', 'pt-br', 2.8],
  [77390012846, 'Élcio', '', '', 'pt-br', 2.6],
  [76102348890, 'Vitória', 'Paz', 'vick_paz_t7', 'pt-br', 2.5],
  [75890123007, 'Ramon', '', 'ramon_airflow_t7', 'es', 2.3],
  [77412290385, 'Isadora', '', 'isa_notebook_t7', 'pt-br', 2.2, { joins: 3 }],
  [77433901284, 'Gilberto', '', '', 'pt-br', 2, { joins: 5 }],
  [76499120834, 'Pâmela', '', 'pam_dash_t7', 'pt-br', 2],
  [77011230984, 'Ícaro', '', 'icaro_voa_t7', 'pt-br', 1.8, { leaves: 17 }],
  [76833019274, 'Mei', '', 'mei_lin_data_t7', 'en', 1.6, { joins: 8 }],
  [75933810027, 'Osvaldo', '', '', '', 1.5],
  [77299001835, 'Cecília', '', 'ceci_etl_t7', 'pt-br', 1.4, { joins: 12 }],
  [77100238846, 'Breno', '', 'breno_git_t7', 'pt-br', 1.2],
  [76700112938, 'Luana', '', '', 'pt-br', 1, { leaves: 9 }],
  [77388120947, 'Zuleica', '', 'zu_powerbi_t7', 'pt-br', 0.9, { joins: 19 }],
  [75400129938, 'Ítalo', '', '', 'pt-br', 0.7],
  [76911002837, 'Marina', '', 'mari_lambda_t7', 'pt-br', 0.6],
  [77401928374, 'Quirino', '', '', 'pt-br', 0.4, { joins: 22 }],
  [76288017345, 'Beatriz', '', 'bia_s3_t7', 'pt-br', 0.3],
];

/** The forty people of the demo group. */
export const members: readonly Member[] = [
  ...teachers.map(member('teacher')),
  ...monitors.map(member('monitor')),
  ...students.map(member('student')),
];

/** The demo group: the chat whose updates the webhook is configured to keep. */
export const group: Chat.SupergroupChat = {
  id: -1001234567890,
  type: 'supergroup',
  title: 'Dados na Prática · Turma 7',
};

/** The channel linked to the group: its posts are forwarded there by Telegram itself. */
export const channel: Chat.ChannelChat = {
  id: -1001876543210,
  type: 'channel',
  title: 'Dados na Prática · Avisos',
  username: 'dados_na_pratica_t7',
};

/** A group that the same bot was added to by mistake. */
export const otherGroup: Chat.GroupChat = {
  id: -4099887766,
  type: 'group',
  title: 'Churrasco da turma',
};

/** The bot that owns the webhook. */
export const bot: User = {
  id: 77654321098,
  is_bot: true,
  first_name: 'Lago da Turma',
  username: 'lago_da_turma_7_bot',
};

/** A bot of the course that answers what it knows. The lake's bot hears it, since both are in Bot-to-Bot mode. */
export const helperBot: User = {
  id: 77655512340,
  is_bot: true,
  first_name: 'Tira-Dúvidas',
  username: 'tira_duvidas_t7_bot',
};

/** The user whom Telegram names as sender when an administrator posts as the group. */
export const anonymousAdmin: User = {
  id: 1087968824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};

/** The user whom Telegram names as sender of a linked channel's automatic forwards. */
export const telegramService: User = { id: 777000, is_bot: false, first_name: 'Telegram' };
