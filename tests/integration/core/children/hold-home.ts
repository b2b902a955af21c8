import { lockHome } from '../../../../electron/core/storage/home-lock.ts';

const lock = lockHome(process.argv[2] ?? '');
console.log(`holding unclean=${lock.uncleanExit}`);
setInterval(() => undefined, 1000);
