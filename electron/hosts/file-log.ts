import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import log from 'electron-log/node';
import type { Log } from '../core/ports.ts';

/** A log file in the home folder, turned over at 5 MB; nothing goes to the terminal. */
export function createFileLog(home: string, door: string): Log {
  mkdirSync(join(home, 'logs'), { recursive: true, mode: 0o700 });
  const logger = log.create({ logId: door });
  logger.transports.console.level = false;
  logger.transports.file.resolvePathFn = () => join(home, 'logs', `${door}.log`);
  logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  logger.transports.file.maxSize = 5 * 1024 * 1024;
  return {
    info: (message, facts) => logger.info(message, facts ?? ''),
    warn: (message, facts) => logger.warn(message, facts ?? ''),
    error: (message, facts) => logger.error(message, facts ?? ''),
  };
}
