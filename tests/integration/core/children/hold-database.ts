import Database from 'better-sqlite3';

const [, , file = '', ms = '0'] = process.argv;
const db = new Database(file);
db.exec('BEGIN EXCLUSIVE');
console.log('held');
setTimeout(() => {
  db.exec('COMMIT');
  db.close();
}, Number(ms));
