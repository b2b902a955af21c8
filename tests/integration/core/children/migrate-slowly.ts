import { openDatabase } from '../../../../electron/core/storage/open-database.ts';

// A migration of two steps: half of its work is done, then it never ends. The parent kills this process.
const sql = `CREATE TABLE half_done (a INTEGER) STRICT;`;
openDatabase({
  file: process.argv[2] ?? '',
  synchronous: 'FULL',
  checkFirst: false,
  now: () => Date.now(),
  migrations: [
    { version: 1, sql: '' },
    {
      version: 2,
      get sql() {
        // Read when the transaction is open already: from here on this process only waits to be killed.
        return `${sql} WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)
          INSERT INTO half_done SELECT i FROM n; ${announce()}`;
      },
    },
  ],
});

function announce(): string {
  process.stdout.write('midway\n');
  return `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900000000)
    INSERT INTO half_done SELECT i FROM n WHERE i % 90000000 = 0;`;
}
