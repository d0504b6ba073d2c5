import { Option } from 'commander';

/** `--forward-url`, for commands that can stand in front of a bot. */
export function forwardOption(): Option {
  return new Option(
    '--forward-url <url>',
    'a bot that gets each update once it is stored (default: TELEGRAM_FORWARD_URL; its secret: TELEGRAM_FORWARD_SECRET_TOKEN)',
  );
}
