import type { PortalDb } from '../storage/open-portal-db.ts';

/** Where the bytes of a rendition lie and what they are known by. */
export interface StoredFile {
  readonly id: string;
  readonly assetId: string;
  readonly fileName: string;
  readonly storedPath: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Where the picture of an asset lies. */
export interface StoredPicture {
  readonly assetId: string;
  readonly storedPath: string;
  readonly sha256: string;
}

/** The files behind the catalogue. */
export interface FileRepo {
  findFile(renditionId: string): StoredFile | undefined;
  findPicture(assetId: string): StoredPicture | undefined;
  putFile(file: StoredFile): void;
  putPicture(picture: StoredPicture): void;
}

/** Reads and writes the `renditions` and `pictures` tables. */
export function createFileRepo(db: PortalDb): FileRepo {
  const findFile = db.prepare<[string], StoredFile>(
    `SELECT id, CAST(asset_id AS TEXT) AS assetId, file_name AS fileName, stored_path AS storedPath,
       size_bytes AS sizeBytes, sha256 FROM renditions WHERE id = ?`,
  );
  const findPicture = db.prepare<[number], StoredPicture>(
    'SELECT CAST(asset_id AS TEXT) AS assetId, stored_path AS storedPath, sha256 FROM pictures WHERE asset_id = ?',
  );
  const putFile = db.prepare<[string, number, string, string, number, string]>(
    `INSERT OR REPLACE INTO renditions (id, asset_id, file_name, stored_path, size_bytes, sha256)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const putPicture = db.prepare<[number, string, string]>(
    'INSERT OR REPLACE INTO pictures (asset_id, stored_path, sha256) VALUES (?, ?, ?)',
  );
  return {
    findFile: (renditionId) => findFile.get(renditionId),
    findPicture: (assetId) => findPicture.get(Number(assetId)),
    putFile(file) {
      putFile.run(file.id, Number(file.assetId), file.fileName, file.storedPath, file.sizeBytes, file.sha256);
    },
    putPicture(picture) {
      putPicture.run(Number(picture.assetId), picture.storedPath, picture.sha256);
    },
  };
}
