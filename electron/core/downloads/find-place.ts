/** A file that needs a place. */
export interface PlaceWish {
  /** The folder below which it goes; a full path. */
  readonly base: string;
  /** The name that its source gives it. */
  readonly fileName: string;
  readonly of:
    | { readonly kind: 'asset'; readonly assetId: string; readonly renditionId: string }
    | { readonly kind: 'address'; readonly url: string };
}

/** Names files and finds them folders, by what the user has set. */
export interface FindPlace {
  /** The folder, made, and the name; USAGE, DISK_FULL, DISK_ERROR as RushesError. */
  find(wish: PlaceWish): Promise<Place>;
  /** The name alone, for a file that has its folder. */
  nameOf(wish: PlaceWish): string;
}

/** A folder and a name in it. */
export interface Place {
  readonly dir: string;
  readonly fileName: string;
}
