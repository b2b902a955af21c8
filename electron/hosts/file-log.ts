import { join } from 'node:path';
import log from 'electron-log/node';
import type { Log } from '../core/ports.ts';

/** A log file in the home folder, turned over at 5 MB; nothing goes to the terminal. */
export function createFileLog(home: string, door: string): Log {
  const logger = log.create({ logId: door });
  logger.transports.console.level = false;
  logger.transports.file.resolvePathFn = () => join(home, 'logs', `${door}.log`);
  logger.transports.file.maxSize = 5 * 1024 * 1024;
  return {
    info: (message, facts) => logger.info(message, facts ?? ''),
    warn: (message, facts) => logger.warn(message, facts ?? ''),
    error: (message, facts) => logger.error(message, facts ?? ''),
  };
}
