/**
 * Whether a request's `Host` names this machine. A page of another site may lead a name of its own here (DNS
 * rebinding); it then sends that name.
 */
export const isLoopbackHost = (host: string | undefined): boolean =>
  /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');
