import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export interface OpenedPage {
  readonly page: Page;
  /** What a page of ours never does, a line each: errors, violations of its policy, requests beside the page itself. */
  readonly faults: readonly string[];
}

export interface Device {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

export const desktop: Device = { width: 1280, colorScheme: 'light' };
export const phone: Device = { width: 360, colorScheme: 'light' };
export const dark = (device: Device): Device => ({ ...device, colorScheme: 'dark' });

/** Opens an address as a device would, and notes what goes wrong from the first moment. */
export async function openPage(browser: Browser, address: string, device: Device): Promise<OpenedPage> {
  const { width, colorScheme } = device;
  const options: BrowserContextOptions = { viewport: { width, height: 900 }, colorScheme };
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const faults: string[] = [];
  // Chromium reports what the policy forbade on the console, too.
  page.on('console', (message) => faults.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  context.on('page', () => faults.push('another page'));
  context.on('request', (request) => {
    // The live page asks its server for changes.
    const own = [address, ...(address.startsWith('http:') ? [new URL('/changes', address).href] : [])];
    if (!own.includes(request.url())) faults.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { page, faults };
}
