/** The protocol over this process's stdin and stdout, of the SDK. */
export { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
